use belfry_engine::events::LogError;
use belfry_engine::metrics::MetricError;

use crate::aws::CloudError;
use crate::provision::Address;

/// Why a suite cannot be replayed, or what it was fed was refused.
#[derive(Debug, thiserror::Error)]
pub enum ReplayError {
    /// A call that applies the suite failed.
    #[error(transparent)]
    Cloud(Box<CloudError>),
    /// The account refused a resource; the others that failed follow from it.
    #[error("`{address}` is refused: {source}")]
    Refused {
        /// Which.
        address: Address,
        /// In AWS's words.
        source: Box<CloudError>,
    },
    /// The account of the suite's region was never reached.
    #[error("the suite made nothing in its region `{region}`")]
    Empty {
        /// The region.
        region: String,
    },
    /// A log group refused a batch.
    #[error("the log group `{group}` refuses the events: {source}")]
    Log {
        /// Which.
        group: String,
        /// In AWS's words.
        source: LogError,
    },
    /// The metric store refused a datum.
    #[error("the datum is refused: {0}")]
    Metric(#[from] MetricError),
}

impl From<CloudError> for ReplayError {
    fn from(error: CloudError) -> Self {
        Self::Cloud(Box::new(error))
    }
}
