use serde_json::{Map, Value};

use super::embedded_targets::read_values;
use super::{Dimensions, MetricDatum, MetricId, Unit};
use crate::base::Millis;

const MOST_METRICS: usize = 100;
const MOST_KEYS: usize = 30;
const LONGEST_KEY: usize = 250;
const LONGEST_VALUE: usize = 1024;

type Object = Map<String, Value>;

/// What the embedded metric format makes of one event.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EmbeddedMetrics {
    /// The data, one for each metric and dimension set.
    pub data: Vec<MetricDatum>,
    /// Why parts were dropped; CloudWatch drops them silently and counts them.
    pub dropped: Vec<String>,
}

/// Reads an event as embedded metric format; `None` where it is not such a document: an object whose member
/// `_aws` holds a list `CloudWatchMetrics`. Rules of "Specification: Embedded metric format" in the user guide.
pub fn embedded_metrics(message: &str, event_timestamp: Millis) -> Option<EmbeddedMetrics> {
    if !message.contains("_aws") {
        return None;
    }
    let root: Object = serde_json::from_str(message).ok()?;
    let metadata = root.get("_aws")?.as_object()?;
    let directives = metadata.get("CloudWatchMetrics")?.as_array()?;
    let mut found = EmbeddedMetrics::default();
    match timestamp(metadata, event_timestamp) {
        Ok(timestamp) => {
            let mut reader = Reader {
                root: &root,
                timestamp,
                found: &mut found,
            };
            directives
                .iter()
                .for_each(|directive| reader.directive(directive));
        }
        Err(reason) => found.dropped.push(reason),
    }
    Some(found)
}

/// `_aws.Timestamp`, or the event's where it is left out.
fn timestamp(metadata: &Object, event_timestamp: Millis) -> Result<Millis, String> {
    match metadata.get("Timestamp") {
        None => Ok(event_timestamp),
        Some(value) => value.as_i64().map(Millis).ok_or_else(|| {
            format!("`_aws.Timestamp` is `{value}`, expected whole milliseconds since 1970")
        }),
    }
}

/// Reads directives one by one and keeps what it finds.
struct Reader<'a> {
    root: &'a Object,
    timestamp: Millis,
    found: &'a mut EmbeddedMetrics,
}

/// One entry of a directive's `Metrics`.
struct Definition<'a> {
    name: &'a str,
    unit: Unit,
    high_resolution: bool,
}

