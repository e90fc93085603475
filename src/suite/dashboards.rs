use std::collections::BTreeMap;

use belfry_engine::dashboard::{self, ValidationMessage};
use belfry_engine::diag::{Diagnostic, Span, suite as codes};
use serde_json::Value;

use super::json_place::place_of;
use super::variables::{Places, substitute_placed};

/// A dashboard, ready for PutDashboard.
#[derive(Clone, Debug, PartialEq)]
pub struct Dashboard {
    /// The deployed name: the suite's prefix and the file's stem.
    pub name: String,
    /// The file, relative to the suite's folder.
    pub path: String,
    /// The body with every variable replaced, as it stands in the file.
    pub source: String,
    /// The same, parsed.
    pub body: Value,
    /// The body as it stands in the file.
    pub text: String,
    pub(super) places: Places,
}

impl Dashboard {
    /// What findings call it: `dashboard.` and the file's name without its ending.
    pub fn subject(&self) -> String {
        let file = self.path.rsplit('/').next().unwrap_or_default();
        format!("dashboard.{}", file.trim_end_matches(".json"))
    }

    /// Where in the file a stretch of the body with its variables replaced stands.
    pub fn in_file(&self, span: Span) -> Span {
        self.places.origin(span)
    }

    /// Where in the file the value at `path` (`/widgets/0/properties`) stands.
    pub fn place_of(&self, path: &str) -> Span {
        place_of(&self.text, path)
    }

    pub(super) fn read(
        cx: &mut Vec<Diagnostic>,
        name: String,
        path: &str,
        source: &str,
        variables: &BTreeMap<String, String>,
    ) -> Option<Self> {
        let (replaced, places) = substitute_placed(cx, source, 0, variables, in_json);
        check_name(cx, &name);
        match serde_json::from_str::<Value>(&replaced) {
            Ok(body) if body.is_object() => {
                check_body(cx, source, &replaced);
                Some(Self {
                    name,
                    path: path.to_owned(),
                    source: replaced,
                    body,
                    text: source.to_owned(),
                    places,
                })
            }
            Ok(_) => {
                let message = "a dashboard body is one JSON object";
                cx.push(Diagnostic::error(
                    &codes::NOT_JSON,
                    Span::new(0, 0),
                    message,
                ));
                None
            }
            Err(error) => {
                let at = place(source, error.line(), error.column());
                let message = error.to_string();
                let reason = message.split(" at line ").next().unwrap_or_default();
                cx.push(Diagnostic::error(
                    &codes::NOT_JSON,
                    at,
                    format!("not JSON: {reason}"),
                ));
                None
            }
        }
    }
}

/// Holds the body against the rules of PutDashboard. Places are those of the file: variables have no influence on
/// its shape.
fn check_body(cx: &mut Vec<Diagnostic>, source: &str, replaced: &str) {
    let (errors, warnings) = match dashboard::load(replaced) {
        Ok(loaded) => (Vec::new(), loaded.warnings),
        Err(errors) => (errors, Vec::new()),
    };
    let at = |message: &ValidationMessage| place_of(source, &message.data_path);
    let text =
        |message: &ValidationMessage| format!("`{}`: {}", message.data_path, message.message);
    for error in &errors {
        cx.push(Diagnostic::error(
            &codes::DASHBOARD_BODY,
            at(error),
            text(error),
        ));
    }
    for warning in &warnings {
        cx.push(Diagnostic::warning(
            &codes::DASHBOARD_BODY,
            at(warning),
            text(warning),
        ));
    }
}

/// The letters PutDashboard takes.
fn check_name(cx: &mut Vec<Diagnostic>, name: &str) {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !name.chars().all(is_allowed) || name.len() > 255 {
        let message = format!("no dashboard can be called `{name}`");
        cx.push(
            Diagnostic::error(&codes::NAME, Span::new(0, 0), message)
                .help("rename the file: letters, digits, `-` and `_` are allowed"),
        );
    }
}

/// A body as it is deployed: with its variables replaced.
pub fn substituted(text: &str, variables: &BTreeMap<String, String>) -> Result<String, String> {
    let mut cx = Vec::new();
    let (text, _) = substitute_placed(&mut cx, text, 0, variables, in_json);
    match cx.first() {
        Some(mistake) => Err(mistake.message.clone()),
        None => Ok(text),
    }
}

/// A value as it stands inside the quotes of a JSON text.
fn in_json(value: &str) -> String {
    let quoted = Value::from(value).to_string();
    quoted
        .get(1..quoted.len().saturating_sub(1))
        .unwrap_or_default()
        .to_owned()
}

/// The place of a line and a column as serde_json counts them (from 1, in bytes).
fn place(source: &str, line: usize, column: usize) -> Span {
    let start: usize = source
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let at = (start + column.saturating_sub(1)).min(source.len());
    let at = (0..=at)
        .rev()
        .find(|at| source.is_char_boundary(*at))
        .unwrap_or(0);
    Span::new(at, at)
}
