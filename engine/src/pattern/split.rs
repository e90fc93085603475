use super::cursor::is_blank;

/// One field of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    /// The field, without its quotes or brackets.
    pub(super) text: &'a str,
    /// The message from where the field begins, delimiters and trailing blanks included.
    pub(super) rest: &'a str,
}

/// Cuts a message at white space; `"…"` and `[…]` are one field each, where they close.
pub(super) fn split(message: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = message.trim_start_matches(is_blank);
    while !rest.is_empty() {
        let (text, after) = first_field(rest);
        pieces.push(Piece { text, rest });
        rest = after.trim_start_matches(is_blank);
    }
    pieces
}

fn first_field(rest: &str) -> (&str, &str) {
    enclosed(rest, '"', '"')
        .or_else(|| enclosed(rest, '[', ']'))
        .unwrap_or_else(|| {
            let end = rest.find(is_blank).unwrap_or(rest.len());
            rest.split_at(end)
        })
}

fn enclosed(rest: &str, open: char, close: char) -> Option<(&str, &str)> {
    rest.strip_prefix(open)?.split_once(close)
}

#[cfg(test)]
mod tests {
    use super::split;

    fn texts(message: &str) -> Vec<&str> {
        split(message).iter().map(|p| p.text).collect()
    }

    #[test]
    fn quotes_and_brackets_hold_a_field_together_where_they_close() {
        assert_eq!(
            texts("a \"two words\" [x y] c"),
            ["a", "two words", "x y", "c"]
        );
        assert_eq!(texts("a \"b\"c \"\" [] x"), ["a", "b", "c", "", "", "x"]);
        assert_eq!(texts("x \"y [z"), ["x", "\"y", "[z"]);
        assert_eq!(texts("  \t "), [] as [&str; 0]);
    }
}
