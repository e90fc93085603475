//! The field scanner takes for an object what serde_json takes for one, finds the same leaf, and the reader that
//! learns shapes sees line by line what the scanner sees.
#![no_main]

use belfry_engine::events::{FieldReader, FieldScanner, FieldValue};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|text: &str| {
    let scanner = FieldScanner::new(["a", "b", "a.b", "0"], 200);
    let mut reader = FieldReader::new(vec![&scanner]);
    for line in text.split('\u{1}') {
        let (mut expected, mut found) = (Vec::new(), Vec::new());
        let is_object = scanner.scan(line, &mut |name, value| expected.push((name, value)));
        reader.start();
        let is_read = reader.fields(0, line, &mut |name, value| found.push((name, value)));
        assert_eq!((is_read, &found), (is_object, &expected));
        compare(line, is_object, &expected);
    }
});

fn compare(line: &str, is_object: bool, found: &[(usize, FieldValue<'_>)]) {
    let Ok(json) = serde_json::from_str::<Value>(line) else {
        // serde_json also refuses what nests deeper than 128 levels and numbers beyond a double.
        return;
    };
    assert_eq!(is_object, json.is_object());
    let (Some(Value::String(text)), false) = (json.get("a"), line.contains("\"a.")) else {
        return;
    };
    let value = found
        .iter()
        .find(|(name, _)| *name == 0)
        .map(|(_, value)| value);
    assert_eq!(value, Some(&FieldValue::Text(text.as_str().into())));
}
