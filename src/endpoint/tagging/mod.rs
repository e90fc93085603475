//! Resource Groups Tagging API: which resources of a region carry which tags, whatever their service.
//!
//! What comes in: filters by tag and by type of resource. What goes out: ARNs with their tags, read from where the services
//! keep them, so that an answer is never behind what was written; on AWS it may be, by seconds to minutes. What belongs to no
//! region (dashboards, budgets) is answered in us-east-1. To add a service whose tags are kept in a store of its own: a line
//! in `tagged.rs`.

mod get_resources;
mod get_tag_keys;
mod get_tag_values;
mod service;
mod tagged;

pub use service::SERVICE;
