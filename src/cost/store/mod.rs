//! What an organisation paid, line by line, as its exports say it.
//!
//! What comes in: CUR 2.0 and FOCUS 1.x files (CSV, plain or gzip, and Parquet), or lines metered by a local run. What goes out: a
//! [`CostStore`], which Cost Explorer's operations are answered from. A malformed file names its line and column; an
//! export that lacks what a question needs is refused by the name of the column. To add a layout: a file with its columns, and its line in `read.rs`.

mod anomaly;
mod csv;
mod cur;
mod dimension;
mod error;
mod field;
mod focus;
mod line;
mod monitor;
mod parquet;
mod read;
#[cfg(test)]
mod tests;

pub use anomaly::{Anomaly, AnomalyImpact, AnomalyScore, CauseImpact, RootCause, read_anomalies};
pub use dimension::Dimension;
pub use error::ExportError;
pub use line::{CostLine, CostStore, Measure};
pub use monitor::{Monitor, MonitorSpecification, MonitoredValues};
pub use read::{read_export, read_folder};
