//! Elastic Load Balancing, version 2: Application Load Balancers with their attributes, target groups and tags. One file
//! per operation.
//!
//! In come calls, out go documents. Nothing listens here: listeners and rules are refused by name, and ids come from
//! names. Turning logs on checks the bucket's policy and writes AWS's test object. To add an operation: its file, named in
//! the table of `service.rs`.

mod add_tags;
mod attributes;
mod create_load_balancer;
mod create_target_group;
mod delete_load_balancer;
mod delete_target_group;
mod deregister_targets;
mod describe_load_balancer_attributes;
mod describe_load_balancers;
mod describe_tags;
mod describe_target_groups;
mod describe_target_health;
mod log_delivery;
mod modify_load_balancer_attributes;
mod refusals;
mod register_targets;
mod remove_tags;
mod service;
mod store;
mod tags;
mod targets;

pub use attributes::{ATTRIBUTE_KEYS, check_attribute};
pub use service::SERVICE;
pub use store::ElbStore;
