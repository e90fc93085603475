use serde_json::{Map, Value};

use super::ValidationMessage;

/// What is wrong with a body, collected while it is read.
#[derive(Debug, Default)]
pub(super) struct Problems {
    pub(super) errors: Vec<ValidationMessage>,
    pub(super) warnings: Vec<ValidationMessage>,
}

impl Problems {
    pub(super) fn error(&mut self, path: &str, message: impl Into<String>) {
        self.errors.push(ValidationMessage {
            data_path: path.to_owned(),
            message: message.into(),
        });
    }
}

/// The members of one object of a body, read with their types; what is wrong is noted with its path, in
/// the words of the JSON-schema validator that AWS's messages come from.
pub(super) struct Members<'a> {
    map: Option<&'a Map<String, Value>>,
    pub(super) path: String,
}

impl<'a> Members<'a> {
    /// Reads `value` as an object with no other members than `known`; others are warned of, because
    /// CloudWatch stores bodies with members that its documentation does not list.
    pub(super) fn of(value: &'a Value, path: &str, known: &[&str], cx: &mut Problems) -> Self {
        let map = value.as_object();
        if map.is_none() {
            cx.error(path, "Should be object");
        }
        let names = map.into_iter().flat_map(Map::keys);
        for name in names.filter(|name| !known.contains(&name.as_str())) {
            cx.warnings.push(ValidationMessage {
                data_path: format!("{path}/{name}"),
                message: "Should NOT have additional properties".to_owned(),
            });
        }
        Self {
            map,
            path: path.to_owned(),
        }
    }

    pub(super) fn at(&self, name: &str) -> String {
        format!("{}/{name}", self.path)
    }

    pub(super) fn get(&self, name: &str) -> Option<&'a Value> {
        self.map?.get(name)
    }

    pub(super) fn required(&self, name: &str, cx: &mut Problems) -> Option<&'a Value> {
        let value = self.get(name);
        if value.is_none() {
            cx.error(
                &self.path,
                format!("Should have required property '{name}'"),
            );
        }
        value
    }

    fn typed<T>(
        &self,
        name: &str,
        kind: &str,
        read: impl FnOnce(&'a Value) -> Option<T>,
        cx: &mut Problems,
    ) -> Option<T> {
        let value = self.get(name)?;
        let read = read(value);
        if read.is_none() {
            cx.error(&self.at(name), format!("Should be {kind}"));
        }
        read
    }

    pub(super) fn string(&self, name: &str, cx: &mut Problems) -> Option<&'a str> {
        self.typed(name, "string", Value::as_str, cx)
    }

    pub(super) fn text(&self, name: &str, cx: &mut Problems) -> Option<String> {
        self.string(name, cx).map(str::to_owned)
    }

    pub(super) fn boolean(&self, name: &str, default: bool, cx: &mut Problems) -> bool {
        self.typed(name, "boolean", Value::as_bool, cx)
            .unwrap_or(default)
    }

    pub(super) fn number(&self, name: &str, cx: &mut Problems) -> Option<f64> {
        self.typed(name, "number", Value::as_f64, cx)
    }

    pub(super) fn integer(&self, name: &str, cx: &mut Problems) -> Option<i64> {
        self.typed(name, "integer", Value::as_i64, cx)
    }

    pub(super) fn array(&self, name: &str, cx: &mut Problems) -> Option<&'a [Value]> {
        self.typed(name, "array", |v| v.as_array().map(Vec::as_slice), cx)
    }

    /// An integer from `low` to `high`.
    pub(super) fn within(
        &self,
        name: &str,
        (low, high): (i64, i64),
        cx: &mut Problems,
    ) -> Option<i64> {
        let value = self.integer(name, cx)?;
        if value < low {
            cx.error(&self.at(name), format!("Should be >= {low}"));
            return None;
        }
        if value > high {
            cx.error(&self.at(name), format!("Should be <= {high}"));
            return None;
        }
        Some(value)
    }

    /// One of the words of a table.
    pub(super) fn one_of<T: Copy>(
        &self,
        name: &str,
        table: &[(&str, T)],
        cx: &mut Problems,
    ) -> Option<T> {
        let given = self.string(name, cx)?;
        let found = table.iter().find(|(word, _)| *word == given);
        if found.is_none() {
            let words: Vec<_> = table.iter().map(|(word, _)| *word).collect();
            let message = format!(
                "Should be equal to one of the allowed values: {}",
                words.join(", ")
            );
            cx.error(&self.at(name), message);
        }
        found.map(|(_, value)| *value)
    }
}
