//! The tool's tests: one binary, one module per room.

#[cfg(test)]
mod backtest;
#[cfg(test)]
mod balancer;
#[cfg(test)]
mod cli;
#[cfg(test)]
mod cost;
#[cfg(test)]
mod house;
#[cfg(test)]
mod endpoint;
#[cfg(test)]
mod iam;
#[cfg(test)]
mod provision;
#[cfg(test)]
mod suite_tests;
#[cfg(test)]
mod up;
#[cfg(test)]
mod web;
#[cfg(test)]
mod web_endpoint;
#[cfg(test)]
mod why;
#[cfg(test)]
mod workflow;
