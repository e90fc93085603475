use std::borrow::Cow;
use std::fmt::Write as _;

/// The text that a field's writing stands for: `\x22` is a quote. A backslash that no `x` and two hexadecimal
/// digits follow is itself. Bytes that are no UTF-8 become U+FFFD.
pub(super) fn unescape(raw: &str) -> Cow<'_, str> {
    if !raw.contains("\\x") {
        return Cow::Borrowed(raw);
    }
    let mut bytes = Vec::with_capacity(raw.len());
    let mut rest = raw.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        match escaped(rest) {
            Some(byte) => {
                bytes.push(byte);
                rest = rest.get(4..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = behind;
            }
        }
    }
    Cow::Owned(String::from_utf8_lossy(&bytes).into_owned())
}

/// The byte that the text begins with, where it is written as `\xHH`.
fn escaped(text: &[u8]) -> Option<u8> {
    let [b'\\', b'x', high, low, ..] = text else {
        return None;
    };
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()
}

/// How a text is written: quotes, backslashes, control characters and all that is not ASCII as `\xHH`; blanks too
/// where the field has no quotes around it. Published lines show `\x22` and `\x5C`; the others follow the web server
/// whose way of writing this is (nginx, `log_format`, `escape=default`).
pub(super) fn escape(text: &str, bare: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        let plain = matches!(byte, b'!'..=b'~') && byte != b'"' && byte != b'\\';
        if plain || (byte == b' ' && !bare) {
            out.push(char::from(byte));
        } else {
            // Writing into a string cannot fail.
            let _ = write!(out, "\\x{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn quotes_and_backslashes_are_written_as_published_lines_show_them() {
        assert_eq!(escape("a \"b\\", false), "a \\x22b\\x5C");
        assert_eq!(escape("a b", true), "a\\x20b");
        assert_eq!(
            unescape("/\\x5Cthink\\x22 \\x \\xg1 \\"),
            "/\\think\" \\x \\xg1 \\"
        );
    }

    proptest! {
        #[test]
        fn every_text_comes_back(text in any::<String>(), bare in any::<bool>()) {
            let written = escape(&text, bare);
            prop_assert!(written.bytes().all(|byte| matches!(byte, b' '..=b'~') && byte != b'"'));
            prop_assert_eq!(unescape(&written), text);
        }
    }
}
