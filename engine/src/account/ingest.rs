use std::collections::BTreeMap;

use super::Account;
use super::dimension_pairs::DimensionPairs;
use crate::base::Millis;
use crate::events::{InputLogEvent, LogError, LogGroupClass, RejectedLogEvents};
use crate::metrics::{
    DatumValues, Dimensions, Dropped, FilterOutcome, MetricDatum, MetricFilter, MetricId,
    MetricStore, Unit, embedded_metrics,
};
use crate::pattern::PatternSet;

/// How often a metric filter published something that the metric store refused, by log group. AWS drops such
/// data silently and counts them nowhere.
pub type ExtractionFailures = BTreeMap<String, u64>;

impl Account {
    /// PutLogEvents and what follows from it: the events are kept, and each event that is kept goes through
    /// the group's metric filters and the embedded metric format into the metric store.
    pub fn put_log_events(
        &mut self,
        group: &str,
        stream: &str,
        events: &[InputLogEvent],
        now: Millis,
    ) -> Result<RejectedLogEvents, LogError> {
        let appended = self.logs.put(group, stream, events, now)?;
        let kept = events.get(appended.accepted).unwrap_or_default();
        self.publish_metrics(group, kept, now);
        Ok(appended.rejected)
    }

    /// What follows from events that `group` has taken at `now`, without keeping them: for replays of more
    /// events than memory holds, which ask for metrics and alarms only.
    pub fn publish_metrics(&mut self, group: &str, events: &[InputLogEvent], now: Millis) {
        // Neither metric filters nor embedded metrics work in Infrequent Access (user guide, "Log classes").
        let found = self.logs.group(group);
        if found.is_ok_and(|found| found.class() != LogGroupClass::Standard) {
            return;
        }
        let mut errors = EmbeddedErrors::default();
        let mut patterns = self.metric_filters.patterns(group).map(PatternSet::reader);
        for event in events {
            if let Some(patterns) = &mut patterns {
                let look = patterns.look(&event.message);
                let mut published = Published {
                    metrics: &mut self.metrics,
                    dimension_pairs: &mut self.dimension_pairs,
                    failures: &mut self.extraction_failures,
                };
                for (place, filter) in self.metric_filters.of_group(group).enumerate() {
                    let matches = || look.matches(place);
                    let outcome = filter.outcome_of(&event.message, matches, event.timestamp, now);
                    published.take(group, filter, &outcome, now);
                }
            }
            errors.add(&extract_embedded_metrics(&mut self.metrics, event, now));
        }
        self.count_errors(group, "EMFParsingErrors", errors.parsing, now);
        self.count_errors(group, "EMFValidationErrors", errors.validation, now);
    }

    /// The one trace that AWS leaves of embedded metrics it drops: two counts of the log group, in namespace `AWS/Logs` (user
    /// guide, "Monitoring with CloudWatch metrics"). Nothing is published where nothing was dropped.
    fn count_errors(&mut self, group: &str, name: &str, errors: u32, now: Millis) {
        if errors == 0 {
            return;
        }
        let id = MetricId {
            namespace: "AWS/Logs".into(),
            name: name.into(),
            dimensions: Dimensions::from([("LogGroupName".into(), group.into())]),
        };
        let datum = MetricDatum {
            id,
            values: DatumValues::Distribution(vec![(f64::from(errors), 1.0)]),
            unit: Unit::None,
            timestamp: now,
            high_resolution: false,
        };
        // A log group's name that is no dimension value is not counted; nothing else can be refused.
        let _ = self.metrics.put(&datum, now);
    }
}

/// Where what the filters of a log group publish goes.
struct Published<'a> {
    metrics: &'a mut MetricStore,
    dimension_pairs: &'a mut DimensionPairs,
    failures: &'a mut ExtractionFailures,
}

impl Published<'_> {
    fn take(&mut self, group: &str, filter: &MetricFilter, outcome: &FilterOutcome, now: Millis) {
        let refused = match outcome {
            FilterOutcome::Nothing(_) => false,
            FilterOutcome::Refused { .. } => true,
            FilterOutcome::Value { datum, .. } => {
                let own = &filter.transformation.dimensions;
                self.dimension_pairs
                    .count(group, &filter.name, own.keys(), datum, now);
                self.metrics.put(datum, now).is_err()
            }
            FilterOutcome::Default { datum, .. } => self.metrics.put(datum, now).is_err(),
        };
        if refused {
            *self.failures.entry(group.into()).or_default() += 1;
        }
    }
}

