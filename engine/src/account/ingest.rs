use std::collections::BTreeMap;

use super::Account;
use crate::base::Millis;
use crate::events::{InputLogEvent, LogError, RejectedLogEvents};
use crate::metrics::{MetricDatum, embedded_metrics};

/// How often something in an event could not become a datapoint, by log group. AWS drops such parts
/// silently too, and counts those of embedded metrics as `EMFValidationErrors` in namespace `AWS/Logs`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExtractionFailures {
    /// Parts of embedded metric documents that were dropped.
    pub embedded: BTreeMap<String, u64>,
    /// Data that metric filters published and the metric store refused.
    pub filtered: BTreeMap<String, u64>,
}

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
        for event in events.get(appended.accepted).unwrap_or_default() {
            self.apply_metric_filters(group, event, now);
            self.extract_embedded_metrics(group, event, now);
        }
        Ok(appended.rejected)
    }

    fn apply_metric_filters(&mut self, group: &str, event: &InputLogEvent, now: Millis) {
        for filter in self.metric_filters.of_group(group) {
            let Some(datum) = filter.publish(&event.message, event.timestamp) else {
                continue;
            };
            if self.metrics.put(&datum, now).is_err() {
                count(&mut self.extraction_failures.filtered, group, 1);
            }
        }
    }

    fn extract_embedded_metrics(&mut self, group: &str, event: &InputLogEvent, now: Millis) {
        let Some(embedded) = embedded_metrics(&event.message, event.timestamp) else {
            return;
        };
        let put = |datum: &MetricDatum| self.metrics.put(datum, now);
        let refused = embedded.data.iter().map(put).filter(Result::is_err).count();
        count(
            &mut self.extraction_failures.embedded,
            group,
            refused + embedded.dropped.len(),
        );
    }
}

fn count(failures: &mut BTreeMap<String, u64>, group: &str, by: usize) {
    if by > 0 {
        let by = u64::try_from(by).unwrap_or(u64::MAX);
        let sum = failures.entry(group.into()).or_default();
        *sum = sum.saturating_add(by);
    }
}
