use belfry_engine::base::Millis;
use serde_json::{Map, Value};

use super::id::Id;

/// A line of the service's log.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceLine {
    /// When it was written, or when the event happened.
    pub at: Millis,
    /// The file or log group.
    pub from: String,
    /// The line.
    pub record: Map<String, Value>,
}

impl ServiceLine {
    /// Reads a JSON object; `at` is its time where it holds none. An exported event (`{"timestamp":…,"message":"{…}"}`)
    /// is the line inside it. None for other lines.
    pub fn parse(text: &str, at: Option<Millis>, from: &str) -> Option<Self> {
        let record: Map<String, Value> = serde_json::from_str(text).ok()?;
        let own = time(&record).or(at);
        if let Some(inner) = record.get("message").and_then(Value::as_str)
            && inner.starts_with('{')
            && let Some(line) = Self::parse(inner, own, from)
        {
            return Some(line);
        }
        Some(Self {
            at: own?,
            from: from.to_owned(),
            record,
        })
    }

    /// A member's text.
    pub fn text(&self, member: &str) -> Option<&str> {
        self.record.get(member)?.as_str()
    }

    /// A member's number.
    pub fn number(&self, member: &str) -> Option<f64> {
        self.record.get(member)?.as_f64()
    }

    /// Whether it is of the request or the trace.
    pub fn has(&self, id: &Id) -> bool {
        let trace = self.text("trace_id");
        match id {
            Id::Request(request) => self.text("request_id") == Some(request),
            Id::Trace(_) => trace.is_some_and(|trace| id.is_in_trace(trace)),
        }
    }

    /// What it says: level, message, status.
    pub fn says(&self) -> String {
        let words = [self.text("level"), self.text("message")];
        let words: Vec<&str> = words.into_iter().flatten().collect();
        let status = self.number("status");
        match status {
            Some(status) => format!("{} ({status})", words.join(" ")),
            None => words.join(" "),
        }
    }
}

fn time(record: &Map<String, Value>) -> Option<Millis> {
    match record.get("timestamp")? {
        Value::String(text) => Millis::parse_rfc3339(text),
        Value::Number(number) => number.as_i64().map(Millis),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_and_the_event_that_carries_it_are_the_same() {
        let line = r#"{"timestamp":"2026-04-20T10:00:00.007Z","level":"INFO","message":"scored","status":200,"request_id":"r"}"#;
        let event = serde_json::json!({"timestamp": 5, "message": line}).to_string();
        let read = ServiceLine::parse(line, None, "a").unwrap();
        assert_eq!(ServiceLine::parse(&event, None, "a"), Some(read.clone()));
        assert_eq!(
            (read.at, read.says().as_str()),
            (Millis(1_776_679_200_007), "INFO scored (200)")
        );
        assert!(read.has(&Id::Request("r".into())) && !read.has(&Id::Request("x".into())));
    }

    #[test]
    fn a_line_without_a_time_has_that_of_its_event() {
        let read = ServiceLine::parse(r#"{"message":"x"}"#, Some(Millis(7)), "a").unwrap();
        assert_eq!(read.at, Millis(7));
        assert_eq!(ServiceLine::parse(r#"{"message":"x"}"#, None, "a"), None);
        assert_eq!(ServiceLine::parse("no json", Some(Millis(7)), "a"), None);
    }
}
