use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::mark::Mark;

/// Everything that can be a value, the more telling forms first; words without a digit are none.
static VALUES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        (?<time>
            \b\d{4}[-/]\d{2}[-/]\d{2}(?:[T\ ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:\ ?(?:Z\b|UTC\b|[+-]\d{2}:?\d{2}\b))?)?
          | \b\d{2}/[A-Z][a-z]{2}/\d{4}:\d{2}:\d{2}:\d{2}(?:\ [+-]\d{4}\b)?
          | \b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\ [\ \d]\d\ \d{2}:\d{2}:\d{2}
          | \b\d{2}:\d{2}:\d{2}(?:[.,]\d+)?\b
        )
      | (?<address>\b\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?\b)
      | (?<word>\b[A-Za-z_-]*\d[A-Za-z0-9_-]*(?:\.\d[A-Za-z0-9_]*)*)",
    )
    .ok()
});

/// The text with a mark in place of every value.
pub(in crate::insights) fn mask(text: &str) -> String {
    let Some(values) = VALUES.as_ref() else {
        return text.to_owned();
    };
    let mut masked = String::with_capacity(text.len());
    let mut end = 0;
    for found in values.captures_iter(text) {
        let Some(whole) = found.get(0) else { continue };
        push(
            &mut masked,
            text.get(end..whole.start()).unwrap_or_default(),
        );
        push_value(&mut masked, &found, whole.as_str());
        end = whole.end();
    }
    push(&mut masked, text.get(end..).unwrap_or_default());
    masked
}

/// Plain text; characters that would read as marks are none of the log's words.
fn push(masked: &mut String, plain: &str) {
    masked.extend(plain.chars().map(|c| match Mark::of(c) {
        Some(_) => '\u{fffd}',
        None => c,
    }));
}

fn push_value(masked: &mut String, found: &Captures<'_>, value: &str) {
    if found.name("time").is_some() {
        masked.push(Mark::Time.character());
    } else if found.name("address").is_some() {
        masked.push(Mark::Address.character());
    } else {
        push_word(masked, value);
    }
}

/// Units that stand behind a number without space.
const UNITS: &[&str] = &[
    "ns", "us", "ms", "s", "sec", "secs", "m", "min", "mins", "h", "d", "b", "kb", "mb", "gb",
    "tb", "kib", "mib", "gib", "k", "g", "x", "px",
];

/// A word with a digit in it: a number, a number and its unit, an id, or a word like `utf8`.
fn push_word(masked: &mut String, word: &str) {
    let number = word
        .bytes()
        .take_while(|b| b.is_ascii_digit() || *b == b'.')
        .count();
    let (number, rest) = word.split_at(number);
    let is_number = !number.is_empty() && number.matches('.').count() <= 1;
    if is_number && rest.is_empty() {
        return masked.push(Mark::Number.character());
    }
    if is_number && UNITS.iter().any(|unit| unit.eq_ignore_ascii_case(rest)) {
        masked.push(Mark::Number.character());
        return masked.push_str(rest);
    }
    if rest.is_empty() {
        return masked.push(Mark::Token.character());
    }
    if is_id(word) {
        return masked.push(Mark::Id.character());
    }
    masked.push_str(word);
}

/// Long words with digits, and those with several digits; short ones such as `p99` and `http2` are names.
fn is_id(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let is_hex = word.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    digits >= 4 || word.len() >= 20 || (is_hex && word.len() >= 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let name = |c: char| match Mark::of(c) {
            Some(mark) => format!("<{}>", mark.name()),
            None => c.to_string(),
        };
        mask(text).chars().map(name).collect()
    }

    #[test]
    fn values_become_marks_and_names_stay() {
        for (text, masked) in [
            (
                "2023-01-01 19:00:01 [INFO] Calling DynamoDB to store for resource id 12342342k124-12345",
                "<Time> [INFO] Calling DynamoDB to store for resource id <ID>",
            ),
            (
                "[INFO] Request time: 327 ms",
                "[INFO] Request time: <Number> ms",
            ),
            ("took 12.5ms, p99 of utf8", "took <Number>ms, p99 of utf8"),
            (
                "10.0.0.1:443 - - [20/Apr/2026:10:00:00 +0000]",
                "<IP> - - [<Time>]",
            ),
            ("at 2026-04-20T10:00:00.123Z", "at <Time>"),
            ("Apr 20 10:00:00 host", "<Time> host"),
            ("id 5f1c2d3e-aaaa-bbbb-cccc-0123456789ab", "id <ID>"),
            ("/items/17?v=1.2.3", "/items/<Number>?v=<Token>"),
            ("user_1 é \u{e0f0}", "user_1 é \u{fffd}"),
            ("", ""),
        ] {
            assert_eq!(shown(text), masked);
        }
    }
}
