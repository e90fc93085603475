use super::transformation::{check_characters, check_length};
use super::{DatumValues, Dimensions, MetricDatum, MetricError, MetricId, MetricTransformation};
use crate::base::Millis;
use crate::pattern::{Extracted, FilterPattern};

const SYSTEM_FIELDS: &[&str] = &["@aws.account", "@aws.region"];

/// A metric filter: events in, data out.
#[derive(Clone, Debug)]
pub struct MetricFilter {
    /// 1 to 512 characters.
    pub name: String,
    /// The pattern as given.
    pub pattern_text: String,
    /// The pattern, parsed.
    pub pattern: FilterPattern,
    /// What a match publishes.
    pub transformation: MetricTransformation,
    /// `emitSystemFieldDimensions` with their values: `@aws.account` and `@aws.region`.
    pub system_dimensions: Dimensions,
    /// When it was put.
    pub creation_time: Millis,
}

impl MetricFilter {
    /// Checks all of PutMetricFilter's rules (pattern, name, transformation); the error carries AWS's text.
    pub fn try_new(
        name: &str,
        pattern: &str,
        transformation: MetricTransformation,
        now: Millis,
    ) -> Result<Self, MetricError> {
        check_length(name, "filterName", 512)?;
        check_characters(name, "filterName", ":*")?;
        let parsed = FilterPattern::parse(pattern)
            .map_err(|error| MetricError::invalid_parameter(error.message))?;
        transformation.check(&parsed, 0)?;
        Ok(Self {
            name: name.to_owned(),
            pattern_text: pattern.to_owned(),
            pattern: parsed,
            transformation,
            system_dimensions: Dimensions::new(),
            creation_time: now,
        })
    }

    /// With `emitSystemFieldDimensions`: each field's name and the value it has here. A filter has at most three
    /// dimensions, these counted.
    pub fn with_system_dimensions(mut self, system: Dimensions) -> Result<Self, MetricError> {
        if let Some(unknown) = system
            .keys()
            .find(|name| !SYSTEM_FIELDS.contains(&name.as_str()))
        {
            let known = SYSTEM_FIELDS.join(", ");
            return Err(MetricError::invalid_parameter(format!(
                "emitSystemFieldDimensions knows {known}, not {unknown}"
            )));
        }
        self.transformation.check(&self.pattern, system.len())?;
        self.system_dimensions = system;
        Ok(self)
    }

    /// What `message`, stamped `timestamp`, publishes; nothing, or one datum. The default value stands for each
    /// event that does not match, and for a match whose field is missing or null (recorded from AWS); it never
    /// carries dimensions.
    pub fn publish(&self, message: &str, timestamp: Millis) -> Option<MetricDatum> {
        if !self.pattern.matches(message) {
            return self.publish_default(timestamp);
        }
        let value = match self.transformation.literal() {
            Some(number) => number,
            None => match self.pattern.select(message, &self.transformation.value) {
                Extracted::Number(number) => number,
                Extracted::Missing => return self.publish_default(timestamp),
                Extracted::Text(_) | Extracted::Other => return None,
            },
        };
        Some(self.datum(value, self.dimensions(message), timestamp))
    }

    fn publish_default(&self, timestamp: Millis) -> Option<MetricDatum> {
        let value = self.transformation.default_value?;
        Some(self.datum(value, Dimensions::new(), timestamp))
    }

    /// All of its dimensions, or none where one of its own is missing in `message`.
    fn dimensions(&self, message: &str) -> Dimensions {
        let own = self
            .transformation
            .dimensions
            .iter()
            .map(|(name, selector)| {
                let value = self.pattern.select_text(message, selector)?;
                (!value.is_empty()).then(|| (name.clone(), value))
            });
        let system = self.system_dimensions.iter();
        let system = system.map(|(name, value)| Some((name.clone(), value.clone())));
        own.chain(system)
            .collect::<Option<Dimensions>>()
            .unwrap_or_default()
    }

