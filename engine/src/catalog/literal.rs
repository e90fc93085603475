/// What a quoted text of a statement stands for, as Hive reads it (`BaseSemanticAnalyzer.unescapeSQLString`): a
/// backslash before a letter without a meaning is dropped, so `\s` is `s` and a regular expression's `\s` is written
/// `\\s`.
pub(super) fn unescaped(body: &str) -> String {
    let mut read = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(start) = rest.find('\\') {
        let (before, from) = rest.split_at(start);
        read.push_str(before);
        let used = escape(from, &mut read);
        rest = from.get(used..).unwrap_or_default();
    }
    read.push_str(rest);
    read
}

/// Reads one escape at the head of `from`; how many bytes it took.
fn escape(from: &str, read: &mut String) -> usize {
    if let Some((letter, length)) = coded(from) {
        read.push(letter);
        return length;
    }
    let Some(letter) = from.chars().nth(1) else {
        read.push('\\');
        return 1;
    };
    match letter {
        '0' => read.push('\0'),
        'b' => read.push('\u{8}'),
        'n' => read.push('\n'),
        'r' => read.push('\r'),
        't' => read.push('\t'),
        'Z' => read.push('\u{1a}'),
        '%' => read.push_str("\\%"),
        '_' => read.push_str("\\_"),
        other => read.push(other),
    }
    1 + letter.len_utf8()
}

/// `\uXXXX`, or three octal digits up to `\177`.
fn coded(from: &str) -> Option<(char, usize)> {
    if let Some(digits) = from.strip_prefix("\\u").and_then(|rest| rest.get(..4)) {
        let code = u32::from_str_radix(digits, 16).ok()?;
        return char::from_u32(code).map(|letter| (letter, 6));
    }
    let digits = from.get(1..4)?;
    let is_octal = digits.bytes().all(|b| (b'0'..=b'7').contains(&b));
    let code = u32::from_str_radix(digits, 8).ok().filter(|_| is_octal)?;
    (code < 128).then(|| char::from_u32(code).map(|letter| (letter, 4)))?
}

/// A text in single quotes that reads back as itself.
pub fn quoted(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 2);
    written.push('\'');
    for letter in text.chars() {
        match letter {
            '\\' | '\'' => {
                written.push('\\');
                written.push(letter);
            }
            '\n' => written.push_str("\\n"),
            '\r' => written.push_str("\\r"),
            '\t' => written.push_str("\\t"),
            _ => written.push(letter),
        }
    }
    written.push('\'');
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backslash_before_a_letter_without_meaning_is_dropped() {
        assert_eq!(unescaped(r#"[^\s]+ \"x\" [^\\s]"#), r#"[^s]+ "x" [^\s]"#);
    }

    #[test]
    fn codes_stand_for_their_letters() {
        assert_eq!(unescaped(r"\u007B \001 \\u007B \t"), "{ \u{1} \\u007B \t");
    }

    #[test]
    fn what_is_quoted_reads_back() {
        for text in [
            "",
            "a'b",
            r#"\"([^\s]+?)\""#,
            "line\nbreak\ttab",
            r"\\",
            "ü",
        ] {
            let written = quoted(text);
            assert_eq!(unescaped(&written[1..written.len() - 1]), text);
        }
    }
}
