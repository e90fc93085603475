//! SNS: topics, their subscriptions, and publishing to them.
//!
//! What comes in: the operations of query/XML. What goes out: deliveries in the account's outbox, which
//! `endpoint/delivery` sends. Only `http` subscribers on this machine are delivered to; `email` stays
//! unconfirmed, as on AWS until somebody clicks; every other protocol is refused by name.
//! To add an operation: write its file and name it in the table of `service.rs`.

mod create_topic;
mod delete_topic;
mod list_topics;
mod get_topic_attributes;
mod set_topic_attributes;
mod subscribe;
mod confirm_subscription;
mod unsubscribe;
mod list_subscriptions;
mod list_subscriptions_by_topic;
mod get_subscription_attributes;
mod publish;
mod tag_resource;
mod untag_resource;
mod list_tags_for_resource;
mod attributes;
mod policy;
mod refusals;
mod service;
mod subscription_list;
mod tags;

pub use service::SERVICE;
