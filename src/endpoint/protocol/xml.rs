use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use quick_xml::escape::escape;

use crate::endpoint::{Document, Members};

/// Appends `<name>…</name>`.
pub(super) fn element(out: &mut String, name: &str, value: &Document) {
    out.push('<');
    out.push_str(name);
    out.push('>');
    content(out, value);
    close(out, name);
}

/// Appends each member as an element.
pub(super) fn members(out: &mut String, members: &Members) {
    for (name, value) in members {
        if !value.is_null() {
            element(out, name, value);
        }
    }
}

/// Appends `</name>`.
pub(super) fn close(out: &mut String, name: &str) {
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

fn content(out: &mut String, value: &Document) {
    match value {
        Document::Null => {}
        Document::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Document::Integer(value) => out.push_str(&value.to_string()),
        Document::Double(value) => out.push_str(&double(*value)),
        Document::String(text) => out.push_str(&escape(text.as_str())),
        Document::Blob(bytes) => out.push_str(&STANDARD.encode(bytes)),
        Document::Timestamp(at) => out.push_str(&at.to_rfc3339()),
        Document::List(items) => items.iter().for_each(|item| element(out, "member", item)),
        Document::Structure(inner) => members(out, inner),
        Document::Map(entries) => entries.iter().for_each(|(key, value)| {
            out.push_str("<entry>");
            element(out, "key", &Document::String(key.clone()));
            element(out, "value", value);
            close(out, "entry");
        }),
    }
}

/// `1.0`, `1e21`; Smithy's words for what is no number.
fn double(value: f64) -> String {
    if value.is_infinite() {
        let sign = if value < 0.0 { "-" } else { "" };
        return format!("{sign}Infinity");
    }
    format!("{value:?}")
}
