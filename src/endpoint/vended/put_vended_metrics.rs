use crate::endpoint::cloudwatch::put_metric_data::put;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `PutMetricData` for namespaces of AWS.
pub(super) const OPERATION: Operation = Operation {
    name: "PutVendedMetrics",
    mutates: true,
    members: &["Namespace", "MetricData"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let namespace = input.required_str("Namespace")?;
    put(cx, input, namespace)
}
