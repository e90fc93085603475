use std::io;

use crate::aws::CloudError;
use crate::endpoint::EndpointError;

/// Why the suite does not run on this machine.
#[derive(Debug, thiserror::Error)]
pub enum UpError {
    /// A port is taken.
    #[error("cannot listen on 127.0.0.1:{port} for {what}, `{flag}` chooses another port")]
    Port {
        /// What was to listen.
        what: &'static str,
        /// The port asked for.
        port: u16,
        /// The flag that changes it.
        flag: &'static str,
        /// What the system said.
        source: io::Error,
    },
    /// The scoring service could not be started or ended by itself.
    #[error("the scoring service {0}")]
    Service(String),
    /// The endpoint could not be opened.
    #[error(transparent)]
    Endpoint(#[from] EndpointError),
    /// The suite could not be applied.
    #[error("the suite was not applied: {0}")]
    Deploy(String),
    /// A part failed.
    #[error("{0} failed: {1}")]
    Part(&'static str, String),
    /// A second signal came while everything was stopping.
    #[error("stopped at once by a second signal; lines that were not delivered yet are lost")]
    Interrupted,
    /// A file or a process failed.
    #[error("cannot {what}")]
    System {
        /// What was to be done.
        what: String,
        /// What the system said.
        source: io::Error,
    },
    /// The endpoint refused a call.
    #[error(transparent)]
    Cloud(#[from] CloudError),
}

impl UpError {
    pub(super) fn system(what: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let what = what.into();
        move |source| Self::System { what, source }
    }
}
