use belfry_engine::base::Millis;
use belfry_engine::metrics::{
    DatumValues, MetricDatum, MetricId, StatisticSet, check_custom_namespace,
};

use super::read::{dimensions, invalid_combination, invalid_value, missing_parameter, unit};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `PutMetricData`: all data of the request, or none of them.
pub(super) const OPERATION: Operation = Operation {
    name: "PutMetricData",
    mutates: true,
    members: &["Namespace", "MetricData"],
    call,
};

/// The API's limit for one request.
const MOST_DATA: usize = 1000;

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let namespace = input
        .optional_str("Namespace")?
        .ok_or_else(|| missing_parameter("Namespace"))?;
    check_custom_namespace(namespace)?;
    put(cx, input, namespace)
}

/// Puts the data of a request into `namespace`, whoever may write there.
pub(in crate::endpoint) fn put(
    cx: &mut Context<'_>,
    input: &Input<'_>,
    namespace: &str,
) -> Result<Document, Fault> {
    let data = input.structures("MetricData")?;
    if data.is_empty() {
        return Err(missing_parameter("MetricData"));
    }
    if data.len() > MOST_DATA {
        return Err(input.invalid(format!(
            "The collection MetricData must not have a size greater than {MOST_DATA}."
        )));
    }
    let mut read = Vec::with_capacity(data.len());
    for (index, datum) in data.iter().enumerate() {
        let member = Member {
            input: datum,
            position: index + 1,
        };
        let datum = member.datum(namespace, cx.now)?;
        datum
            .check(cx.now)
            .map_err(|wrong| wrong.of_datum(member.position))?;
        read.push(datum);
    }
    for datum in &read {
        cx.account.metrics.put(datum, cx.now)?;
    }
    Ok(Document::empty())
}

/// One datum of the request.
struct Member<'a> {
    input: &'a Input<'a>,
    /// From 1, as AWS counts.
    position: usize,
}

impl Member<'_> {
    fn datum(&self, namespace: &str, now: Millis) -> Result<MetricDatum, Fault> {
        let input = self.input;
        input.only(MEMBERS)?;
        let name = input
            .optional_str("MetricName")?
            .ok_or_else(|| missing_parameter(&self.name("MetricName")))?;
        let id = MetricId {
            namespace: namespace.into(),
            name: name.into(),
            dimensions: dimensions(input)?,
        };
        Ok(MetricDatum {
            id,
            values: self.values()?,
            unit: unit(input)?.unwrap_or_default(),
            timestamp: input.optional_timestamp("Timestamp")?.unwrap_or(now),
            high_resolution: self.is_high_resolution()?,
        })
    }

    fn values(&self) -> Result<DatumValues, Fault> {
        let input = self.input;
        let given = ["Value", "Values", "StatisticValues"].map(|name| (name, input.has(name)));
        let mut given = given
            .iter()
            .filter(|(_, there)| *there)
            .map(|(name, _)| *name);
        let first = given.next();
        if let (Some(first), Some(second)) = (first, given.next()) {
            return Err(invalid_combination(format!(
                "The parameters {} and {} are mutually exclusive and you have specified both.",
                self.name(first),
                self.name(second)
            )));
        }
        match first {
            Some("Values") => self.distribution(),
            Some("StatisticValues") => self.statistic_set(),
            _ if input.has("Counts") => Err(missing_parameter(&self.name("Values"))),
            _ => match input.optional_f64("Value")? {
                Some(value) => Ok(DatumValues::Distribution(vec![(value, 1.0)])),
                None => Err(missing_parameter(&self.name("Value"))),
            },
        }
    }

    fn distribution(&self) -> Result<DatumValues, Fault> {
        let values = self.input.f64s("Values")?;
        let counts = if self.input.has("Counts") {
            self.input.f64s("Counts")?
        } else {
            vec![1.0; values.len()]
        };
        if counts.len() != values.len() {
            return Err(invalid_value(format!(
                "The parameters {} and {} must be of the same size.",
                self.name("Values"),
                self.name("Counts")
            )));
        }
        Ok(DatumValues::Distribution(
            values.into_iter().zip(counts).collect(),
        ))
    }

    fn statistic_set(&self) -> Result<DatumValues, Fault> {
        let Some(set) = self.input.structure("StatisticValues")? else {
            return Err(missing_parameter(&self.name("StatisticValues")));
        };
        set.only(&["SampleCount", "Sum", "Minimum", "Maximum"])?;
        let read = |name: &str| {
            let there = set.optional_f64(name)?;
            there.ok_or_else(|| missing_parameter(&self.name(&format!("StatisticValues.{name}"))))
        };
        Ok(DatumValues::StatisticSet(StatisticSet {
            sample_count: read("SampleCount")?,
            sum: read("Sum")?,
            minimum: read("Minimum")?,
            maximum: read("Maximum")?,
        }))
    }

    fn is_high_resolution(&self) -> Result<bool, Fault> {
        match self.input.optional_i64("StorageResolution")? {
            None | Some(60) => Ok(false),
            Some(1) => Ok(true),
            Some(other) => Err(invalid_value(format!(
                "The value {other} for parameter {} is invalid.",
                self.name("StorageResolution")
            ))),
        }
    }

    fn name(&self, member: &str) -> String {
        format!("MetricData.member.{}.{member}", self.position)
    }
}

const MEMBERS: &[&str] = &[
    "MetricName",
    "Dimensions",
    "Timestamp",
    "Value",
    "Values",
    "Counts",
    "StatisticValues",
    "Unit",
    "StorageResolution",
];
