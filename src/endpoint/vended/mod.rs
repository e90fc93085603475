//! What AWS's own services write: metrics in namespaces that are closed to PutMetricData ("vended"), and how queries of
//! Athena ended.
//!
//! What comes in: data of a part of AWS that runs in this process ([`Endpoint::vend`](super::Endpoint::vend)). What goes
//! out: calls of a service that no request reaches, so that the journal keeps and replays them like all others. To add
//! something else that only AWS can write: an operation of [`SERVICE`] and a method of the endpoint.

mod call;
mod put_vended_metrics;
mod service;

pub(super) use call::calls;
pub(super) use service::SERVICE;
