use regex::{Regex, RegexBuilder};

use super::expr::Resolver;
use crate::diag::{Diagnostic, Span, query};
use crate::insights::ast;
use crate::insights::plan::Pattern;
use crate::insights::re2;

/// The most memory one compiled regex may take.
const SIZE_LIMIT: usize = 16 << 20;

/// What `like` looks for.
pub(super) fn like(resolver: &mut Resolver, pattern: &ast::Pattern, span: Span) -> Option<Pattern> {
    match pattern {
        ast::Pattern::Text(text) => {
            let finder = memchr::memmem::Finder::new(text.as_bytes()).into_owned();
            Some(Pattern::Substring(Box::new(finder)))
        }
        ast::Pattern::Regex(text) => regex(resolver, text, span).map(Pattern::Regex),
    }
}

/// A regex as Logs Insights reads it.
pub(super) fn regex(resolver: &mut Resolver, text: &str, span: Span) -> Option<Regex> {
    match re2::translate(text) {
        Ok(translated) => compile(resolver, &translated, span),
        Err(refusal) => {
            let offset = span.start + 1 + refusal.at;
            let place = Span::new(offset, (offset + refusal.length).min(span.end).max(offset));
            let error = Diagnostic::error(&query::BAD_REGEX, place, refusal.message);
            resolver.diagnostics.push(error);
            None
        }
    }
}

/// Compiles a regex in this engine's own flavour.
pub(super) fn compile(resolver: &mut Resolver, text: &str, span: Span) -> Option<Regex> {
    match RegexBuilder::new(text).size_limit(SIZE_LIMIT).build() {
        Ok(regex) => Some(regex),
        Err(error) => {
            let reason = reason(&error);
            let message = format!("the regex is not accepted: {reason}");
            resolver
                .diagnostics
                .push(Diagnostic::error(&query::BAD_REGEX, span, message));
            None
        }
    }
}

/// The last line of the library's report, which says why.
fn reason(error: &regex::Error) -> String {
    let text = error.to_string();
    let last = text.lines().last().unwrap_or_default();
    last.trim_start_matches("error: ").to_owned()
}

/// The regex of a `parse` glob and its number of wildcards. Text is literal; a star takes the shortest
/// text up to what follows, and all of it at either end of the pattern.
pub(super) fn glob(glob: &str) -> (String, usize) {
    let parts = split_stars(glob);
    let stars = parts.len() - 1;
    let mut regex = String::from("(?s)");
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            let first = index == 1 && parts.first().is_some_and(String::is_empty);
            let last = index == stars && part.is_empty();
            regex.push_str(match (first, last) {
                (true, true) => "^(.*)$",
                (true, false) => "^(.*?)",
                (false, true) => "(.*)$",
                (false, false) => "(.*?)",
            });
        }
        regex.push_str(&regex::escape(part));
    }
    (regex, stars)
}

/// The literal texts between the stars; `\*` is a star that is meant.
fn split_stars(glob: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut chars = glob.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '*' => parts.push(String::new()),
            '\\' if chars.peek() == Some(&'*') => append(&mut parts, chars.next()),
            _ => append(&mut parts, Some(c)),
        }
    }
    parts
}

fn append(parts: &mut [String], c: Option<char>) {
    if let Some(last) = parts.last_mut() {
        last.extend(c);
    }
}

#[cfg(test)]
mod tests {
    use super::glob;

    #[test]
    fn stars_at_the_ends_reach_to_the_ends() {
        assert_eq!(
            glob("* [*] *"),
            (r"(?s)^(.*?) \[(.*?)\] (.*)$".to_owned(), 3)
        );
        assert_eq!(glob("a=*,"), ("(?s)a=(.*?),".to_owned(), 1));
        assert_eq!(glob("*"), ("(?s)^(.*)$".to_owned(), 1));
        assert_eq!(glob(r"2\*3"), (r"(?s)2\*3".to_owned(), 0));
    }
}
