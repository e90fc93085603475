use std::collections::BTreeMap;

use belfry_engine::diag::{Diagnostic, Span};
use serde_json::{Map, Value};
use toml::de::{DeTable, DeValue};

use super::reader::replaced;
use crate::suite::section::{Text, span};

/// Texts that become numbers: the event's place in its list, and its time in milliseconds.
const NUMBERS: &[(&str, &str)] = &[("${n}", "n"), ("${timestamp}", "timestamp")];

/// A TOML table as a JSON object, with variables replaced in its texts.
pub(super) fn object(
    cx: &mut Vec<Diagnostic>,
    table: &DeTable<'_>,
    variables: &BTreeMap<String, String>,
) -> Map<String, Value> {
    let mut members = Map::new();
    for (name, value) in table {
        let at = span(value.span());
        let value = json(cx, value.get_ref(), at, variables);
        members.insert(name.get_ref().to_string(), value);
    }
    members
}

fn json(
    cx: &mut Vec<Diagnostic>,
    value: &DeValue<'_>,
    at: Span,
    variables: &BTreeMap<String, String>,
) -> Value {
    match value {
        DeValue::String(text) => string(cx, text, at, variables),
        DeValue::Integer(number) => {
            let digits = number.as_str().replace('_', "");
            match i64::from_str_radix(&digits, number.radix()) {
                Ok(number) => number.into(),
                Err(_) => digits.parse::<f64>().map_or(Value::Null, Value::from),
            }
        }
        DeValue::Float(number) => {
            let digits = number.as_str().replace('_', "");
            digits.parse::<f64>().map_or(Value::Null, Value::from)
        }
        DeValue::Boolean(value) => (*value).into(),
        DeValue::Datetime(moment) => moment.to_string().into(),
        DeValue::Array(items) => {
            let items = items.iter();
            let items = items.map(|item| json(cx, item.get_ref(), span(item.span()), variables));
            items.collect()
        }
        DeValue::Table(table) => Value::Object(object(cx, table, variables)),
    }
}

fn string(
    cx: &mut Vec<Diagnostic>,
    text: &str,
    at: Span,
    variables: &BTreeMap<String, String>,
) -> Value {
    let number = NUMBERS.iter().find(|(whole, _)| text == *whole);
    let number = number.and_then(|(_, name)| variables.get(*name)?.parse::<i64>().ok());
    if let Some(number) = number {
        return number.into();
    }
    let text = Text {
        value: text.to_owned(),
        at,
    };
    replaced(cx, &text, variables).into()
}
