use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use belfry_engine::base::Clock;

use super::Faults;
use crate::clock::SystemClock;
use crate::cost::store::ExportError;

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
    /// Cost exports, or folders of them; those in `costs/` of the data folder are read as well.
    pub costs: Vec<PathBuf>,
    /// After how long a failed delivery is tried again, each time; then it is dropped.
    pub retry_delays: Vec<Duration>,
    /// What goes wrong on purpose; `None`: nothing.
    pub faults: Option<Faults>,
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
            costs: Vec::new(),
            retry_delays: [1, 5, 20].map(Duration::from_secs).to_vec(),
            faults: None,
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
    /// The listener's address cannot be read, or serving failed.
    #[error("cannot serve the endpoint: {0}")]
    Serve(#[source] std::io::Error),
    /// The data folder cannot be made or written.
    #[error("cannot work in the data folder {path}", path = .path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A cost export cannot be used.
    #[error(transparent)]
    Costs(#[from] ExportError),
    /// Another process works in the data folder.
    #[error("the data folder is in use by another belfry{}: {path}", reached(.address.as_deref()), path = .path.display())]
    InUse {
        /// The folder.
        path: PathBuf,
        /// Where the other one is reached, if it said so.
        address: Option<String>,
    },
    /// The journal cannot be read or written.
    #[error("cannot read or write the journal {path}", path = .path.display())]
    Journal {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Bytes that the journal names are not in the folder.
    #[error("the data folder cannot be opened: {reason}")]
    Objects {
        /// What is missing, with its path.
        reason: String,
    },
    /// A line of the journal is not what was written.
    #[error("the journal cannot be opened, line {line}: {reason}: {path}", path = .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// From 1.
        line: u64,
        /// What is wrong.
        reason: String,
    },
}

fn reached(address: Option<&str>) -> String {
    address.map_or_else(String::new, |address| {
        format!(", which listens on {address}")
    })
}
