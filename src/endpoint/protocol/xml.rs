use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use belfry_engine::base::Millis;
use quick_xml::escape::escape;

use crate::endpoint::{Document, Members};

/// Appends `<name>…</name>`.
pub(super) fn element(out: &mut String, name: &str, value: &Document) {
    open(out, name);
    content(out, value);
    close(out, name);
}

/// Appends `<name>`.
pub(super) fn open(out: &mut String, name: &str) {
    out.push('<');
    out.push_str(name);
    out.push('>');
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

/// Appends what stands between the tags of a value's element.
pub(super) fn content(out: &mut String, value: &Document) {
    match value {
        Document::Null => {}
        Document::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Document::Integer(value) => out.push_str(&value.to_string()),
        Document::Double(value) => out.push_str(&double(*value)),
        Document::String(text) => out.push_str(&escaped(text)),
        Document::Blob(bytes) => out.push_str(&STANDARD.encode(bytes)),
        Document::Timestamp(at) => out.push_str(&timestamp(*at)),
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

/// A carriage return is written as a reference, or readers would take it for a line feed.
fn escaped(text: &str) -> String {
    escape(text).replace('\r', "&#xD;")
}

/// ISO 8601 in UTC, with milliseconds only where there are some.
fn timestamp(at: Millis) -> String {
    if at.0 % 1000 == 0 {
        at.strftime("%Y-%m-%dT%H:%M:%SZ")
    } else {
        at.to_rfc3339()
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use quick_xml::events::Event;

    use super::*;

    fn read_back(xml: &str) -> String {
        let mut reader = quick_xml::Reader::from_str(xml);
        let mut text = String::new();
        loop {
            match reader.read_event().unwrap() {
                Event::Text(part) => text.push_str(&part.xml10_content()),
                Event::GeneralRef(reference) => match reference.resolve_char_ref().unwrap() {
                    Some(letter) => text.push(letter),
                    None => {
                        let name: &str = &reference;
                        text.push_str(quick_xml::escape::resolve_xml_entity(name).unwrap());
                    }
                },
                Event::Eof => return text,
                _ => {}
            }
        }
    }

    proptest! {
        #[test]
        fn text_reads_back_from_xml(text in "[ -~\\r\\n\\téあ]{0,40}") {
            let mut xml = String::new();
            element(&mut xml, "A", &Document::from(text.as_str()));
            prop_assert_eq!(read_back(&xml), text);
        }
    }

    #[test]
    fn lists_maps_and_structures_have_their_elements() {
        let value = Document::structure([
            ("List", Document::list(["a", "b"])),
            ("Map", Document::map([("k", Document::from(1.0))])),
            ("At", Millis(1_776_679_200_250).into()),
        ]);
        let mut xml = String::new();
        element(&mut xml, "X", &value);
        assert_eq!(
            xml,
            "<X><List><member>a</member><member>b</member></List>\
             <Map><entry><key>k</key><value>1.0</value></entry></Map>\
             <At>2026-04-20T10:00:00.250Z</At></X>"
        );
    }
}
