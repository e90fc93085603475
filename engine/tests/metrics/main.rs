//! Metrics against case files (`cases/metrics/*.case`) and against expressions that people published.

mod case_files;
mod public_expressions;
mod script;
