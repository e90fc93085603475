use std::collections::BTreeMap;

use belfry_engine::metrics::{DatumValues, MetricDatum};

use super::put_vended_metrics::OPERATION;
use super::service::SERVICE;
use crate::endpoint::Document;
use crate::endpoint::protocol::Call;

/// The most data of one call, as of PutMetricData.
const MOST_DATA: usize = 1000;

/// The calls that put `data`, by namespace.
pub(in crate::endpoint) fn calls(data: &[MetricDatum]) -> Vec<Call> {
    let mut namespaces: BTreeMap<&str, Vec<&MetricDatum>> = BTreeMap::new();
    for datum in data {
        namespaces
            .entry(&datum.id.namespace)
            .or_default()
            .push(datum);
    }
    let parts = namespaces.iter().flat_map(|(namespace, data)| {
        let parts = data.chunks(MOST_DATA);
        parts.map(|part| call(namespace, part))
    });
    parts.collect()
}

fn call(namespace: &str, data: &[&MetricDatum]) -> Call {
    let data = data.iter().map(|datum| write(datum));
    Call {
        service: &SERVICE,
        operation: &OPERATION,
        input: Document::structure([
            ("Namespace", namespace.into()),
            ("MetricData", Document::List(data.collect())),
        ]),
        text: false,
    }
}

fn write(datum: &MetricDatum) -> Document {
    let dimensions = datum.id.dimensions.iter().map(|(name, value)| {
        Document::structure([
            ("Name", name.as_str().into()),
            ("Value", value.as_str().into()),
        ])
    });
    let mut members = vec![
        ("MetricName", (&*datum.id.name).into()),
        ("Dimensions", Document::List(dimensions.collect())),
        ("Unit", datum.unit.as_str().into()),
        ("Timestamp", Document::Timestamp(datum.timestamp)),
        (
            "StorageResolution",
            if datum.high_resolution { 1_i64 } else { 60 }.into(),
        ),
    ];
    match &datum.values {
        DatumValues::Distribution(values) => {
            let (values, counts): (Vec<f64>, Vec<f64>) = values.iter().copied().unzip();
            members.push(("Values", Document::list(values)));
            members.push(("Counts", Document::list(counts)));
        }
        DatumValues::StatisticSet(set) => members.push((
            "StatisticValues",
            Document::structure([
                ("SampleCount", set.sample_count.into()),
                ("Sum", set.sum.into()),
                ("Minimum", set.minimum.into()),
                ("Maximum", set.maximum.into()),
            ]),
        )),
    }
    Document::structure(members)
}
