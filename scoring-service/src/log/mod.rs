//! What the service says about itself: one JSON line per request on standard output, and one for
//! each change of the circuit breaker, start and stop.
//!
//! In: a [`Record`] (what happened) and [`Measurements`] (metrics with a value for this event).
//! Out: a line whose first members are the record's in a fixed order, then the metrics' values and
//! CloudWatch's embedded metric format (`_aws`) in the same object, so that one line is a log
//! event and a metric document at once.
//!
//! The types are the contract with everything that watches the service: [`signals`] exports them
//! as `signals.json`. To add a field: the struct and the table in `record.rs`. To add a metric: a
//! constant and the table in `metrics.rs`. Then refresh `signals.json` as its test says.

mod line;
mod metrics;
mod record;
mod signals;
mod writer;

pub use line::to_line;
pub use metrics::{
    CIRCUIT_BREAKER_STATE, CLIENT_ERRORS, DIMENSION_SETS, FRAUD_DETECTIONS, METRICS, MODEL_LATENCY,
    Measurements, Metric, MetricValue, NAMESPACE, REQUEST_COUNT, REQUEST_ERRORS, REQUEST_LATENCY,
    RISK_SCORE, SERVICE, Unit,
};
pub use record::{FIELDS, Field, FieldType, Level, Record, milliseconds};
pub use signals::signals;
pub use writer::{LogWriter, WriterTask};
