use serde_json::Value as Json;

use super::choices;
use super::lambda;
use super::value::Value;
use crate::events::{EventRef, FieldScanner, FieldValue, LogType};

/// A field of an event and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiscoveredField {
    /// As queries write it.
    pub name: String,
    /// As GetLogRecord shows it: times are milliseconds.
    pub value: String,
}

/// Names looked for in one event; no more than [`choices::FIELDS_PER_EVENT`] of them can be found.
const MOST_NAMES: usize = 1000;

/// Every field that Logs Insights knows of an event: the system fields of its record, those of its log type,
/// and the leaves of its JSON.
pub fn discovered_fields(event: EventRef<'_>) -> Vec<DiscoveredField> {
    let mut fields = system(event);
    let mut add = |name: &str, value: &str| {
        fields.push(DiscoveredField {
            name: name.to_owned(),
            value: value.to_owned(),
        });
    };
    if event
        .log_type()
        .is_none_or(|log_type| log_type == LogType::Lambda)
    {
        for (name, value) in lambda::values(event) {
            if let Some(text) = value.display() {
                add(name, &text);
            }
        }
    }
    if let Some(log_type) = event.log_type()
        && let Some(record) = log_type.record(event.message)
    {
        for (column, name) in log_type.columns().iter().enumerate() {
            if let Some(value) = record.value(column) {
                add(name, value);
            }
        }
    }
    leaves(event, &mut add);
    fields
}

/// Those that GetLogRecord is documented to show of a text (CLI reference, `get-log-record`).
fn system(event: EventRef<'_>) -> Vec<DiscoveredField> {
    let ingestion = event.ingestion_time.map(|at| at.0.to_string());
    let fields = [
        ("@timestamp", Some(event.timestamp.0.to_string())),
        ("@message", Some(event.message.to_owned())),
        ("@ingestionTime", ingestion),
        ("@logStream", event.log_stream.map(str::to_owned)),
        ("@log", event.log.map(str::to_owned)),
    ];
    let present = fields.into_iter().filter_map(|(name, value)| {
        let name = name.to_owned();
        value.map(|value| DiscoveredField { name, value })
    });
    present.collect()
}

/// The leaves of the message's JSON, by the rules of [`FieldScanner`]. Names of the log that begin with `@` get
/// one more.
fn leaves(event: EventRef<'_>, add: &mut dyn FnMut(&str, &str)) {
    let embedded = event.log_type() == Some(LogType::Lambda);
    let Some(json) = object(event.message, embedded) else {
        return;
    };
    let mut names = Vec::new();
    collect(&json, String::new(), &mut names);
    let scanner = FieldScanner::new(names.iter().map(String::as_str), choices::FIELDS_PER_EVENT);
    let mut found = |index: usize, value: FieldValue<'_>| {
        let name = names.get(index).map_or("", String::as_str);
        let name = match name.starts_with('@') {
            true => format!("@{name}"),
            false => name.to_owned(),
        };
        match value {
            FieldValue::Text(text) => add(&name, &text),
            FieldValue::Number(text) => add(&name, text),
            FieldValue::Boolean(value) => {
                let text = Value::boolean(value)
                    .display()
                    .unwrap_or_default()
                    .into_owned();
                add(&name, &text);
            }
        }
    };
    if !scanner.scan(event.message, &mut found) && embedded {
        scanner.scan_embedded(event.message, &mut found);
    }
}

/// The object that the message is, or, where it may stand behind a prefix, the first in it.
fn object(message: &str, embedded: bool) -> Option<Json> {
    let whole = serde_json::from_str(message).ok();
    let first = || {
        memchr::memchr_iter(b'{', message.as_bytes()).find_map(|at| {
            let rest = message.get(at..)?;
            let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Json>();
            values.next()?.ok()
        })
    };
    let found: Option<Json> = if embedded {
        whole.or_else(first)
    } else {
        whole
    };
    found.filter(Json::is_object)
}

fn collect(json: &Json, path: String, names: &mut Vec<String>) {
    let below = |key: &str| match path.is_empty() {
        true => key.to_owned(),
        false => format!("{path}.{key}"),
    };
    match json {
        Json::Object(members) => {
            for (key, value) in members {
                collect(value, below(key), names);
            }
        }
        Json::Array(elements) => {
            for (index, value) in elements.iter().enumerate() {
                collect(value, below(&index.to_string()), names);
            }
        }
        Json::Null => {}
        _ if names.len() >= MOST_NAMES || names.contains(&path) => {}
        _ => names.push(path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Millis;

    fn fields(message: &str, group: &str) -> Vec<(String, String)> {
        let log = format!("0:{group}");
        let event = EventRef {
            timestamp: Millis(5),
            ingestion_time: Some(Millis(7)),
            message,
            log_stream: Some("s"),
            log: Some(&log),
            origin: None,
            position: 0,
        };
        let found = discovered_fields(event).into_iter().skip(5);
        found.map(|field| (field.name, field.value)).collect()
    }

    fn pair(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    #[test]
    fn leaves_of_json_are_fields_with_their_dotted_names() {
        let mut found = fields(
            r#"{"a":{"b":[1.50,true]},"@c":"x","n":null,"a.b.0":2}"#,
            "/app",
        );
        found.sort();
        assert_eq!(
            found,
            [pair("@@c", "x"), pair("a.b.0", "1.50"), pair("a.b.1", "1")]
        );
        assert_eq!(fields("text {\"a\":1}", "/app"), []);
    }

    #[test]
    fn lines_of_lambda_have_its_fields_and_the_first_json_in_them() {
        let id = "76269889-7d50-4d6d-a3f1-9b4f5322f47c";
        let found = fields(
            &format!("START RequestId: {id} {{\"a\":1}}"),
            "/aws/lambda/f",
        );
        assert_eq!(
            found,
            [
                pair("@type", "START"),
                pair("@requestId", id),
                pair("a", "1")
            ]
        );
    }
}
