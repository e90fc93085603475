use super::constraint::Constraint;
use super::table::{Step, limits};
use crate::endpoint::protocol::Call;
use crate::endpoint::{Document, Fault};

/// Refuses a call with members beyond their limits. All of them are named in one fault, as AWS's services do.
pub(in crate::endpoint) fn check(call: &Call) -> Result<(), Fault> {
    let mut broken = Vec::new();
    for limit in limits(call.service.name, call.operation.name) {
        let mut note = |found: &Document, at: &str| {
            if let Some(what) = limit.constraint.broken(found, call.text) {
                let value = shown(found);
                broken.push(format!(
                    "Value '{value}' at '{at}' failed to satisfy constraint: {what}"
                ));
            }
        };
        visit(&call.input, &limit.place, "", &mut note);
    }
    let s = match broken.len() {
        0 => return Ok(()),
        1 => "",
        _ => "s",
    };
    let count = broken.len();
    let all = broken.join("; ");
    Err(Fault::new(
        call.service.words.validation,
        format!("{count} validation error{s} detected: {all}"),
    ))
}

/// Shows every value at `place`, each with its path in AWS's writing.
fn visit(from: &Document, place: &[Step], at: &str, note: &mut dyn FnMut(&Document, &str)) {
    let Some((step, rest)) = place.split_first() else {
        return note(from, at);
    };
    match (step, from) {
        (Step::Member(name), Document::Structure(members) | Document::Map(members)) => {
            if let Some(value) = members.get(*name).filter(|value| !value.is_null()) {
                visit(value, rest, &member(at, name), note);
            }
        }
        (Step::Items, Document::List(items)) => {
            for (index, item) in items.iter().enumerate() {
                visit(item, rest, &format!("{at}.{}.member", index + 1), note);
            }
        }
        (Step::Keys, Document::Structure(entries) | Document::Map(entries)) => {
            for name in entries.keys() {
                note(&Document::from(name.as_str()), at);
            }
        }
        (Step::Values, Document::Structure(entries) | Document::Map(entries)) => {
            for (name, value) in entries {
                visit(value, rest, &format!("{at}.{name}.member"), note);
            }
        }
        _ => {}
    }
}

/// The first letter of a member is small.
fn member(at: &str, name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|first| first.to_ascii_lowercase());
    let name: String = first.into_iter().chain(letters).collect();
    match at {
        "" => name,
        at => format!("{at}.{name}"),
    }
}

impl Constraint {
    /// What `value` does not satisfy; a value of another type is left to the operation.
    fn broken(&self, value: &Document, text: bool) -> Option<String> {
        match self {
            Self::Length(bounds) => {
                let length = bounds.broken(length(value)?)?;
                Some(format!("Member must have length {length}"))
            }
            Self::Range(bounds) => {
                let range = bounds.broken(number(value, text)?)?;
                Some(format!("Member must have value {range}"))
            }
            // Of an empty name AWS's Logs name the length alone.
            Self::Pattern(written, pattern) => match value {
                Document::String(value) if !value.is_empty() && !pattern.is_match(value) => Some(
                    format!("Member must satisfy regular expression pattern: {written}"),
                ),
                _ => None,
            },
        }
    }
}

fn length(value: &Document) -> Option<usize> {
    match value {
        Document::String(text) => Some(text.chars().count()),
        Document::Blob(bytes) => Some(bytes.len()),
        Document::List(items) => Some(items.len()),
        Document::Structure(entries) | Document::Map(entries) => Some(entries.len()),
        _ => None,
    }
}

fn number(value: &Document, text: bool) -> Option<i64> {
    match value {
        Document::Integer(number) => Some(*number),
        Document::String(number) if text => number.parse().ok(),
        _ => None,
    }
}

fn shown(value: &Document) -> String {
    let list = |items: Vec<String>, open, close| format!("{open}{}{close}", items.join(", "));
    match value {
        Document::String(text) => text.clone(),
        Document::Integer(number) => number.to_string(),
        Document::Double(number) => number.to_string(),
        Document::Bool(value) => value.to_string(),
        Document::List(items) => list(items.iter().map(shown).collect(), '[', ']'),
        Document::Structure(members) | Document::Map(members) => {
            let member = |(name, value): (&String, &Document)| format!("{name}={}", shown(value));
            list(members.iter().map(member).collect(), '{', '}')
        }
        Document::Null | Document::Blob(_) | Document::Timestamp(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::endpoint::{Members, cloudwatch, logs};

    fn refused(
        service: &'static crate::endpoint::Service,
        operation: &str,
        input: serde_json::Value,
    ) -> String {
        let call = Call {
            service,
            operation: service.operation(operation).unwrap(),
            input: document(input),
            text: false,
        };
        check(&call).err().map(|f| f.message).unwrap_or_default()
    }

    fn document(value: serde_json::Value) -> Document {
        match value {
            serde_json::Value::Number(number) => Document::Integer(number.as_i64().unwrap()),
            serde_json::Value::String(text) => Document::String(text),
            serde_json::Value::Array(items) => {
                Document::List(items.into_iter().map(document).collect())
            }
            serde_json::Value::Object(members) => {
                let members = members.into_iter().map(|(name, v)| (name, document(v)));
                Document::Structure(members.collect::<Members>())
            }
            _ => Document::Null,
        }
    }

    #[test]
    fn every_member_beyond_its_limits_is_named_at_once() {
        let input = serde_json::json!({"logGroupName": "", "limit": 51});
        assert_eq!(
            refused(&logs::SERVICE, "DescribeLogStreams", input),
            "2 validation errors detected: Value '' at 'logGroupName' failed to satisfy constraint: Member must have \
             length greater than or equal to 1; Value '51' at 'limit' failed to satisfy constraint: Member must have \
             value less than or equal to 50"
        );
    }

    #[test]
    fn members_of_lists_and_maps_are_named_by_their_place() {
        let input = serde_json::json!({"AlarmNames": ["a", ""]});
        assert_eq!(
            refused(&cloudwatch::SERVICE, "DescribeAlarms", input),
            "1 validation error detected: Value '' at 'alarmNames.2.member' failed to satisfy constraint: Member must \
             have length greater than or equal to 1"
        );
        let input = serde_json::json!({"logGroupName": "g", "tags": {"ok": "!", "a!": ""}});
        let found = refused(&logs::SERVICE, "CreateLogGroup", input);
        assert!(found.starts_with("2 validation errors detected: Value 'a!' at 'tags'"));
        assert!(found.contains("Value '!' at 'tags.ok.member'"), "{found}");
    }

    #[test]
    fn what_is_within_its_limits_or_of_another_type_passes() {
        for input in [
            serde_json::json!({"logGroupName": "/a/b", "limit": 50}),
            serde_json::json!({"logGroupName": 5}),
            serde_json::json!({}),
        ] {
            assert_eq!(refused(&logs::SERVICE, "DescribeLogStreams", input), "");
        }
    }
}
