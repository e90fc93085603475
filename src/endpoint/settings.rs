use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use belfry_engine::base::Clock;

use crate::clock::SystemClock;

/// How an endpoint is opened.
#[derive(Clone)]
pub struct Settings {
    /// Where time comes from.
    pub clock: Arc<dyn Clock>,
    /// Twelve digits.
    pub account_id: String,
    /// The region of requests that name none.
    pub region: String,
    /// The folder of the journal; `None` keeps everything in memory only.
    pub data: Option<PathBuf>,
    /// After how long a failed delivery is tried again, each time; then it is dropped.
    pub retry_delays: Vec<Duration>,
    /// Who hears remarks: dropped deliveries, a torn journal.
    pub remark: Arc<dyn Fn(&str) + Send + Sync>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            clock: Arc::new(SystemClock),
            account_id: "000000000000".to_owned(),
            region: "us-east-1".to_owned(),
            data: None,
            retry_delays: [1, 5, 20].map(Duration::from_secs).to_vec(),
            remark: Arc::new(|_| {}),
        }
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("account_id", &self.account_id)
            .field("region", &self.region)
            .field("data", &self.data)
            .finish_non_exhaustive()
    }
}

/// Why an endpoint could not be opened or served.
#[derive(Debug, thiserror::Error)]
pub enum EndpointError {
    /// The address of the listener cannot be read, or serving failed.
    #[error("cannot serve the endpoint: {0}")]
    Serve(#[source] std::io::Error),
}
