use belfry_engine::pattern::{Extracted, FilterPattern};
use serde::Serialize;

use super::{delimited, expression};

/// One condition or term of a filter pattern.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// As it is written.
    pub text: String,
    /// Where it stands in the pattern: bytes, start included.
    pub start: usize,
    /// End excluded.
    pub end: usize,
    /// Whether it holds for the line.
    pub holds: bool,
    /// What the line has at the selector of a condition; none of terms.
    pub found: Option<String>,
}

/// The parts of a pattern, each judged by the engine as a pattern of its own: conditions, terms, alternatives of a regular
/// expression. Empty where the pattern takes every line.
pub fn parts(pattern: &str, message: &str) -> Vec<Part> {
    let inner = pattern.trim();
    let offset = pattern.len() - pattern.trim_start().len();
    match inner.chars().next() {
        None => Vec::new(),
        Some('[') => delimited::parts(pattern, offset + 1, offset + inner.len() - 1, message),
        Some('%') => expression::parts(pattern, offset + 1, offset + inner.len() - 1, message),
        Some('{') => conditions(pattern, offset + 1, offset + inner.len() - 1)
            .filter_map(|(start, end)| condition(pattern, (start, end), message))
            .collect(),
        Some(_) => terms(pattern)
            .filter_map(|(start, end)| term(pattern, (start, end), message))
            .collect(),
    }
}

fn condition(pattern: &str, (start, end): (usize, usize), message: &str) -> Option<Part> {
    let text = pattern.get(start..end)?;
    let alone = FilterPattern::parse(&format!("{{ {text} }}")).ok()?;
    let selector = text
        .split([' ', '=', '!', '<', '>'])
        .next()
        .unwrap_or_default();
    let found = alone
        .accepts_selector(selector)
        .then(|| in_words(&alone.select(message, selector)));
    Some(Part {
        text: text.to_owned(),
        start,
        end,
        holds: alone.matches(message),
        found,
    })
}

/// An optional term is judged as one that must be there.
fn term(pattern: &str, (start, end): (usize, usize), message: &str) -> Option<Part> {
    let text = pattern.get(start..end)?;
    let alone = FilterPattern::parse(text.trim_start_matches('?')).ok()?;
    Some(Part {
        text: text.to_owned(),
        start,
        end,
        holds: alone.matches(message),
        found: None,
    })
}

pub(super) fn in_words(found: &Extracted) -> String {
    match found {
        Extracted::Missing => "nothing there, or null".to_owned(),
        Extracted::Number(number) => format!("the number {number}"),
        Extracted::Text(text) => format!("the text `{text}`"),
        Extracted::Other => "a boolean, a list or an object".to_owned(),
    }
}

/// Where each condition between the braces stands: what `&&`, `||` and parentheses leave, outside of quotes, regular
/// expressions and names in brackets.
pub(super) fn conditions(
    pattern: &str,
    start: usize,
    end: usize,
) -> impl Iterator<Item = (usize, usize)> {
    let mut found = Vec::new();
    let mut from = start;
    let mut closing: Option<char> = None;
    let inside = pattern.get(start..end).unwrap_or_default();
    for (at, letter) in inside.char_indices() {
        match closing {
            Some(mark) if letter == mark => closing = None,
            Some(_) => {}
            None => match letter {
                '"' | '%' | '\'' => closing = Some(letter),
                '(' | ')' | '&' | '|' => {
                    found.push((from, start + at));
                    from = start + at + 1;
                }
                _ => {}
            },
        }
    }
    found.push((from, end));
    trimmed(pattern, found)
}

/// Where each term stands: words end at white space or before `-` and `?`, phrases at their quote.
fn terms(pattern: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut found = Vec::new();
    let mut from = 0;
    let mut quoted = false;
    for (at, letter) in pattern.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            '-' | '?' if !quoted => {
                found.push((from, at));
                from = at;
            }
            letter if !quoted && letter.is_whitespace() => {
                found.push((from, at));
                from = at;
            }
            _ => {}
        }
    }
    found.push((from, pattern.len()));
    trimmed(pattern, found)
}

/// Without blanks at both ends, and without what is nothing then.
pub(super) fn trimmed(
    pattern: &str,
    found: Vec<(usize, usize)>,
) -> impl Iterator<Item = (usize, usize)> {
    let trim = |(start, end): (usize, usize)| {
        let text = pattern.get(start..end)?;
        let start = start + text.len() - text.trim_start().len();
        (!text.trim().is_empty()).then(|| (start, start + text.trim().len()))
    };
    let trimmed: Vec<_> = found.into_iter().filter_map(trim).collect();
    trimmed.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(pattern: &str, message: &str) -> Vec<String> {
        let shown = |part: Part| {
            assert_eq!(&pattern[part.start..part.end], part.text);
            let sign = if part.holds { '+' } else { '-' };
            format!("{sign} {} {}", part.text, part.found.unwrap_or_default())
                .trim()
                .to_owned()
        };
        parts(pattern, message).into_iter().map(shown).collect()
    }

    #[test]
    fn each_condition_says_what_it_found() {
        let message = r#"{"level":"INFO","a":{"b":"x && y"},"n":3,"t":true}"#;
        assert_eq!(
            shown(
                r#"{ $.level = "ERROR" && ($.a.b = "x && y" || $.n>=4) && $.t IS TRUE && $.c NOT EXISTS }"#,
                message
            ),
            [
                r#"- $.level = "ERROR" the text `INFO`"#,
                r#"+ $.a.b = "x && y" the text `x && y`"#,
                "- $.n>=4 the number 3",
                "+ $.t IS TRUE a boolean, a list or an object",
                "+ $.c NOT EXISTS nothing there, or null",
            ]
        );
    }

    #[test]
    fn terms_are_told_apart_as_the_pattern_reads_them() {
        assert_eq!(
            shown("ERROR \"two words\" -debug", "an ERROR of two words"),
            ["+ ERROR", "+ \"two words\"", "+ -debug"]
        );
        assert_eq!(shown("?a ?b", "b"), ["- ?a", "+ ?b"]);
        assert_eq!(shown("a-b", "a b"), ["+ a", "- -b"]);
    }

    #[test]
    fn what_has_no_parts_has_none() {
        for pattern in ["", "  ", "[a, ...]", "[]"] {
            assert!(parts(pattern, "x").is_empty(), "{pattern}");
        }
    }

    #[test]
    fn each_condition_of_a_field_says_what_the_field_holds() {
        let message = r#"10.0.0.1 - "GET /x, y" 503 12"#;
        assert_eq!(
            shown(
                r#"[ip=10.*, ..., request="GET *, y", (status>=500 && status!=503), ms<5]"#,
                message
            ),
            [
                "+ ip=10.* the text `10.0.0.1`",
                "+ request=\"GET *, y\" the text `GET /x, y`",
                "+ status>=500 the number 503",
                "- status!=503 the number 503",
                "- ms<5 the number 12",
            ]
        );
        assert_eq!(
            shown("[a, b=1, c, d, e, f]", message),
            ["- a, b=1, c, d, e, f 5 fields"]
        );
    }

    #[test]
    fn alternatives_of_an_expression_are_judged_alone() {
        assert_eq!(
            shown("%ERR[OA|]R|WARN\\||x%", "a WARN| b"),
            ["- ERR[OA|]R", "+ WARN\\|", "- x"]
        );
    }
}
