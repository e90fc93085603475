use std::borrow::Cow;

use memchr::memchr2;

/// The string that starts at `at`, without its quotes and still escaped, and whether it has escapes.
/// `None` where no valid string starts there; `at` then points anywhere.
pub(super) fn raw_string<'m>(message: &'m str, at: &mut usize) -> Option<(&'m str, bool)> {
    let bytes = message.as_bytes();
    if bytes.get(*at) != Some(&b'"') {
        return None;
    }
    let start = *at + 1;
    let mut end = start;
    let mut escaped = false;
    loop {
        end += memchr2(b'"', b'\\', bytes.get(end..)?)?;
        if bytes.get(end) == Some(&b'"') {
            break;
        }
        escaped = true;
        end += 2;
    }
    *at = end + 1;
    let raw = message.get(start..end)?;
    let has_control = raw.bytes().any(|byte| byte < 0x20);
    (!has_control).then_some((raw, escaped))
}

/// Undoes the escapes of a JSON string; `None` where one is not valid.
pub(super) fn unescape(raw: &str) -> Option<Cow<'_, str>> {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        let (plain, escape) = rest.split_at(at);
        text.push_str(plain);
        let (c, length) = one_escape(escape)?;
        text.push(c);
        rest = escape.get(length..)?;
    }
    text.push_str(rest);
    Some(Cow::Owned(text))
}

/// The character of the escape at the start of `text`, and the escape's length.
fn one_escape(text: &str) -> Option<(char, usize)> {
    let c = match text.as_bytes().get(1)? {
        b'"' => '"',
        b'\\' => '\\',
        b'/' => '/',
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => return unicode_escape(text),
        _ => return None,
    };
    Some((c, 2))
}

/// `\uXXXX`, or two of them that make one character. Half a pair alone is not valid.
fn unicode_escape(text: &str) -> Option<(char, usize)> {
    let first = hex(text, 2)?;
    if !(0xD800..0xE000).contains(&first) {
        return Some((char::from_u32(first)?, 6));
    }
    if first >= 0xDC00 || text.get(6..8)? != "\\u" {
        return None;
    }
    let second = hex(text, 8)?;
    if !(0xDC00..0xE000).contains(&second) {
        return None;
    }
    let code = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
    Some((char::from_u32(code)?, 12))
}

fn hex(text: &str, at: usize) -> Option<u32> {
    let digits = text.get(at..at + 4)?;
    let valid = digits.bytes().all(|b| b.is_ascii_hexdigit());
    valid.then(|| u32::from_str_radix(digits, 16).ok())?
}
