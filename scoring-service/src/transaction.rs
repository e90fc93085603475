//! What a prediction request must hold: JSON text in, a checked [`Transaction`] or the first
//! member that is wrong out.

use jiff::Timestamp;
use jiff::civil::Time;
use jiff::fmt::temporal::{Pieces, PiecesOffset};
use serde_json::{Map, Value};
use thiserror::Error;

/// The largest amount that is taken for a transaction, in the currency's main unit.
pub const MAX_AMOUNT: f64 = 1_000_000_000.0;

/// The longest text member, in characters.
pub const MAX_TEXT: usize = 256;

const MEMBERS: [&str; 6] = [
    "transaction_id",
    "amount",
    "merchant_name",
    "location",
    "timestamp",
    "customer_id",
];

/// One transaction to score.
#[derive(Clone, Debug, PartialEq)]
pub struct Transaction {
    /// The caller's name for it.
    pub transaction_id: String,
    /// Above zero, in the currency's main unit.
    pub amount: f64,
    /// Who is paid.
    pub merchant_name: String,
    /// Where it happens; compared as text, without regard to case.
    pub location: String,
    /// When it happens.
    pub at: Timestamp,
    /// The time of day where it happens: as written in the request, at the offset written there.
    pub local_time: Time,
    /// Who pays.
    pub customer_id: String,
}

/// Why a request's body is no transaction.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum InvalidTransaction {
    /// The body is not one JSON object.
    #[error("the body is not a JSON object: {reason}")]
    Malformed {
        /// What the JSON reader said.
        reason: String,
    },
    /// One member is missing, unknown or out of range.
    #[error("{message}")]
    Field {
        /// The member.
        field: String,
        /// What was found and what was expected.
        message: String,
    },
}

impl Transaction {
    /// Reads a request's body. Members that are not known are refused: a caller who sends one
    /// expects it to count.
    pub fn parse(body: &[u8]) -> Result<Self, InvalidTransaction> {
        let object: Map<String, Value> =
            serde_json::from_slice(body).map_err(|error| InvalidTransaction::Malformed {
                reason: error.to_string(),
            })?;
        if let Some(unknown) = object.keys().find(|k| !MEMBERS.contains(&k.as_str())) {
            let known = MEMBERS.join("`, `");
            return Err(invalid(
                unknown,
                format!("unknown member `{unknown}`, expected `{known}`"),
            ));
        }
        let (at, local_time) = timestamp(&object)?;
        Ok(Self {
            transaction_id: text(&object, "transaction_id")?,
            amount: amount(&object)?,
            merchant_name: text(&object, "merchant_name")?,
            location: text(&object, "location")?,
            at,
            local_time,
            customer_id: text(&object, "customer_id")?,
        })
    }
}

fn amount(object: &Map<String, Value>) -> Result<f64, InvalidTransaction> {
    let value = member(object, "amount")?;
    match value.as_f64() {
        Some(amount) if amount > 0.0 && amount <= MAX_AMOUNT => Ok(amount),
        Some(amount) => Err(invalid(
            "amount",
            format!("`amount` is {amount}, expected a number above 0 and at most {MAX_AMOUNT}"),
        )),
        None => Err(wrong_type("amount", value, "a number")),
    }
}

fn text(object: &Map<String, Value>, name: &str) -> Result<String, InvalidTransaction> {
    let value = member(object, name)?;
    let Some(text) = value.as_str() else {
        return Err(wrong_type(name, value, "a string"));
    };
    match text.chars().count() {
        _ if text.trim().is_empty() => Err(invalid(name, format!("`{name}` is empty"))),
        n if n > MAX_TEXT => Err(invalid(
            name,
            format!("`{name}` has {n} characters, expected at most {MAX_TEXT}"),
        )),
        _ => Ok(text.to_owned()),
    }
}

/// An instant and the wall time at the offset it is written with (RFC 3339).
fn timestamp(object: &Map<String, Value>) -> Result<(Timestamp, Time), InvalidTransaction> {
    let value = member(object, "timestamp")?;
    let Some(text) = value.as_str() else {
        return Err(wrong_type("timestamp", value, "a string"));
    };
    read_rfc3339(text).ok_or_else(|| {
        let found = text.chars().take(64).collect::<String>();
        invalid(
            "timestamp",
            format!("`timestamp` is `{found}`, expected RFC 3339 such as `2026-04-20T10:00:00Z`"),
        )
    })
}

