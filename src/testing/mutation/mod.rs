//! Changes of a suite, one at a time, and whether some test notices.
//!
//! What comes in: a suite whose tests pass. What goes out: every [`Mutant`] with its [`Fate`]. Only tests that look
//! at what was changed are run again. To add a change: a function in the file of its resource, and its line in the
//! table there.

mod alarm;
mod alarm_metric;
mod amount;
mod any_alarm;
mod comparison;
mod composite;
mod fate;
mod filter;
mod log_alarm;
mod mutant;
mod mute_rule;
mod pieces;
mod place;
mod run;
mod touched;
mod variant;

pub use fate::{Fate, Tried};
pub use mutant::{Mutant, mutants};
pub use run::{Mutation, mutate};
