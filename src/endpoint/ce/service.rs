use super::{
    get_anomalies, get_anomaly_monitors, get_cost_and_usage, get_cost_forecast,
    get_dimension_values, get_tags,
};
use crate::endpoint::{Service, Words};

/// Cost Explorer: what reports ask for.
pub static SERVICE: Service = Service {
    name: "ce",
    target: "AWSInsightsIndexService",
    version: "2017-10-25",
    namespace: "",
    shapes: "com.amazonaws.costexplorer",
    fault_shapes: &[],
    query_compatible: false,
    words: &Words {
        validation: "ValidationException",
    },
    operations: &[
        &get_anomalies::OPERATION,
        &get_anomaly_monitors::OPERATION,
        &get_cost_and_usage::OPERATION,
        &get_cost_forecast::OPERATION,
        &get_dimension_values::OPERATION,
        &get_tags::OPERATION,
    ],
};
