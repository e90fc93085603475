//! Belfry's library: every room of the tool. `main.rs` only calls [`cli`].

pub mod aws;
pub mod backtest;
pub mod balancer;
pub mod check;
pub mod cli;
pub mod clock;
pub mod cost;
pub mod endpoint;
pub mod iam;
pub mod line;
pub mod provision;
pub mod pull;
mod random;
pub mod rates;
pub mod replay;
pub mod report;
pub mod suite;
pub mod testing;
pub mod trace;
pub mod up;
pub mod web;
pub mod why;
