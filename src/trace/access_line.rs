use belfry_engine::alb::{ACCESS_COLUMNS, AccessLogEntry, LineError};
use belfry_engine::base::Millis;
use serde_json::{Map, Value};

use super::id::Id;

/// A line of an access log and the file that it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessLine {
    text: String,
    /// The file or object.
    pub from: String,
}

impl AccessLine {
    /// Reads a line; the error says which byte is wrong.
    pub fn parse(text: &str, from: &str) -> Result<Self, LineError> {
        AccessLogEntry::parse(text)?;
        Ok(Self {
            text: text.trim().to_owned(),
            from: from.to_owned(),
        })
    }

    /// A field by AWS's name; none where it is `-` or not in the line.
    pub fn value(&self, name: &str) -> Option<String> {
        let entry = AccessLogEntry::parse(&self.text).ok()?;
        let field = entry.entry().get(name)?;
        field.value()?;
        Some(field.unescaped().into_owned())
    }

    /// Whether the id is in its `trace_id`.
    pub fn has(&self, id: &Id) -> bool {
        let trace = self.value("trace_id");
        trace.is_some_and(|trace| id.is_in_trace(&trace))
    }

    /// When the request came; of old layouts, when it was answered.
    pub fn created(&self) -> Option<Millis> {
        let time = self
            .value("request_creation_time")
            .or_else(|| self.value("time"));
        Millis::parse_rfc3339(&time?)
    }

    /// When it was answered.
    pub fn answered(&self) -> Option<Millis> {
        Millis::parse_rfc3339(&self.value("time")?)
    }

    /// A processing time in milliseconds; none where it is -1.
    pub fn millis(&self, field: &str) -> Option<f64> {
        let seconds: f64 = self.value(field)?.parse().ok()?;
        (seconds >= 0.0).then_some(seconds * 1000.0)
    }

    /// Its fields by the columns of Athena's table, those without a value left out.
    pub fn columns(&self) -> Map<String, Value> {
        let Ok(entry) = AccessLogEntry::parse(&self.text) else {
            return Map::new();
        };
        let names = ACCESS_COLUMNS.names.iter();
        let columns = names.filter_map(|name| {
            let value = ACCESS_COLUMNS.value(entry.entry(), name)?;
            Some(((*name).to_owned(), Value::from(value)))
        });
        columns.collect()
    }
}
