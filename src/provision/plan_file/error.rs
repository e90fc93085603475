use super::file::VERSION;

/// Why a plan file is not applied.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanFileError {
    /// It is none, or not all of one.
    #[error("it is no plan file, or a damaged one: {0}")]
    Damaged(String),
    /// Written by another version of Belfry.
    #[error("it is a plan file of version {found}; this Belfry reads version {VERSION}")]
    Version {
        /// What it says.
        found: u64,
    },
    /// Made for something else.
    #[error("it was made for the {what} `{planned}`, this is `{here}`")]
    Other {
        /// `suite`, `environment`, `account`, `region`.
        what: &'static str,
        /// Of the file.
        planned: String,
        /// Of this run.
        here: String,
    },
}
