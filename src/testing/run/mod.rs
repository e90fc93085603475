//! Running tests: stages for the suite, a replay for every test, several at a time.

mod outcome;
mod all;
mod dry;
mod pool;
mod stages;
mod one;

pub use all::run;
pub(super) use one::{Fast, one};
pub use outcome::{Outcome, RunError, Served};
pub use pool::Progress;
pub(super) use pool::in_parallel;
pub(super) use stages::Stages;
