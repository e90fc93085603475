//! What became of a suite's tests, for people and for machines: one file per format.

mod annotation;
mod coverage;
mod github;
mod json;
mod junit;
mod mutation;
mod sides;
mod subject;
mod text;
#[cfg(test)]
mod tests;

pub use annotation::write_annotations;
pub(super) use annotation::{command, command_in};
pub use coverage::{coverage_json, write_coverage};
pub use github::write_github;
pub use json::{tested_json, write_tested_json};
pub use junit::write_junit;
pub use mutation::{mutation_json, survivors, write_mutation};
pub use subject::Tested;
pub use text::write_tested;
