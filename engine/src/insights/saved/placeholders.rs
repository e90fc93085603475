use crate::diag::Span;
use crate::insights::lex::{TokenKind, lex, placeholder_length};

/// The places of a saved text that matter to its calls.
#[derive(Debug, Default)]
pub(super) struct Placeholders {
    /// Each `{{name}}` that stands for a value of its own, with its name.
    pub(super) free: Vec<(String, Span)>,
    /// Each that stands inside a string, a regex or a name in backticks.
    pub(super) buried: Vec<(String, Span)>,
    /// Whether the text ends with a comment, which would swallow what follows it.
    pub(super) ends_with_comment: bool,
}

/// Finds the placeholders of a saved text. Those in comments are none.
pub(super) fn placeholders(text: &str) -> Placeholders {
    let (tokens, _) = lex(text);
    let mut found = Placeholders::default();
    let mut end = 0;
    for token in tokens {
        match token.kind {
            TokenKind::Placeholder(name) => found.free.push((name, token.span)),
            TokenKind::End => break,
            _ => bury(&mut found.buried, text, token.span),
        }
        end = token.span.end;
    }
    let rest = text.get(end..).unwrap_or_default();
    let last = rest.rsplit('\n').next().unwrap_or_default();
    found.ends_with_comment = last.contains('#');
    found
}

fn bury(buried: &mut Vec<(String, Span)>, text: &str, span: Span) {
    let inside = span.text(text);
    for (at, _) in inside.match_indices("{{") {
        let rest = inside.get(at..).unwrap_or_default();
        if let Some(length) = placeholder_length(rest) {
            let name = rest.get(2..length - 2).unwrap_or_default().to_owned();
            let start = span.start + at;
            buried.push((name, Span::new(start, start + length)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::placeholders;

    #[test]
    fn placeholders_are_found_outside_and_inside_of_literals_and_not_in_comments() {
        let text = "filter a = {{x}} and b like /{{y}}z/ # {{c}}\n| limit {{n}} # {{d}}";
        let found = placeholders(text);
        let names = |found: &[(String, crate::diag::Span)]| -> Vec<String> {
            found
                .iter()
                .map(|(name, span)| {
                    assert_eq!(span.text(text), format!("{{{{{name}}}}}"));
                    name.clone()
                })
                .collect()
        };
        assert_eq!(names(&found.free), ["x", "n"]);
        assert_eq!(names(&found.buried), ["y"]);
        assert!(found.ends_with_comment);
        assert!(!placeholders("limit 5 # five\n").ends_with_comment);
    }
}