/// How many parts of embedded metric documents were dropped, by the metric that counts them.
#[derive(Default)]
struct EmbeddedErrors {
    parsing: u32,
    validation: u32,
}

impl EmbeddedErrors {
    fn add(&mut self, dropped: &[Dropped]) {
        for part in dropped {
            let count = match part.rule.is_of_form() {
                true => &mut self.parsing,
                false => &mut self.validation,
            };
            *count = count.saturating_add(1);
        }
    }
}

/// Returns what of the event is no valid metric.
fn extract_embedded_metrics(
    metrics: &mut MetricStore,
    event: &InputLogEvent,
    now: Millis,
) -> Vec<Dropped> {
    let Ok(embedded) = embedded_metrics(&event.message, event.timestamp, now) else {
        return Vec::new();
    };
    for datum in &embedded.data {
        // What the store refuses has been dropped already.
        let _ = metrics.put(datum, now);
    }
    embedded.dropped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::{Grid, MetricStat, Statistic};

    const NOW: Millis = Millis(1_776_679_200_000);

    fn account() -> Account {
        let mut account = Account::new("000000000000", "us-east-1");
        account.logs.create_group("g", NOW).unwrap();
        account.logs.create_stream("g", "s", NOW).unwrap();
        account
    }

    fn put(account: &mut Account, message: &str) {
        let event = InputLogEvent {
            timestamp: NOW,
            message: message.into(),
        };
        account.put_log_events("g", "s", &[event], NOW).unwrap();
    }

    fn sum(account: &Account, namespace: &str, name: &str, dimension: (&str, &str)) -> Option<f64> {
        let dimensions = Dimensions::from([(dimension.0.into(), dimension.1.into())]);
        let stat = MetricStat {
            id: MetricId::new(namespace, name, dimensions).unwrap(),
            period: 60,
            statistic: Statistic::parse("Sum").unwrap(),
            unit: None,
        };
        let grid = Grid {
            start: NOW,
            period: 60,
            count: 1,
        };
        let found = account.metrics.statistic(&stat, grid);
        found.into_iter().next().flatten().map(|point| point.value)
    }

    #[test]
    fn an_embedded_metric_becomes_a_datapoint() {
        let mut account = account();
        put(
            &mut account,
            r#"{"_aws":{"Timestamp":1776679200000,"CloudWatchMetrics":[{"Namespace":"N","Dimensions":[["Service"]],"Metrics":[{"Name":"Latency"}]}]},"Service":"s","Latency":[1,2.5]}"#,
        );
        assert_eq!(sum(&account, "N", "Latency", ("Service", "s")), Some(3.5));
        let errors = sum(
            &account,
            "AWS/Logs",
            "EMFValidationErrors",
            ("LogGroupName", "g"),
        );
        assert_eq!(errors, None);
    }

    #[test]
    fn a_bad_embedded_metric_is_kept_as_a_log_event_and_counted() {
        let mut account = account();
        put(
            &mut account,
            r#"{"_aws":{"Timestamp":1776679200000,"CloudWatchMetrics":[{"Namespace":"N","Dimensions":[["Service"]],"Metrics":[{"Name":"Latency"}]}]},"Service":"s","Latency":"slow"}"#,
        );
        let errors = sum(
            &account,
            "AWS/Logs",
            "EMFValidationErrors",
            ("LogGroupName", "g"),
        );
        assert_eq!(errors, Some(1.0));
        let parsing = |account: &Account| {
            let group = ("LogGroupName", "g");
            sum(account, "AWS/Logs", "EMFParsingErrors", group)
        };
        assert_eq!(parsing(&account), None);
        put(
            &mut account,
            r#"{"_aws":{"Timestamp":"today","CloudWatchMetrics":[]}}"#,
        );
        assert_eq!(parsing(&account), Some(1.0));
        assert!(account.logs.group("g").unwrap().stored_bytes() > 0);
    }
}
