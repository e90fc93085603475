use serde_json::{Map, Value};

use super::embedded_dropped::{Dropped, EmbeddedRule, NotEmbedded};
use super::embedded_targets::read_values;
use super::{Dimensions, MetricDatum, MetricId, Unit, check_custom_namespace};
use crate::base::Millis;

const MOST_METRICS: usize = 100;
const MOST_KEYS: usize = 30;
const LONGEST_KEY: usize = 250;
const LONGEST_VALUE: usize = 1024;

type Object = Map<String, Value>;

/// What the embedded metric format makes of one event.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EmbeddedMetrics {
    /// The data, one for each metric and dimension set; the metric store takes all of them.
    pub data: Vec<MetricDatum>,
    /// What was dropped and why.
    pub dropped: Vec<Dropped>,
}

/// Reads an event, ingested at `now`, as embedded metric format; the error says why it is no such document: an object
/// whose member `_aws` holds a list `CloudWatchMetrics`. Rules of "Specification: Embedded metric format" in the
/// user guide.
pub fn embedded_metrics(
    message: &str,
    event_timestamp: Millis,
    now: Millis,
) -> Result<EmbeddedMetrics, NotEmbedded> {
    if !message.contains("_aws") {
        return Err(NotEmbedded::NoMetadata);
    }
    let root: Object = serde_json::from_str(message)
        .map_err(|error| NotEmbedded::NotOneObject(error.to_string()))?;
    let metadata = root.get("_aws").and_then(Value::as_object);
    let metadata = metadata.ok_or(NotEmbedded::MetadataIsNoObject)?;
    let directives = metadata.get("CloudWatchMetrics").and_then(Value::as_array);
    let directives = directives.ok_or(NotEmbedded::DirectivesAreNoList)?;
    let mut found = EmbeddedMetrics::default();
    match timestamp(metadata, event_timestamp) {
        Ok(timestamp) => {
            let mut reader = Reader {
                root: &root,
                timestamp,
                now,
                found: &mut found,
            };
            directives
                .iter()
                .for_each(|directive| reader.directive(directive));
        }
        Err(dropped) => found.dropped.push(dropped),
    }
    Ok(found)
}

/// `_aws.Timestamp`, or the event's where it is left out.
fn timestamp(metadata: &Object, event_timestamp: Millis) -> Result<Millis, Dropped> {
    match metadata.get("Timestamp") {
        None => Ok(event_timestamp),
        Some(value) => value.as_i64().map(Millis).ok_or_else(|| {
            let reason =
                format!("`_aws.Timestamp` is `{value}`, expected whole milliseconds since 1970");
            Dropped::new("all metrics".to_owned(), EmbeddedRule::Timestamp, reason)
        }),
    }
}

/// Reads directives one by one and keeps what it finds.
struct Reader<'a> {
    root: &'a Object,
    timestamp: Millis,
    now: Millis,
    found: &'a mut EmbeddedMetrics,
}

/// One entry of a directive's `Metrics`.
struct Definition<'a> {
    name: &'a str,
    unit: Unit,
    high_resolution: bool,
}

/// Which rule is not kept, and how.
type Broken = (EmbeddedRule, String);

