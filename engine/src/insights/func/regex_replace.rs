use regex::{Captures, Regex};

use super::function::{Given, Mistake, Prepared};
use super::{Call, Function, text};
use crate::insights::re2;
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "regexReplace",
    aliases: &["regex_replace"],
    summary: "the text with every match of a regex replaced; `$1` and `\\1` stand for what a group matched",
    signature: "regexReplace(text, \"regex\", \"replacement\")",
    examples: &[
        ("regexReplace(\"a1b22\", \"[0-9]+\", \"#\")", Some("a#b#")),
        (
            "regexReplace(\"id=42\", \"(\\w+)=(\\d+)\", \"$2:\\1\")",
            Some("42:id"),
        ),
        ("regexReplace(missing, \"a\", \"b\")", None),
    ],
    arguments: (3, 3),
    call: Call::Prepared(prepare),
};

fn prepare(given: &Given<'_>) -> Result<Prepared, Mistake> {
    let regex = regex(given.text(1)?).map_err(|reason| given.mistake(1, reason))?;
    let template = template(given.text(2)?, &regex).map_err(|reason| given.mistake(2, reason))?;
    Ok(Prepared::new(move |arguments| {
        let Some(text) = text(arguments, 0) else {
            return Value::Null;
        };
        let fill = |captures: &Captures<'_>| fill(&template, captures);
        Value::text(regex.replace_all(&text, fill))
    }))
}

fn regex(text: &str) -> Result<Regex, String> {
    let translated = re2::translate(text).map_err(|refusal| refusal.message)?;
    let regex = regex::RegexBuilder::new(&translated)
        .size_limit(16 << 20)
        .build();
    regex.map_err(|error| {
        let error = error.to_string();
        let reason = error.lines().last().unwrap_or_default();
        let reason = reason.trim_start_matches("error: ");
        format!("the regex is not accepted: {reason}")
    })
}

/// A piece of a replacement.
#[derive(Debug, PartialEq)]
enum Piece {
    Literal(String),
    Group(usize),
}

/// The pieces of a replacement. RE2 writes groups `\1`, its Java port `$1`; the user guide shows
/// neither, so that both are read.
fn template(text: &str, regex: &Regex) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let mut literal = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        match (c, next.and_then(|next| next.to_digit(10))) {
            ('$' | '\\', Some(digit)) => {
                chars.next();
                pieces.push(Piece::Literal(std::mem::take(&mut literal)));
                pieces.push(Piece::Group(group(digit, regex)?));
            }
            ('$', None) if matches!(next, Some('{')) => {
                return Err(
                    "`${` is not accepted in a replacement; a group is written `$1`".to_owned(),
                );
            }
            ('\\', None) if matches!(next, Some('\\' | '$')) => literal.extend(chars.next()),
            (c, _) => literal.push(c),
        }
    }
    pieces.push(Piece::Literal(literal));
    Ok(pieces)
}

fn group(digit: u32, regex: &Regex) -> Result<usize, String> {
    let index = usize::try_from(digit).unwrap_or(0);
    let groups = regex.captures_len() - 1;
    if index <= groups {
        return Ok(index);
    }
    Err(format!(
        "the regex has {groups} groups, and none is number {index}"
    ))
}

fn fill(template: &[Piece], captures: &Captures<'_>) -> String {
    let text = |piece: &Piece| match piece {
        Piece::Literal(literal) => literal.clone(),
        Piece::Group(index) => {
            let found = captures.get(*index);
            found.map_or_else(String::new, |found| found.as_str().to_owned())
        }
    };
    template.iter().map(text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_that_the_regex_lacks_is_refused() {
        let regex = Regex::new("(a)").unwrap();
        assert!(template("$2", &regex).unwrap_err().contains("number 2"));
        assert_eq!(
            template("\\$1", &regex).unwrap(),
            [Piece::Literal("$1".to_owned())]
        );
    }
}
