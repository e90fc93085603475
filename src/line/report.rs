use belfry_engine::account::DimensionPairs;
use belfry_engine::base::Millis;
use belfry_engine::events::EventRef;
use belfry_engine::insights::discovered_fields;
use belfry_engine::metrics::{
    DatumValues, FilterOutcome, MetricDatum, MetricFilter, NoValue, embedded_metrics,
};
use serde::Serialize;

use super::{Part, parts};
use crate::suite::{self, Watch};
use crate::why::{metric_in_words, number};

/// What becomes of one line: what `belfry explain-line --format json` prints. Times are RFC 3339 in UTC.
#[derive(Clone, Debug, Serialize)]
pub struct LineReport {
    /// The line.
    pub line: String,
    /// The event's time.
    pub timestamp: String,
    /// The log group it is taken to be in.
    pub log_group: String,
    /// The group's metric filters, in the order of the suite.
    pub filters: Vec<FilterReport>,
    /// The data of embedded metrics.
    pub embedded: Vec<Datum>,
    /// Why the line is no embedded metric document; null where it is one.
    pub not_embedded: Option<String>,
    /// Parts of the document that CloudWatch drops silently: it only counts them in `EMFValidationErrors`.
    pub dropped: Vec<String>,
    /// What Logs Insights finds in it.
    pub fields: Vec<Field>,
}

/// What a metric filter makes of the line.
#[derive(Clone, Debug, Serialize)]
pub struct FilterReport {
    /// The filter.
    pub filter: String,
    /// Its pattern.
    pub pattern: String,
    /// Whether the pattern matches.
    pub matches: bool,
    /// The parts of the pattern.
    pub parts: Vec<Part>,
    /// What is published; null where nothing is.
    pub datum: Option<Datum>,
    /// Why there is no datum, or why it is the default value or has no dimensions; in words.
    pub because: Vec<String>,
}

/// One datum.
#[derive(Clone, Debug, Serialize)]
pub struct Datum {
    /// `FraudDetection ErrorCount {Service="x"}`.
    pub metric: String,
    /// The value, or several with their counts, in words.
    pub value: String,
    /// The unit.
    pub unit: &'static str,
    /// The time it counts for.
    pub timestamp: String,
    /// `StorageResolution` 1.
    pub high_resolution: bool,
    /// The alarms that read this metric, and those that read it with other dimensions and so do not.
    pub alarms: Vec<Alarmed>,
}

/// An alarm and whether it reads the datum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Alarmed {
    /// The alarm.
    pub alarm: String,
    /// Whether it reads the datum.
    pub reads: bool,
    /// Why not.
    pub because: Option<String>,
}

/// A field of Logs Insights.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Field {
    /// As a query names it.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// What of the suite a line meets.
#[derive(Clone, Debug)]
pub struct Suite<'s> {
    /// The group's filters.
    pub filters: Vec<MetricFilter>,
    /// All alarms.
    pub alarms: &'s [suite::Alarm],
    /// The group's class where it has neither filters nor embedded metrics.
    pub other_class: Option<&'s str>,
}

/// What `line`, an event of `log_group` at `timestamp` that is ingested at once, becomes. `pairs` counts the values that filters take
/// for their dimensions.
pub fn explain(
    suite: &Suite<'_>,
    log_group: &str,
    line: &str,
    timestamp: Millis,
    pairs: &mut DimensionPairs,
) -> LineReport {
    let embedded = match suite.other_class {
        Some(class) => Err(format!(
            "log groups of class {class} have no embedded metrics"
        )),
        None => embedded_metrics(line, timestamp, timestamp).map_err(|reason| reason.to_string()),
    };
    let (embedded, dropped, not_embedded) = match embedded {
        Ok(found) => {
            let dropped = found.dropped.iter().map(ToString::to_string).collect();
            let data = found.data.iter().map(|datum| of_datum(datum, suite.alarms));
            (data.collect(), dropped, None)
        }
        Err(reason) => (Vec::new(), Vec::new(), Some(reason)),
    };
    let fields = discovered_fields(EventRef {
        timestamp,
        ingestion_time: None,
        message: line,
        log_stream: None,
        log: None,
        origin: None,
        position: 0,
    });
    let fields = fields.into_iter().map(|field| Field {
        name: field.name,
        value: field.value,
    });
    let filters = suite.filters.iter().filter(|_| suite.other_class.is_none());
    LineReport {
        line: line.to_owned(),
        timestamp: timestamp.to_rfc3339(),
        log_group: log_group.to_owned(),
        filters: filters
            .map(|filter| {
                let outcome = filter.outcome(line, timestamp, timestamp);
                if let FilterOutcome::Value { datum, .. } = &outcome {
                    let own = filter.transformation.dimensions.keys();
                    pairs.count(log_group, &filter.name, own, datum, timestamp);
                }
                of_filter(filter, &outcome, line, suite.alarms)
            })
            .collect(),
        embedded,
        not_embedded,
        dropped,
        fields: fields.collect(),
    }
}

