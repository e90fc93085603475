use std::borrow::Cow;

use super::walk::Walk;

/// Finds chosen fields in JSON messages. Names are dotted paths; elements of arrays have their index:
/// `items.0.id`.
#[derive(Clone, Debug)]
pub struct FieldScanner {
    names: Vec<String>,
    most: usize,
    /// Whether names are paths of keys, not all that a dotted name may mean.
    exact: bool,
}

/// A leaf of a JSON object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldValue<'m> {
    /// A string, unescaped.
    Text(Cow<'m, str>),
    /// A number as written.
    Number(&'m str),
    /// `true` or `false`.
    Boolean(bool),
}

impl FieldScanner {
    /// A scanner for `names`. Only the first `most` leaves of an event count as fields, in the order of
    /// the text; CloudWatch discovers 200.
    pub fn new<'n>(names: impl IntoIterator<Item = &'n str>, most: usize) -> Self {
        Self {
            names: names.into_iter().map(str::to_owned).collect(),
            most,
            exact: false,
        }
    }

    /// A scanner for members by the keys that lead to them, joined by dots, as filter patterns name them: `a.b` is the
    /// member `b` of the object `a`, and neither a key that has a dot nor an element of an array.
    pub fn of_members<'n>(paths: impl IntoIterator<Item = &'n str>) -> Self {
        Self {
            exact: true,
            ..Self::new(paths, usize::MAX)
        }
    }

    fn walk<'m>(&self, text: &'m str) -> Walk<'m, '_> {
        let walk = Walk::new(text, &self.names, self.most);
        if self.exact { walk.of_members() } else { walk }
    }

    /// Shows every wanted field of `message` to `found`, with the index of its name. A message that is
    /// not one JSON object has no fields. `null`, objects and arrays are no values; of a repeated key the
    /// last one counts, and of different keys that make the same dotted name the first.
    /// Says whether the message is an object.
    pub fn scan<'m>(&self, message: &'m str, found: &mut dyn FnMut(usize, FieldValue<'m>)) -> bool {
        let Some(trimmed) = Self::object_text(message) else {
            return false;
        };
        let mut walk = self.walk(trimmed);
        let is_object = walk.object().is_some() && walk.at_end();
        if is_object {
            walk.into_found()
                .for_each(|(index, value)| found(index, value));
        }
        is_object
    }

    /// The message without the space around it, if it has the brackets of an object.
    pub(super) fn object_text(message: &str) -> Option<&str> {
        let trimmed = message.trim_matches([' ', '\t', '\r', '\n']);
        (trimmed.starts_with('{') && trimmed.ends_with('}')).then_some(trimmed)
    }

    /// Which leaf of `text` each name means, `null`s not counted; `None` where `text` is not one object.
    pub(super) fn places(&self, text: &str) -> Option<Vec<Option<usize>>> {
        let mut walk = self.walk(text);
        walk.object()?;
        walk.at_end().then(|| walk.into_places())
    }

    /// Like [`FieldScanner::scan`], but for a message that holds JSON behind a prefix: the first complete
    /// object in it counts. CloudWatch does this for Lambda's logs.
    pub fn scan_embedded<'m>(
        &self,
        message: &'m str,
        found: &mut dyn FnMut(usize, FieldValue<'m>),
    ) -> bool {
        for at in memchr::memchr_iter(b'{', message.as_bytes()) {
            let rest = message.get(at..).unwrap_or_default();
            let mut walk = self.walk(rest);
            if walk.object().is_some() {
                walk.into_found()
                    .for_each(|(index, value)| found(index, value));
                return true;
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    fn fields<'m>(message: &'m str, name: &str) -> Option<FieldValue<'m>> {
        let mut value = None;
        let scanner = FieldScanner::new([name], 200);
        scanner.scan(message, &mut |_, found| value = Some(found));
        value
    }

    fn text(text: &str) -> Option<FieldValue<'_>> {
        Some(FieldValue::Text(text.into()))
    }

    #[test]
    fn nested_names_and_indexes_find_their_leaves() {
        let message = r#" {"a":{"b":[{"c":"x"},2.50]},"d":true} "#;
        assert_eq!(fields(message, "a.b.0.c"), text("x"));
        assert_eq!(fields(message, "a.b.1"), Some(FieldValue::Number("2.50")));
        assert_eq!(fields(message, "d"), Some(FieldValue::Boolean(true)));
        assert_eq!(fields(message, "a"), None);
        assert_eq!(fields(message, "a.b.2"), None);
    }

    #[test]
    fn a_message_that_is_not_one_object_has_no_fields() {
        for message in [
            r#"{"a":1"#,
            r#"{"a":1} {"a":2}"#,
            r#"[{"a":1}]"#,
            r#"{"a":1,}"#,
            r#"{"a":01}"#,
            "{\"a\":1,\"b\":\"\n\"}",
            r#"x {"a":1}"#,
            r#"{"a":1,"b":nul}"#,
        ] {
            assert_eq!(fields(message, "a"), None, "{message}");
        }
    }

    #[test]
    fn the_first_complete_object_behind_a_prefix_is_found() {
        let scanner = FieldScanner::new(["a"], 200);
        let mut found = None;
        let message = "x {y} {\"b\": {\"a\":1 and {\"a\":2} {\"a\":3}";
        assert!(scanner.scan_embedded(message, &mut |_, value| found = Some(value)));
        assert_eq!(found, Some(FieldValue::Number("2")));
        assert!(!scanner.scan(message, &mut |_, _| {}));
    }

    #[test]
    fn the_last_of_a_repeated_key_counts() {
        assert_eq!(fields(r#"{"a":1,"a":"x"}"#, "a"), text("x"));
        assert_eq!(fields(r#"{"a":1,"a":null}"#, "a"), None);
        assert_eq!(fields(r#"{"a":{"b":1},"a":{"c":2}}"#, "a.b"), None);
    }

    #[test]
    fn of_two_ways_to_one_name_the_first_counts() {
        assert_eq!(fields(r#"{"a.b":"1","a":{"b":"2"}}"#, "a.b"), text("1"));
        assert_eq!(fields(r#"{"a":{"b":"2"},"a.b":"1"}"#, "a.b"), text("2"));
    }

    #[test]
    fn members_are_found_by_their_keys_alone() {
        let scanner = FieldScanner::of_members(["a.b", "c.0", "b"]);
        let found = |message| {
            let mut found = Vec::new();
            assert!(scanner.scan(message, &mut |index, value| found.push((index, value))));
            found
        };
        assert!(found(r#"{"a.b":1,"c":[1],"x":{"b":2}}"#).is_empty());
        let (one, two) = (FieldValue::Number("1"), FieldValue::Number("2"));
        assert_eq!(
            found(r#"{"a.b":2,"a":{"b":1},"c":{"0":2}}"#),
            [(0, one), (1, two)]
        );
        assert!(found(r#"{"a":{"b":1},"a":{"c":2}}"#).is_empty());
    }

    #[test]
    fn leaves_beyond_the_cap_are_no_fields() {
        let scanner = FieldScanner::new(["b", "c"], 2);
        let mut found = Vec::new();
        scanner.scan(r#"{"a":1,"b":2,"c":3}"#, &mut |index, _| found.push(index));
        assert_eq!(found, [0]);
    }

    #[test]
    fn escapes_in_keys_and_values_are_undone() {
        assert_eq!(
            fields(r#"{"\u0061":"\"\n\u00e9\ud83d\ude00"}"#, "a"),
            text("\"\né😀")
        );
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            ".{0,6}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::vec(("[ab\"\\\\é]{1,2}", inner), 0..5)
                    .prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
            ]
        })
    }

    fn leaves(value: &Value, path: &str, out: &mut Vec<(String, Value)>) {
        let below = |key: &str| {
            if path.is_empty() {
                key.to_owned()
            } else {
                format!("{path}.{key}")
            }
        };
        match value {
            Value::Object(map) => map.iter().for_each(|(key, v)| leaves(v, &below(key), out)),
            Value::Array(all) => {
                all.iter()
                    .enumerate()
                    .for_each(|(i, v)| leaves(v, &below(&i.to_string()), out));
            }
            Value::Null => {}
            leaf => out.push((path.to_owned(), leaf.clone())),
        }
    }

    fn as_json(value: FieldValue<'_>) -> Value {
        match value {
            FieldValue::Text(text) => Value::from(text.into_owned()),
            FieldValue::Number(text) => serde_json::from_str(text).unwrap(),
            FieldValue::Boolean(value) => Value::from(value),
        }
    }

    proptest! {
        #[test]
        fn the_scanner_sees_what_serde_json_sees(json in any_json(), pretty in any::<bool>()) {
            let message = if pretty {
                serde_json::to_string_pretty(&json).unwrap()
            } else {
                json.to_string()
            };
            let mut expected = Vec::new();
            if json.is_object() {
                leaves(&json, "", &mut expected);
            }
            expected.retain(|(name, _)| !name.is_empty() && !name.starts_with('.') && !name.contains(".."));
            let names: Vec<&str> = expected.iter().map(|(name, _)| name.as_str()).collect();
            let scanner = FieldScanner::new(names.iter().copied(), usize::MAX);
            let mut found = vec![None; expected.len()];
            scanner.scan(&message, &mut |index, value| found[index] = Some(as_json(value)));
            for ((name, value), found) in expected.iter().zip(found) {
                prop_assert_eq!(Some(value.clone()), found, "{} in {}", name, message);
            }
        }

        #[test]
        fn a_reader_sees_what_the_scanner_sees(
            lines in prop::collection::vec((any_json(), 0..4_usize, any::<bool>()), 1..6),
            damage in prop::option::of((0..60_usize, prop::sample::select(vec![
                "", "\"", "\\", ",", "0", "\\u0041", "\n", "}", "null", "true", "é",
            ]))),
        ) {
            let wide = FieldScanner::new(["a", "b", "a.b", "a.0", "0", "a.a", "b.a"], usize::MAX);
            let narrow = FieldScanner::new(["a", "b.b", "a.0.a"], 2);
            let mut reader = crate::events::FieldReader::new(vec![&wide, &narrow]);
            for (json, repeats, pretty) in &lines {
                let mut message = if *pretty { serde_json::to_string_pretty(json).unwrap() } else { json.to_string() };
                for _ in 0..=*repeats {
                    reader.start();
                    for (index, scanner) in [&wide, &narrow].into_iter().enumerate() {
                        let (mut expected, mut found) = (Vec::new(), Vec::new());
                        let is_object = scanner.scan(&message, &mut |name, value| expected.push((name, value)));
                        let read = reader.fields(index, &message, &mut |name, value| found.push((name, value)));
                        prop_assert_eq!(read, is_object, "{}", &message);
                        prop_assert_eq!(found, expected, "{}", &message);
                    }
                    if let Some((at, text)) = &damage
                        && message.is_char_boundary(*at) && *at + 1 < message.len() && message.is_char_boundary(*at + 1)
                    {
                        message.replace_range(*at..*at + 1, text);
                    }
                }
            }
        }

        #[test]
        fn text_that_serde_json_refuses_has_no_fields(text in r#"\{[\PC"{}:,\[\]0-9\\]{0,12}\}"#) {
            if serde_json::from_str::<Value>(&text).is_err() {
                let scanner = FieldScanner::new(["a", "", "0"], 200);
                let mut any = false;
                scanner.scan(&text, &mut |_, _| any = true);
                prop_assert!(!any, "{}", text);
            }
        }
    }
}