impl Reader<'_> {
    fn directive(&mut self, directive: &Value) {
        let list = |name: &str| directive.get(name).and_then(Value::as_array);
        let namespace = directive.get("Namespace").and_then(Value::as_str);
        let (Some(namespace), Some(sets), Some(metrics)) =
            (namespace, list("Dimensions"), list("Metrics"))
        else {
            let needs = "needs `Namespace` (text), `Dimensions` and `Metrics` (lists)";
            return self.drop(format!("a directive of `CloudWatchMetrics` {needs}"));
        };
        if let Err(error) = MetricId::new(namespace, "x", Dimensions::new()) {
            return self.drop(format!("all metrics of namespace `{namespace}`: {error}"));
        }
        if sets.is_empty() {
            return self.drop(format!(
                "all metrics of `{namespace}`: `Dimensions` has no set"
            ));
        }
        if let Some(extra) = metrics.len().checked_sub(MOST_METRICS + 1) {
            let extra = extra + 1;
            self.drop(format!(
                "the last {extra} metrics of `{namespace}`: more than {MOST_METRICS}"
            ));
        }
        let metrics: Vec<_> = metrics
            .iter()
            .take(MOST_METRICS)
            .filter_map(|m| self.definition(m))
            .collect();
        for set in sets {
            match self.dimensions(set) {
                Ok(dimensions) => self.publish(namespace, &dimensions, &metrics),
                Err(reason) => self.drop(format!("the dimension set `{set}`: {reason}")),
            }
        }
    }

    fn drop(&mut self, reason: String) {
        self.found.dropped.push(reason);
    }

    fn definition<'d>(&mut self, definition: &'d Value) -> Option<Definition<'d>> {
        match read_definition(definition) {
            Ok(definition) => Some(definition),
            Err(reason) => {
                self.drop(format!("the metric `{definition}`: {reason}"));
                None
            }
        }
    }

    fn dimensions(&self, set: &Value) -> Result<Dimensions, String> {
        let Some(keys) = set.as_array() else {
            return Err("`Dimensions` is a list of lists of names".to_owned());
        };
        if keys.len() > MOST_KEYS {
            return Err(format!("{} names, at most {MOST_KEYS}", keys.len()));
        }
        keys.iter().map(|key| self.dimension(key)).collect()
    }

    fn dimension(&self, key: &Value) -> Result<(String, String), String> {
        let key = key
            .as_str()
            .ok_or_else(|| format!("`{key}` is not a name"))?;
        if key.is_empty() || key.chars().count() > LONGEST_KEY {
            return Err(format!("`{key}` has not 1 to {LONGEST_KEY} characters"));
        }
        let value = self
            .root
            .get(key)
            .ok_or_else(|| format!("no member `{key}` at the root"))?;
        let text = value
            .as_str()
            .ok_or_else(|| format!("`{key}` is `{value}`, expected text"))?;
        if text.is_empty() || text.chars().count() > LONGEST_VALUE {
            return Err(format!(
                "the value of `{key}` has not 1 to {LONGEST_VALUE} characters"
            ));
        }
        Ok((key.to_owned(), text.to_owned()))
    }

    fn publish(&mut self, namespace: &str, dimensions: &Dimensions, metrics: &[Definition<'_>]) {
        for metric in metrics {
            match self.datum(namespace, dimensions, metric) {
                Ok(datum) => self.found.data.push(datum),
                Err(reason) => self.drop(format!("the metric `{}`: {reason}", metric.name)),
            }
        }
    }

    fn datum(
        &self,
        namespace: &str,
        dimensions: &Dimensions,
        metric: &Definition<'_>,
    ) -> Result<MetricDatum, String> {
        let target = self.root.get(metric.name);
        let target = target.ok_or_else(|| format!("no member `{}` at the root", metric.name))?;
        let id = MetricId::new(namespace, metric.name, dimensions.clone());
        Ok(MetricDatum {
            id: id.map_err(|error| error.message)?,
            values: read_values(target)?,
            unit: metric.unit,
            timestamp: self.timestamp,
            high_resolution: metric.high_resolution,
        })
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::DatumValues;
    use serde_json::json;

    fn document(dimensions: &Value, metrics: &Value, members: &Value) -> EmbeddedMetrics {
        let mut root = json!({
            "_aws": {
                "Timestamp": 1_574_109_732_004_i64,
                "CloudWatchMetrics": [{ "Namespace": "shop/api", "Dimensions": dimensions, "Metrics": metrics }],
            },
            "Service": "cart",
            "Route": "/add",
            "Latency": 12.5,
        });
        root.as_object_mut()
            .unwrap()
            .extend(members.as_object().unwrap().clone());
        embedded_metrics(&root.to_string(), Millis(5)).unwrap()
    }

    #[test]
    fn each_dimension_set_makes_a_metric_of_its_own() {
        let sets = json!([["Service"], ["Service", "Route"], []]);
        let metrics =
            json!([{ "Name": "Latency", "Unit": "Milliseconds", "StorageResolution": 1 }]);
        let found = document(&sets, &metrics, &json!({}));
        assert_eq!(found.dropped, [] as [&str; 0]);
        let counts: Vec<_> = found.data.iter().map(|d| d.id.dimensions.len()).collect();
        assert_eq!(counts, [1, 2, 0]);
        let first = &found.data[0];
        assert_eq!(
            (first.unit, first.high_resolution),
            (Unit::Milliseconds, true)
        );
        assert_eq!(first.timestamp, Millis(1_574_109_732_004));
        assert_eq!(first.values, DatumValues::Distribution(vec![(12.5, 1.0)]));
    }

    #[test]
    fn what_is_not_embedded_metric_format_is_none() {
        for message in [
            "_aws",
            "{\"_aws\":1}",
            "{\"_aws\":{\"CloudWatchMetrics\":{}}}",
            "{}",
            "x {\"_aws\":{\"CloudWatchMetrics\":[]}}",
        ] {
            assert_eq!(embedded_metrics(message, Millis(0)), None, "{message}");
        }
    }

    #[test]
    fn the_smallest_part_with_a_mistake_is_dropped_with_its_reason() {
        let name = |name: &str| json!({ "Name": name });
        let metrics = json!([name("Latency"), name("Missing"), name("Route"), { "Name": "Latency", "Unit": "ms" }]);
        let found = document(
            &json!([["Service"], ["Nowhere"], ["Latency"], "Service"]),
            &metrics,
            &json!({}),
        );
        assert_eq!(found.data.len(), 1);
        assert_eq!(
            found.dropped,
            [
                "the metric `{\"Name\":\"Latency\",\"Unit\":\"ms\"}`: `\"ms\"` is not a unit of CloudWatch",
                "the metric `Missing`: no member `Missing` at the root",
                "the metric `Route`: `\"/add\"` is not a number, a list of numbers, or an object of Values and Counts or of Max, Min, Count and Sum",
                "the dimension set `[\"Nowhere\"]`: no member `Nowhere` at the root",
                "the dimension set `[\"Latency\"]`: `Latency` is `12.5`, expected text",
                "the dimension set `\"Service\"`: `Dimensions` is a list of lists of names",
            ]
        );
    }

    #[test]
    fn a_hundred_metrics_are_taken_and_the_rest_dropped() {
        let metrics: Vec<_> = (0..101).map(|_| json!({ "Name": "Latency" })).collect();
        let found = document(&json!([[]]), &json!(metrics), &json!({}));
        assert_eq!(found.data.len(), 100);
        assert_eq!(
            found.dropped,
            ["the last 1 metrics of `shop/api`: more than 100"]
        );
    }

    #[test]
    fn time_is_the_documents_or_the_events_and_never_guessed() {
        let aws = |timestamp: &str| {
            format!(
                "{{\"_aws\":{{{timestamp}\"CloudWatchMetrics\":[{{\"Namespace\":\"a\",\"Dimensions\":[[]],\"Metrics\":[{{\"Name\":\"m\"}}]}}]}},\"m\":1}}"
            )
        };
        let found = embedded_metrics(&aws(""), Millis(5)).unwrap();
        assert_eq!(found.data[0].timestamp, Millis(5));
        let found = embedded_metrics(&aws("\"Timestamp\":\"2026-01-01\","), Millis(5)).unwrap();
        assert!(found.data.is_empty());
        assert_eq!(found.dropped.len(), 1);
    }

    #[test]
    fn targets_stand_at_the_root_only_and_may_have_dots_in_their_names() {
        let found = document(
            &json!([[]]),
            &json!([{ "Name": "A.a" }]),
            &json!({ "A.a": 1, "A": { "a": 2 } }),
        );
        assert_eq!(
            found.data[0].values,
            DatumValues::Distribution(vec![(1.0, 1.0)])
        );
    }
}
