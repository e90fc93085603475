//! Elastic Load Balancing, version 2: Application Load Balancers with their attributes, listeners that forward, target
//! groups, targets and tags. One file per operation.
//!
//! In come calls, out go documents. These are records: the load balancer of `belfry up` does what they say ([`Orders`]) and
//! says how its targets are ([`TargetReport`]), both inside the process. Rules are refused by name, and ids come from names.
//! Turning logs on checks the bucket's policy and writes AWS's test object. To add an operation: its file, named in the
//! table of `service.rs`.

mod add_tags;
mod attributes;
mod create_listener;
mod create_load_balancer;
mod create_target_group;
mod delete_listener;
mod delete_load_balancer;
mod delete_target_group;
mod deregister_targets;
mod describe_listeners;
mod describe_load_balancer_attributes;
mod describe_load_balancers;
mod describe_tags;
mod describe_target_group_attributes;
mod describe_target_groups;
mod describe_target_health;
mod listeners;
mod log_delivery;
mod modify_listener;
mod modify_load_balancer_attributes;
mod modify_target_group;
mod modify_target_group_attributes;
mod orders;
mod refusals;
mod register_targets;
mod remove_tags;
mod service;
mod store;
mod tags;
mod targets;

pub use attributes::{ATTRIBUTE_KEYS, check_attribute};
pub use orders::{GroupOrders, ListenerOrders, Orders, TargetReport};
pub use service::SERVICE;
pub use store::{ElbStore, TargetState};
