//! The alarms of a suite against recorded logs and metrics: when each would have fired and cleared.
//!
//! What comes in: one or two versions of a suite ([`Trial`]), and recorded events and data in the order of their
//! times ([`Backtest::log`], [`Backtest::put`]), from files ([`read_files`]), from recorded metrics ([`read_data`]) or from an
//! environment. What goes out: a [`Report`]: firings, pages, the difference between the versions, how fast each labelled incident
//! ([`Incident`]) was noticed, pages a week against a budget, and what could not be fed.
//!
//! Memory does not grow with the recording: events become metrics and are forgotten, and datapoints that no alarm
//! looks at any more are dropped. The whole account runs on a clock that only the recording moves, so equal
//! recordings give equal reports.

mod comparison;
mod course;
mod data_file;
mod fed;
mod feeding;
mod incident;
mod incident_file;
mod log_files;
mod metric_reading;
mod report;
mod revision;
mod trial;

pub use comparison::{Comparison, Moved, Page};
pub use course::{Course, Firing};
pub use data_file::{DataFileError, read_data};
pub use fed::{Fed, NotFed};
pub use feeding::Backtest;
pub use incident::{Detection, Incident, IncidentReport};
pub use incident_file::{IncidentFileError, read_incidents};
pub use log_files::{LogFileError, RecordedFile, first_moment, read_files};
pub use metric_reading::MetricReading;
pub use report::{AlarmReport, Budget, FiringReport, Report, Settings, VersionReport};
pub use revision::{Revision, RevisionError};
pub use trial::Trial;
