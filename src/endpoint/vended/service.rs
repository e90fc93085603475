use super::put_vended_metrics;
use crate::endpoint::athena;
use crate::endpoint::{Service, Words};

/// Not in the table of services: known to the journal only.
pub(in crate::endpoint) static SERVICE: Service = Service {
    name: "vended",
    target: "",
    version: "",
    namespace: "",
    shapes: "",
    fault_shapes: &[],
    query_compatible: false,
    words: &Words {
        validation: "ValidationError",
    },
    operations: &[&athena::END_QUERY_EXECUTION, &put_vended_metrics::OPERATION],
};