fn of_filter(
    filter: &MetricFilter,
    outcome: &FilterOutcome,
    line: &str,
    alarms: &[suite::Alarm],
) -> FilterReport {
    let datum = outcome.datum().map(|datum| of_datum(datum, alarms));
    FilterReport {
        filter: filter.name.clone(),
        pattern: filter.pattern_text.clone(),
        matches: outcome.is_match().unwrap_or(false),
        parts: parts(&filter.pattern_text, line),
        datum,
        because: because(outcome),
    }
}

fn because(outcome: &FilterOutcome) -> Vec<String> {
    match outcome {
        FilterOutcome::Value { missing, .. } if missing.is_empty() => Vec::new(),
        FilterOutcome::Value { missing, .. } => {
            let mut words: Vec<String> = missing.iter().map(ToString::to_string).collect();
            words.push("a dimension without a value drops all of them".to_owned());
            words
        }
        FilterOutcome::Default { because, .. } => {
            vec![
                because.to_string(),
                "so the default value is published, without dimensions".to_owned(),
            ]
        }
        FilterOutcome::Nothing(because) => {
            let rest = match because {
                NoValue::NotANumber(..) => "nothing is published, not even a default value",
                NoValue::NotSelected | NoValue::NoMatch | NoValue::Missing(_) => {
                    "nothing is published: the filter has no default value"
                }
            };
            vec![because.to_string(), rest.to_owned()]
        }
        FilterOutcome::Refused { error, .. } => vec![format!(
            "the metric store does not take it, and CloudWatch drops it without a trace: {}",
            error.message
        )],
    }
}

fn of_datum(datum: &MetricDatum, alarms: &[suite::Alarm]) -> Datum {
    Datum {
        metric: metric_in_words(&datum.id),
        value: values(&datum.values),
        unit: datum.unit.as_str(),
        timestamp: datum.timestamp.to_rfc3339(),
        high_resolution: datum.high_resolution,
        alarms: alarms
            .iter()
            .filter_map(|alarm| alarmed(alarm, datum))
            .collect(),
    }
}

fn values(values: &DatumValues) -> String {
    match values {
        DatumValues::Distribution(values) => {
            let one = |(value, count): &(f64, f64)| match *count {
                1.0 => number(*value),
                count => format!("{} × {}", number(*value), number(count)),
            };
            values.iter().map(one).collect::<Vec<_>>().join(", ")
        }
        DatumValues::StatisticSet(set) => format!(
            "count {}, sum {}, min {}, max {}",
            number(set.sample_count),
            number(set.sum),
            number(set.minimum),
            number(set.maximum)
        ),
    }
}

/// Nothing where the alarm reads another metric altogether.
fn alarmed(alarm: &suite::Alarm, datum: &MetricDatum) -> Option<Alarmed> {
    let stats = match &alarm.watch {
        Watch::Metric(stat) => vec![stat],
        Watch::Math { metrics, .. } => metrics.iter().map(|query| &query.stat).collect(),
    };
    let same_name = stats.into_iter().filter(|stat| {
        *stat.metric.namespace == *datum.id.namespace && *stat.metric.name == *datum.id.name
    });
    let verdicts: Vec<Option<String>> = same_name
        .map(|stat| {
            let unit = stat
                .unit
                .as_deref()
                .filter(|unit| *unit != datum.unit.as_str());
            if stat.metric.dimensions != datum.id.dimensions {
                return Some("it reads other dimensions, which is another metric".to_owned());
            }
            unit.map(|unit| format!("it reads samples in {unit} only"))
        })
        .collect();
    let reads = verdicts.iter().any(Option::is_none);
    let because = verdicts.into_iter().flatten().next().filter(|_| !reads);
    (reads || because.is_some()).then(|| Alarmed {
        alarm: alarm.head.name.clone(),
        reads,
        because,
    })
}
