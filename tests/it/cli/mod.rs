//! The command line as a person meets it: the real binary over small suites.

mod backtest;
mod check;
mod check_codes;
mod check_formats;
mod environment;
mod explain;
mod explain_line;
mod fixture;
mod iam;
mod log_types;
mod plan_apply;
mod plan_file;
mod query;
mod query_all;
mod query_files;
mod query_forms;
mod query_parameters;
mod query_service;
mod serve;
mod service_stub;
mod suite;
mod suite_tests;
mod tail;
mod why;