impl Reader<'_> {
    fn directive(&mut self, directive: &Value) {
        let list = |name: &str| directive.get(name).and_then(Value::as_array);
        let namespace = directive.get("Namespace").and_then(Value::as_str);
        let (Some(namespace), Some(sets), Some(metrics)) =
            (namespace, list("Dimensions"), list("Metrics"))
        else {
            let part = "a directive of `CloudWatchMetrics`".to_owned();
            let needs = "needs `Namespace` (text), `Dimensions` and `Metrics` (lists)";
            return self.drop(part, (EmbeddedRule::Directive, needs.to_owned()));
        };
        let all = format!("all metrics of namespace `{namespace}`");
        if let Err(error) = check_custom_namespace(namespace) {
            return self.drop(all, (EmbeddedRule::Namespace, error.message));
        }
        if sets.is_empty() {
            let reason = "`Dimensions` has no set; `[[]]` is the set without dimensions";
            return self.drop(all, (EmbeddedRule::DimensionSets, reason.to_owned()));
        }
        if let Some(extra) = metrics.len().checked_sub(MOST_METRICS).filter(|n| *n > 0) {
            let part = format!("the last {extra} metrics of namespace `{namespace}`");
            let reason = format!("more than {MOST_METRICS} in one directive");
            self.drop(part, (EmbeddedRule::MetricCount, reason));
        }
        let metrics: Vec<_> = metrics
            .iter()
            .take(MOST_METRICS)
            .filter_map(|m| self.definition(m))
            .collect();
        for set in sets {
            match self.dimensions(set) {
                Ok(dimensions) => self.publish(namespace, &dimensions, &metrics),
                Err(broken) => self.drop(format!("the dimension set `{set}`"), broken),
            }
        }
    }

    fn drop(&mut self, part: String, (rule, reason): Broken) {
        self.found.dropped.push(Dropped::new(part, rule, reason));
    }

    fn definition<'d>(&mut self, definition: &'d Value) -> Option<Definition<'d>> {
        match read_definition(definition) {
            Ok(definition) => Some(definition),
            Err(reason) => {
                let part = format!("the metric `{definition}`");
                self.drop(part, (EmbeddedRule::MetricDefinition, reason));
                None
            }
        }
    }

    fn dimensions(&self, set: &Value) -> Result<Dimensions, Broken> {
        let Some(keys) = set.as_array() else {
            let reason = "`Dimensions` is a list of lists of names";
            return Err((EmbeddedRule::DimensionSets, reason.to_owned()));
        };
        if keys.len() > MOST_KEYS {
            let reason = format!("{} names, at most {MOST_KEYS}", keys.len());
            return Err((EmbeddedRule::DimensionCount, reason));
        }
        keys.iter().map(|key| self.dimension(key)).collect()
    }

    fn dimension(&self, key: &Value) -> Result<(String, String), Broken> {
        let Some(key) = key.as_str() else {
            return Err((
                EmbeddedRule::DimensionName,
                format!("`{key}` is not a name"),
            ));
        };
        if key.is_empty() || key.chars().count() > LONGEST_KEY {
            let reason = format!("`{key}` has not 1 to {LONGEST_KEY} characters");
            return Err((EmbeddedRule::DimensionName, reason));
        }
        let Some(value) = self.root.get(key) else {
            let reason = format!("no member `{key}` at the root");
            return Err((EmbeddedRule::DimensionTarget, reason));
        };
        let Some(text) = value.as_str() else {
            let reason = format!("`{key}` is `{value}`, expected text");
            return Err((EmbeddedRule::DimensionValue, reason));
        };
        if text.is_empty() || text.chars().count() > LONGEST_VALUE {
            let reason = format!("the value of `{key}` has not 1 to {LONGEST_VALUE} characters");
            return Err((EmbeddedRule::DimensionValue, reason));
        }
        Ok((key.to_owned(), text.to_owned()))
    }

    fn publish(&mut self, namespace: &str, dimensions: &Dimensions, metrics: &[Definition<'_>]) {
        for metric in metrics {
            match self.datum(namespace, dimensions, metric) {
                Ok(datum) => self.found.data.push(datum),
                Err(broken) => self.drop(format!("the metric `{}`", metric.name), broken),
            }
        }
    }

    fn datum(
        &self,
        namespace: &str,
        dimensions: &Dimensions,
        metric: &Definition<'_>,
    ) -> Result<MetricDatum, Broken> {
        let Some(target) = self.root.get(metric.name) else {
            let reason = format!("no member `{}` at the root", metric.name);
            return Err((EmbeddedRule::MetricTarget, reason));
        };
        let values = read_values(target).map_err(|reason| (EmbeddedRule::MetricValue, reason))?;
        let datum = MetricDatum {
            id: MetricId {
                namespace: namespace.into(),
                name: metric.name.into(),
                dimensions: dimensions.clone(),
            },
            values,
            unit: metric.unit,
            timestamp: self.timestamp,
            high_resolution: metric.high_resolution,
        };
        self.check(&datum)?;
        Ok(datum)
    }

    /// What the metric store would refuse is dropped here.
    fn check(&self, datum: &MetricDatum) -> Result<(), Broken> {
        if let Err(error) = datum.check_time(self.now) {
            let seconds = (946_684_800..10_000_000_000).contains(&self.timestamp.0);
            let hint = if seconds {
                "; it looks like seconds, milliseconds are expected"
            } else {
                ""
            };
            return Err((EmbeddedRule::TimeWindow, format!("{}{hint}", error.message)));
        }
        let refused = datum.check(self.now);
        refused.map_err(|error| (EmbeddedRule::Store, error.message))
    }
}

fn read_definition(definition: &Value) -> Result<Definition<'_>, String> {
    let name = definition.get("Name").and_then(Value::as_str);
    let unit = match definition.get("Unit") {
        None => Unit::None,
        Some(unit) => unit
            .as_str()
            .and_then(Unit::parse)
            .ok_or_else(|| format!("`{unit}` is not a unit of CloudWatch"))?,
    };
    let high_resolution = match definition.get("StorageResolution").map(Value::as_i64) {
        None | Some(Some(60)) => false,
        Some(Some(1)) => true,
        Some(_) => return Err("`StorageResolution` is 1 or 60".to_owned()),
    };
    let name = name.ok_or_else(|| "`Name` is missing or not text".to_owned())?;
    Ok(Definition {
        name,
        unit,
        high_resolution,
    })
}
