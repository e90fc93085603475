use std::sync::Arc;

use thiserror::Error;

use super::LookupTable;
use crate::events::EventSource;
use crate::insights::Source;

/// Where a running query finds what it reads beside its own events.
pub trait Sources: Sync {
    /// The events of the groups that the `SOURCE` of a subquery asks for.
    fn open(&self, source: &Source) -> Result<&dyn EventSource, SourceError>;

    /// The lookup table of that name.
    fn lookup_table(&self, name: &str) -> Result<Arc<LookupTable>, SourceError>;
}

/// Why a query cannot read what it needs.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{message}")]
pub struct SourceError {
    /// What is missing, by its name.
    pub message: String,
}

impl SourceError {
    /// An error with its text.
    pub fn new(message: impl Into<String>) -> Self {
        let message = message.into();
        Self { message }
    }
}

/// No other groups and no tables: a query that needs one is refused.
#[derive(Clone, Copy, Debug)]
pub struct NoSources;

impl Sources for NoSources {
    fn open(&self, _: &Source) -> Result<&dyn EventSource, SourceError> {
        let message = "the query reads other log groups, and there are none here";
        Err(SourceError::new(message))
    }

    fn lookup_table(&self, name: &str) -> Result<Arc<LookupTable>, SourceError> {
        let message = format!("there is no lookup table `{name}` here");
        Err(SourceError::new(message))
    }
}
