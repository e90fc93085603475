//! Metric math and GetMetricData against AWS's documented examples: series are texts such as `1 2 _`, where
//! `_` is no value. To add one: `examples.rs` for expressions, `requests.rs` for whole requests.

mod examples;
mod fixture;
mod functions;
mod requests;
