use belfry_engine::diag::Span;

/// Where the value at `path` (`/widgets/0/properties/title`) stands in a JSON text. A path that leads nowhere, such as that
/// of a member that is missing, gives the value it comes nearest to.
pub(super) fn place_of(source: &str, path: &str) -> Span {
    let mut at = skip_space(source, 0);
    for step in path.split('/').skip(1) {
        let step = step.replace("~1", "/").replace("~0", "~");
        match child(source, at, &step) {
            Some(inner) => at = inner,
            None => break,
        }
    }
    Span::new(at, first_line_end(source, at))
}

/// The end of a value's first line: a widget is not underlined whole.
fn first_line_end(source: &str, at: usize) -> usize {
    let end = skip_value(source, at);
    let value = source.get(at..end).unwrap_or_default();
    at + value.find('\n').unwrap_or(value.len())
}

fn byte(source: &str, at: usize) -> Option<u8> {
    source.as_bytes().get(at).copied()
}

fn skip_space(source: &str, mut at: usize) -> usize {
    while byte(source, at).is_some_and(|b| b.is_ascii_whitespace()) {
        at += 1;
    }
    at
}

/// The start of the member `step` of the object, or of the item `step` of the array, at `at`.
fn child(source: &str, at: usize, step: &str) -> Option<usize> {
    let is_object = match byte(source, at)? {
        b'{' => true,
        b'[' => false,
        _ => return None,
    };
    let mut at = skip_space(source, at + 1);
    let mut index = 0_usize;
    while !matches!(byte(source, at)?, b'}' | b']') {
        let mut name = index.to_string();
        if is_object {
            let end = skip_value(source, at);
            name = serde_json::from_str(source.get(at..end)?).ok()?;
            at = skip_space(source, skip_space(source, end) + 1);
        }
        if name == step {
            return Some(at);
        }
        at = skip_space(source, skip_value(source, at));
        if byte(source, at)? == b',' {
            at = skip_space(source, at + 1);
        }
        index += 1;
    }
    None
}

/// The end of the value at `at`. The text is JSON, so quotes and brackets pair.
fn skip_value(source: &str, mut at: usize) -> usize {
    let mut depth = 0_usize;
    while let Some(found) = byte(source, at) {
        match found {
            b'"' => at = string_end(source, at),
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth == 0 => return at,
            b'}' | b']' => depth -= 1,
            b',' | b':' if depth == 0 => return at,
            _ => {}
        }
        at += 1;
        if depth == 0 && matches!(found, b'"' | b'}' | b']') {
            return at;
        }
    }
    at
}

/// The closing quote of the text that opens at `at`.
fn string_end(source: &str, mut at: usize) -> usize {
    at += 1;
    while let Some(found) = byte(source, at) {
        match found {
            b'\\' => at += 1,
            b'"' => return at,
            _ => {}
        }
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::place_of;

    const BODY: &str = r#"{
  "start": "-PT3H",
  "widgets": [
    {"type": "text", "properties": {"markdown": "a \" } b"}},
    {"type": "metric", "properties": {"title": "t", "metrics": [["N", "M"], [7]]}}
  ]
}"#;

    #[test]
    fn a_path_leads_to_its_value() {
        let text = |path| place_of(BODY, path).text(BODY);
        assert_eq!(text("/start"), "\"-PT3H\"");
        assert_eq!(text("/widgets/0/properties/markdown"), r#""a \" } b""#);
        assert_eq!(text("/widgets/1/properties/metrics/1"), "[7]");
        assert_eq!(text("/widgets/1/properties/metrics/1/0"), "7");
        assert_eq!(text(""), "{");
    }

    #[test]
    fn a_missing_member_is_shown_at_its_object() {
        let text = place_of(BODY, "/widgets/0/properties/absent").text(BODY);
        assert_eq!(text, r#"{"markdown": "a \" } b"}"#);
    }
}