fn read_rfc3339(text: &str) -> Option<(Timestamp, Time)> {
    let pieces = Pieces::parse(text).ok()?;
    let time = pieces.time()?;
    let offset = match pieces.offset()? {
        PiecesOffset::Numeric(offset) => offset.offset(),
        _ => jiff::tz::Offset::UTC,
    };
    let at = offset.to_timestamp(pieces.date().to_datetime(time)).ok()?;
    Some((at, time))
}

fn member<'a>(object: &'a Map<String, Value>, name: &str) -> Result<&'a Value, InvalidTransaction> {
    object
        .get(name)
        .ok_or_else(|| invalid(name, format!("`{name}` is missing")))
}

fn wrong_type(name: &str, value: &Value, expected: &str) -> InvalidTransaction {
    let found = match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    };
    invalid(name, format!("`{name}` is {found}, expected {expected}"))
}

fn invalid(field: &str, message: String) -> InvalidTransaction {
    InvalidTransaction::Field {
        field: field.to_owned(),
        message,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn body(change: impl FnOnce(&mut Map<String, Value>)) -> Vec<u8> {
        let mut value = json!({
            "transaction_id": "t-1", "amount": 12.5, "merchant_name": "Kuhn LLC",
            "location": "Pine City, MN", "timestamp": "2026-04-20T03:00:00-05:00", "customer_id": "c-1"
        });
        change(value.as_object_mut().unwrap());
        serde_json::to_vec(&value).unwrap()
    }

    fn field_of(body: &[u8]) -> (String, String) {
        match Transaction::parse(body).unwrap_err() {
            InvalidTransaction::Field { field, message } => (field, message),
            InvalidTransaction::Malformed { reason } => panic!("{reason}"),
        }
    }

    #[test]
    fn the_time_of_day_is_the_one_written_and_the_instant_respects_the_offset() {
        let transaction = Transaction::parse(&body(|_| ())).unwrap();
        assert_eq!(transaction.local_time.hour(), 3);
        assert_eq!(transaction.at.to_string(), "2026-04-20T08:00:00Z");
    }

    #[test]
    fn every_member_is_needed() {
        for name in MEMBERS {
            let (field, message) = field_of(&body(|o| drop(o.remove(name))));
            assert_eq!(
                (field.as_str(), message),
                (name, format!("`{name}` is missing"))
            );
        }
    }

    #[test]
    fn wrong_members_are_named_with_what_was_expected() {
        let cases = [
            (
                "amount",
                json!(-1),
                "`amount` is -1, expected a number above 0 and at most 1000000000",
            ),
            (
                "amount",
                json!("12"),
                "`amount` is a string, expected a number",
            ),
            ("customer_id", json!(" "), "`customer_id` is empty"),
            (
                "merchant_name",
                json!(null),
                "`merchant_name` is null, expected a string",
            ),
            (
                "location",
                json!("x".repeat(257)),
                "`location` has 257 characters, expected at most 256",
            ),
            (
                "timestamp",
                json!("yesterday"),
                "`timestamp` is `yesterday`, expected RFC 3339 such as `2026-04-20T10:00:00Z`",
            ),
            (
                "timestamp",
                json!("2026-04-20T10:00:00"),
                "`timestamp` is `2026-04-20T10:00:00`, expected RFC 3339 such as `2026-04-20T10:00:00Z`",
            ),
        ];
        for (name, value, expected) in cases {
            let (field, message) = field_of(&body(|o| drop(o.insert(name.to_owned(), value))));
            assert_eq!((field.as_str(), message.as_str()), (name, expected));
        }
    }

    #[test]
    fn an_unknown_member_is_refused_by_name() {
        let (field, message) = field_of(&body(|o| drop(o.insert("ammount".to_owned(), json!(1)))));
        assert_eq!(field, "ammount");
        assert!(message.starts_with("unknown member `ammount`, expected `transaction_id`"));
    }

    #[test]
    fn a_body_that_is_no_object_is_malformed() {
        for body in [&b"[1]"[..], b"{", b"", b"\xff"] {
            let error = Transaction::parse(body).unwrap_err();
            assert!(
                matches!(error, InvalidTransaction::Malformed { .. }),
                "{error}"
            );
        }
    }
}
