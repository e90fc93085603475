//! The tool's tests: one binary, one module per room.

mod house;
#[cfg(test)]
mod endpoint;
#[cfg(test)]
mod provision;
#[cfg(test)]
mod up;
#[cfg(test)]
mod web;
