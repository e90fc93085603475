//! Athena: its catalogue, workgroups, named queries, prepared statements, and the statements that are run.
//!
//! What comes in: awsJson 1.1. Statements of the data definition language are run against the region's
//! [`Catalog`](belfry_engine::catalog::Catalog) within the call that brings them, so a replay of the journal makes the
//! same tables. A query becomes a `Job` that runs beside the calls; how it ended is a call of its own
//! (`end_query_execution.rs`), which the journal keeps. What goes out: documents, and the objects of results in the local
//! S3. To add an operation: write its file and name it in the table of `service.rs`.

mod create_work_group;
mod get_work_group;
mod update_work_group;
mod delete_work_group;
mod list_work_groups;
mod tag_resource;
mod untag_resource;
mod list_tags_for_resource;
mod create_named_query;
mod get_named_query;
mod batch_get_named_query;
mod list_named_queries;
mod update_named_query;
mod delete_named_query;
mod create_prepared_statement;
mod get_prepared_statement;
mod list_prepared_statements;
mod update_prepared_statement;
mod delete_prepared_statement;
mod get_data_catalog;
mod list_data_catalogs;
mod get_database;
mod list_databases;
mod get_table_metadata;
mod list_table_metadata;
mod start_query_execution;
mod get_query_execution;
mod get_query_results;
mod stop_query_execution;
mod list_query_executions;
mod batch_get_query_execution;
mod catalog_show;
mod check;
mod end_query_execution;
mod execution;
mod job;
mod named_query;
mod prepared;
mod refusals;
mod results;
mod service;
mod store;
mod tags;
mod workgroup;

pub(super) use end_query_execution::{OPERATION as END_QUERY_EXECUTION, lost};
pub(super) use job::Job;
pub use service::SERVICE;
pub use store::AthenaStore;
