use super::get_caller_identity;
use crate::endpoint::{Service, Words};

/// STS, of which only the identity is answered.
pub static SERVICE: Service = Service {
    name: "sts",
    target: "AWSSecurityTokenServiceV20110615",
    version: "2011-06-15",
    namespace: "https://sts.amazonaws.com/doc/2011-06-15/",
    shapes: "com.amazonaws.sts",
    fault_shapes: &[],
    query_compatible: false,
    words: &Words {
        validation: "ValidationError",
    },
    operations: &[&get_caller_identity::OPERATION],
};
