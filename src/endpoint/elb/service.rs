use super::{
    add_tags, create_listener, create_load_balancer, create_target_group, delete_listener,
    delete_load_balancer, delete_target_group, deregister_targets, describe_listeners,
    describe_load_balancer_attributes, describe_load_balancers, describe_tags,
    describe_target_group_attributes, describe_target_groups, describe_target_health,
    modify_listener, modify_load_balancer_attributes, modify_target_group,
    modify_target_group_attributes, register_targets, remove_tags,
};
use crate::endpoint::{Service, Words};

/// Elastic Load Balancing, version 2.
pub static SERVICE: Service = Service {
    name: "elasticloadbalancing",
    target: "ElasticLoadBalancing_v10",
    version: "2015-12-01",
    namespace: "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/",
    shapes: "com.amazonaws.elasticloadbalancingv2",
    fault_shapes: &[],
    query_compatible: false,
    words: &Words {
        validation: "ValidationError",
    },
    operations: &[
        &create_load_balancer::OPERATION,
        &describe_load_balancers::OPERATION,
        &delete_load_balancer::OPERATION,
        &describe_load_balancer_attributes::OPERATION,
        &modify_load_balancer_attributes::OPERATION,
        &create_target_group::OPERATION,
        &describe_target_groups::OPERATION,
        &delete_target_group::OPERATION,
        &modify_target_group::OPERATION,
        &describe_target_group_attributes::OPERATION,
        &modify_target_group_attributes::OPERATION,
        &create_listener::OPERATION,
        &describe_listeners::OPERATION,
        &modify_listener::OPERATION,
        &delete_listener::OPERATION,
        &register_targets::OPERATION,
        &deregister_targets::OPERATION,
        &describe_target_health::OPERATION,
        &add_tags::OPERATION,
        &remove_tags::OPERATION,
        &describe_tags::OPERATION,
    ],
};
