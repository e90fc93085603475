//! CloudWatch Logs: groups, streams, events, metric filters, saved and started queries, tags.
//!
//! What comes in: a request's [`Input`](super::Input); what goes out: what the account's stores answer, in the
//! members' names of the API. One file per operation; to add one, write its file and name it in the table
//! of `service.rs`. What several operations read is in `read.rs`, what they show in `show.rs`.

mod create_log_group;
mod create_log_stream;
mod create_lookup_table;
mod delete_log_group;
mod delete_log_stream;
mod delete_lookup_table;
mod delete_metric_filter;
mod delete_query_definition;
mod delete_retention_policy;
mod delete_subscription_filter;
mod describe_log_groups;
mod describe_log_streams;
mod describe_lookup_tables;
mod describe_metric_filters;
mod describe_queries;
mod describe_query_definitions;
mod describe_subscription_filters;
mod fault;
mod filter_log_events;
mod get_log_events;
mod get_log_group_fields;
mod get_log_record;
mod get_lookup_table;
mod get_query_results;
mod list_log_groups;
mod list_tags_for_resource;
mod list_tags_log_group;
mod lookup_tables;
mod pages;
mod put_log_events;
mod put_metric_filter;
mod put_query_definition;
mod put_retention_policy;
mod put_subscription_filter;
mod query_parameters;
mod read;
mod selection;
mod service;
mod show;
mod start_query;
mod stop_query;
mod subscription_filters;
mod tag_log_group;
mod tag_resource;
mod test_metric_filter;
mod untag_log_group;
mod untag_resource;
mod update_lookup_table;

pub use service::SERVICE;
pub use subscription_filters::SubscriptionFilters;
