use super::{get_resources, get_tag_keys, get_tag_values};
use crate::endpoint::{Service, Words};

/// The Resource Groups Tagging API, of which only the reading calls are answered: tags are written where the resources are.
pub static SERVICE: Service = Service {
    name: "tagging",
    target: "ResourceGroupsTaggingAPI_20170126",
    version: "2017-01-26",
    namespace: "http://tagging.amazonaws.com/doc/2017-01-26/",
    shapes: "com.amazonaws.resourcegroupstaggingapi",
    fault_shapes: &[],
    query_compatible: false,
    words: &Words {
        validation: "InvalidParameterException",
    },
    operations: &[
        &get_resources::OPERATION,
        &get_tag_keys::OPERATION,
        &get_tag_values::OPERATION,
    ],
};
