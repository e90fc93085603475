use std::time::Duration;

use serde::{Serialize, Serializer};

use jiff::Timestamp;

use crate::breaker::BreakerState;
use crate::score::Recommendation;

/// How bad an event is: `ERROR` for an answer of 500 and above, `WARN` for one of 400 and above.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Level {
    /// As it should be.
    Info,
    /// The caller's mistake.
    Warn,
    /// The service's failure.
    Error,
}

/// One log event. Members are written in the order of [`FIELDS`]; one without a value is left out.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "each member is described in `FIELDS`")]
pub struct Record {
    #[serde(serialize_with = "rfc3339")]
    pub timestamp: Timestamp,
    pub level: Level,
    pub message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_code: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_field: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transaction_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub risk_score: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_fraud: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recommendation: Option<Recommendation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub risk_factors: Option<Vec<&'static str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub breaker_state: Option<BreakerState>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trace_id: Option<String>,
}

impl Record {
    /// An event that says only `message`.
    pub fn new(timestamp: Timestamp, level: Level, message: impl Into<String>) -> Self {
        Self {
            timestamp,
            level,
            message: message.into(),
            request_id: None,
            user_id: None,
            endpoint: None,
            duration: None,
            method: None,
            status: None,
            error_code: None,
            error_field: None,
            transaction_id: None,
            amount: None,
            risk_score: None,
            is_fraud: None,
            recommendation: None,
            risk_factors: None,
            breaker_state: None,
            address: None,
            trace_id: None,
        }
    }
}

/// A duration in milliseconds, to the microsecond.
pub fn milliseconds(duration: Duration) -> f64 {
    let micros = u32::try_from(duration.as_micros()).unwrap_or(u32::MAX);
    f64::from(micros) / 1000.0
}

fn rfc3339<S: Serializer>(at: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ"))
}

/// What a field's value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FieldType {
    /// JSON text.
    String,
    /// A JSON number, perhaps with a fraction.
    Number,
    /// A JSON number without a fraction.
    Integer,
    /// `true` or `false`.
    Boolean,
    /// A JSON array of texts.
    Strings,
}

/// One member of a [`Record`], as the signal contract shows it.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Field {
    /// Its name in the line.
    pub name: &'static str,
    /// What its value is.
    #[serde(rename = "type")]
    pub kind: FieldType,
    /// CloudWatch's name of its unit, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<&'static str>,
    /// What it says, and on which lines it stands.
    pub description: &'static str,
}

const fn field(name: &'static str, kind: FieldType, description: &'static str) -> Field {
    Field {
        name,
        kind,
        unit: None,
        description,
    }
}

/// The members of [`Record`] in the order in which they are written.
pub const FIELDS: [Field; 20] = [
    field(
        "timestamp",
        FieldType::String,
        "when the event was written, RFC 3339, UTC, milliseconds; on every line",
    ),
    field(
        "level",
        FieldType::String,
        "INFO, WARN (status 400 to 499) or ERROR (status 500 and above); on every line",
    ),
    field("message", FieldType::String, "what happened; on every line"),
    field(
        "request_id",
        FieldType::String,
        "the request's `x-request-id`, or one given to it; on every request",
    ),
    field(
        "user_id",
        FieldType::String,
        "the transaction's customer; where a transaction was read",
    ),
    field(
        "endpoint",
        FieldType::String,
        "the path asked for; on every request",
    ),
    Field {
        name: "duration",
        kind: FieldType::Number,
        unit: Some("Milliseconds"),
        description: "from the request's head to the answer's; on every request",
    },
    field(
        "method",
        FieldType::String,
        "the HTTP method; on every request",
    ),
    field(
        "status",
        FieldType::Integer,
        "the HTTP status answered; on every request",
    ),
    field(
        "error_code",
        FieldType::String,
        "the code of the JSON error answered; where status is 400 or above",
    ),
    field(
        "error_field",
        FieldType::String,
        "the request's member that was wrong; where one was",
    ),
    field(
        "transaction_id",
        FieldType::String,
        "the transaction; where one was read",
    ),
    field(
        "amount",
        FieldType::Number,
        "the transaction's amount; where one was read",
    ),
    field(
        "risk_score",
        FieldType::Integer,
        "0 to 100; where a transaction was scored",
    ),
    field(
        "is_fraud",
        FieldType::Boolean,
        "whether it is called fraud; where a transaction was scored",
    ),
    field(
        "recommendation",
        FieldType::String,
        "APPROVE, REVIEW or BLOCK; where a transaction was scored",
    ),
    field(
        "risk_factors",
        FieldType::Strings,
        "names of the factors that spoke against it; where a transaction was scored",
    ),
    field(
        "breaker_state",
        FieldType::String,
        "closed, half_open or open; on requests for a score, health checks, and lines that say that it changed",
    ),
    field(
        "address",
        FieldType::String,
        "where the service listens; on the line that says that it started",
    ),
    field(
        "trace_id",
        FieldType::String,
        "the request's `X-Amzn-Trace-Id` as the load balancer sent it, the `trace_id` of its access log; where one came",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_written_in_the_order_of_the_table() {
        let text = || Some("x".to_owned());
        let record = Record {
            timestamp: Timestamp::UNIX_EPOCH,
            level: Level::Info,
            message: "x".to_owned(),
            request_id: text(),
            user_id: text(),
            endpoint: text(),
            duration: Some(1.0),
            method: text(),
            status: Some(200),
            error_code: Some("x"),
            error_field: text(),
            transaction_id: text(),
            amount: Some(1.0),
            risk_score: Some(1),
            is_fraud: Some(true),
            recommendation: Some(Recommendation::Approve),
            risk_factors: Some(vec![]),
            breaker_state: Some(BreakerState::HalfOpen),
            address: text(),
            trace_id: text(),
        };
        let value = serde_json::to_value(record).unwrap();
        let written: Vec<_> = value.as_object().unwrap().keys().cloned().collect();
        assert_eq!(written, FIELDS.map(|field| field.name));
    }

    #[test]
    fn an_event_without_values_says_only_when_how_bad_and_what() {
        let record = Record::new(Timestamp::UNIX_EPOCH, Level::Error, "gone");
        assert_eq!(
            serde_json::to_string(&record).unwrap(),
            r#"{"timestamp":"1970-01-01T00:00:00.000Z","level":"ERROR","message":"gone"}"#
        );
    }

    #[test]
    fn durations_are_milliseconds_to_the_microsecond() {
        assert!((milliseconds(Duration::from_nanos(1_234_567)) - 1.234).abs() < f64::EPSILON);
    }
}