    fn datum(&self, value: f64, dimensions: Dimensions, timestamp: Millis) -> MetricDatum {
        MetricDatum {
            id: MetricId {
                namespace: self.transformation.namespace.as_str().into(),
                name: self.transformation.name.as_str().into(),
                dimensions,
            },
            values: DatumValues::Distribution(vec![(value, 1.0)]),
            unit: self.transformation.unit,
            timestamp,
            high_resolution: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::{Grid, MetricStat, MetricStore, Statistic, Unit};
    use serde_json::Value;
    use std::collections::BTreeMap;
    use std::path::Path;

    /// The endpoint reads the wire, not the engine.
    const WIRE: &str = "reject: defaultValue sent as a JSON string";
    const ACCOUNT: &str = "<ACCOUNT>";
    const REGION: &str = "<REGION>";

    fn transformation(filter: &Value) -> MetricTransformation {
        let dimensions = filter.get("dimensions").cloned();
        MetricTransformation {
            name: "Probe".to_owned(),
            namespace: "Test".to_owned(),
            value: filter["metricValue"].as_str().unwrap().to_owned(),
            default_value: filter.get("defaultValue").and_then(Value::as_f64),
            dimensions: dimensions
                .map(|d| serde_json::from_value(d).unwrap())
                .unwrap_or_default(),
            unit: Unit::None,
        }
    }

    fn filter(filter: &Value) -> Result<MetricFilter, MetricError> {
        let fields = filter
            .get("emitSystemFieldDimensions")
            .and_then(Value::as_array);
        let system = fields
            .into_iter()
            .flatten()
            .map(|field| match field.as_str().unwrap() {
                "@aws.account" => ("@aws.account".to_owned(), ACCOUNT.to_owned()),
                other => (other.to_owned(), REGION.to_owned()),
            });
        let pattern = filter["pattern"].as_str().unwrap();
        MetricFilter::try_new("probe", pattern, transformation(filter), Millis(0))?
            .with_system_dimensions(system.collect())
    }

    /// What the case's batches leave in a store: dimensions → statistics.
    fn published(filter: &MetricFilter, case: &Value) -> BTreeMap<String, Value> {
        let mut store = MetricStore::default();
        for batch in case["batches"].as_array().unwrap() {
            for message in batch.as_array().unwrap() {
                if let Some(datum) = filter.publish(message.as_str().unwrap(), Millis(0)) {
                    store.put(&datum, Millis(0)).unwrap();
                }
            }
        }
        let grid = Grid {
            start: Millis(0),
            period: 60,
            count: 1,
        };
        let value = |id: &MetricId, statistic| {
            let stat = MetricStat {
                id: id.clone(),
                period: 60,
                statistic,
                unit: None,
            };
            store.statistic(&stat, grid)[0].unwrap().value
        };
        let one = |id: &MetricId| {
            let statistics = serde_json::json!({
                "Sum": value(id, Statistic::Sum),
                "SampleCount": value(id, Statistic::SampleCount),
                "Minimum": value(id, Statistic::Minimum),
                "Maximum": value(id, Statistic::Maximum),
            });
            (serde_json::to_string(&id.dimensions).unwrap(), statistics)
        };
        store.list().into_iter().map(|(id, _)| one(id)).collect()
    }

    fn check(case: &Value) {
        let name = case["name"].as_str().unwrap();
        let made = filter(&case["filter"]);
        if case.get("reject").is_some() {
            let error = made.unwrap_err();
            assert_eq!(error.code, case["reject"], "{name}");
            assert!(
                case.get("message").is_none_or(|m| *m == error.message),
                "{name}: {error}"
            );
            return;
        }
        let found = published(&made.unwrap(), case);
        let expected = case["expect"].as_array().unwrap();
        assert_eq!(found.len(), expected.len(), "{name}: {found:?}");
        for one in expected {
            let dimensions: Dimensions = serde_json::from_value(one["dimensions"].clone()).unwrap();
            let statistics = &found[&serde_json::to_string(&dimensions).unwrap()];
            for (statistic, value) in statistics.as_object().unwrap() {
                let expected = one.get(statistic).and_then(Value::as_f64);
                assert!(
                    expected.is_none_or(|e| Some(e) == value.as_f64()),
                    "{name}: {found:?}"
                );
            }
        }
    }

    #[test]
    fn recorded_publications_are_reproduced() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/metric-filter/aws.json");
        let cases: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let cases = cases["cases"].as_array().unwrap();
        cases
            .iter()
            .filter(|case| case["name"] != WIRE)
            .for_each(check);
    }

    fn refusal(name: &str, pattern: &str, change: impl Fn(&mut MetricTransformation)) -> String {
        let mut transformation = transformation(&serde_json::json!({ "metricValue": "1" }));
        change(&mut transformation);
        MetricFilter::try_new(name, pattern, transformation, Millis(0))
            .unwrap_err()
            .message
    }

    #[test]
    fn a_filter_that_aws_refuses_is_refused() {
        assert!(refusal("", "x", |_| ()).contains("length greater than or equal to 1"));
        assert!(refusal("a:b", "x", |_| ()).contains("[^:*]*"));
        assert!(refusal("a", "x", |t| t.name = "a$b".to_owned()).contains("[^:*$]*"));
        assert_eq!(
            refusal("a", "a/b", |_| ()),
            "Invalid character(s) in term '/'"
        );
        let selector = |t: &mut MetricTransformation| t.value = "$.x".to_owned();
        assert_eq!(
            refusal("a", "x", selector),
            "Invalid metric transformation: metric value $.x must be a valid number"
        );
        assert!(refusal("a", "[x]", |t| t.value = "$y".to_owned()).contains("$y"));
        let dimension = |t: &mut MetricTransformation| {
            t.dimensions.insert("D".to_owned(), "$.x".to_owned());
        };
        assert!(refusal("a", "x", dimension).contains("space-delimited"));
    }

    #[test]
    fn a_space_delimited_field_publishes_its_number() {
        let value = serde_json::json!({ "pattern": "[ip, ..., status=5*, bytes]", "metricValue": "$bytes", "dimensions": {"Ip": "$ip", "Status": "$4"} });
        let datum = filter(&value)
            .unwrap()
            .publish("10.0.0.1 - x 500 12.5", Millis(7))
            .unwrap();
        assert_eq!(datum.values, DatumValues::Distribution(vec![(12.5, 1.0)]));
        assert_eq!(datum.timestamp, Millis(7));
        assert_eq!(datum.id.dimensions["Ip"], "10.0.0.1");
        assert_eq!(datum.id.dimensions["Status"], "500");
    }
}
