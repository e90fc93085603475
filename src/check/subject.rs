use std::path::Path;

use belfry_engine::diag::Diagnostic;

use super::Contract;
use crate::suite::Suite;

/// What checks look at.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The suite of one environment.
    pub suite: &'a Suite,
    /// What the service publishes.
    pub contract: &'a Contract,
    /// The suite's folder, in which runbooks are.
    pub folder: &'a Path,
    /// The text of belfry.toml.
    pub toml: &'a str,
}

/// A finding in one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The file, relative to the suite's folder.
    pub path: String,
    /// What it is about, as an `[[allow]]` names it: `alarm.fraud-cpu-high`.
    pub on: String,
    /// What, and where in it.
    pub diagnostic: Diagnostic,
}
