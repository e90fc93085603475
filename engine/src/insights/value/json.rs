use indexmap::IndexMap;
use serde_json::value::RawValue;

use super::{Part, Structure};

/// How deep JSON nests before it is no structured value any more.
const DEEPEST: usize = 128;

/// The map or list that `text` spells; `None` for a scalar or for text that is no JSON.
pub(in crate::insights) fn parse_structure(text: &str) -> Option<Structure> {
    structure(text.trim_ascii(), DEEPEST)
}

fn structure(text: &str, depth: usize) -> Option<Structure> {
    let depth = depth.checked_sub(1)?;
    if text.starts_with('{') {
        let members: IndexMap<String, &RawValue> = serde_json::from_str(text).ok()?;
        let parts = members
            .into_iter()
            .map(|(key, raw)| Some((key, part(raw.get(), depth)?)));
        return Some(Structure::map(parts.collect::<Option<Vec<_>>>()?));
    }
    if !text.starts_with('[') {
        return None;
    }
    let elements: Vec<&RawValue> = serde_json::from_str(text).ok()?;
    let parts = elements.into_iter().map(|raw| part(raw.get(), depth));
    Some(Structure::list(parts.collect::<Option<Vec<_>>>()?))
}

fn part(text: &str, depth: usize) -> Option<Part> {
    Some(match text.as_bytes().first()? {
        b'{' | b'[' => Part::Structure(structure(text, depth)?),
        b'"' => Part::Text(serde_json::from_str::<String>(text).ok()?.into()),
        b't' => Part::Boolean(true),
        b'f' => Part::Boolean(false),
        b'n' => Part::Null,
        _ => Part::Number(text.into()),
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Step, Value};
    use super::*;
    use proptest::prelude::*;

    fn get(text: &str, path: &[Step]) -> Value<'static> {
        parse_structure(text).unwrap().get(path)
    }

    #[test]
    fn numbers_keep_their_text_and_the_last_of_a_repeated_key_counts() {
        let structure = parse_structure(r#" {"a": 1.0, "b": [true, null], "a": 1e3} "#).unwrap();
        assert_eq!(structure.to_string(), r#"{"a":1e3,"b":[true,null]}"#);
    }

    #[test]
    fn leaves_read_as_those_of_events() {
        let text = r#"{"k":[{"x.y":true,"n":null,"t":"é"}]}"#;
        let path = |key: &str| {
            let keys = [Step::Key("k".into()), Step::Index(0), Step::Key(key.into())];
            get(text, &keys)
        };
        assert_eq!(path("x.y"), Value::Integer(1));
        assert_eq!(path("n"), Value::Null);
        assert_eq!(path("t"), Value::text("é"));
        assert_eq!(get(text, &[Step::Index(0)]), Value::Null);
    }

    #[test]
    fn only_a_whole_object_or_array_is_a_structure() {
        for text in ["", "1", "\"a\"", "null", "{", "{} x", "[1,]", "{a:1}"] {
            assert_eq!(parse_structure(text), None, "{text}");
        }
        assert_eq!(parse_structure(&"[".repeat(100_000)), None);
        let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
        assert_eq!(parse_structure(&deep), None);
    }

    proptest! {
        #[test]
        fn printing_and_reading_again_changes_nothing(text in r#"[\[{][\[\]{}",:a1e. nulltrue\\-]{0,20}[\]}]"#) {
            if let Some(structure) = parse_structure(&text) {
                let printed = structure.to_string();
                prop_assert_eq!(parse_structure(&printed), Some(structure));
                prop_assert!(serde_json::from_str::<serde::de::IgnoredAny>(&printed).is_ok());
            }
        }
    }
}
