use std::collections::BTreeMap;

use belfry_engine::diag::{Diagnostic, Span, nearest, suite as codes};

/// Replaces every `${name}` of `text` by `write(value)`. A name begins with a small letter; anything
/// else after `${` is CloudWatch's own (dynamic labels such as `${LABEL}`) and stays. Findings count
/// from `offset`.
pub(crate) fn substitute(
    cx: &mut Vec<Diagnostic>,
    text: &str,
    offset: usize,
    variables: &BTreeMap<String, String>,
    write: impl Fn(&str) -> String,
) -> String {
    substitute_placed(cx, text, offset, variables, write).0
}

/// Where values stand in a text whose variables were replaced, and where the variables stood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Places(Vec<(Span, Span)>);

impl Places {
    /// The stretch of the text before the replacing that a stretch of the text after it came from.
    pub(crate) fn origin(&self, span: Span) -> Span {
        let start = self.before(span.start, true);
        Span::new(start, self.before(span.end, false).max(start))
    }

    fn before(&self, at: usize, is_start: bool) -> usize {
        let reached = |value: &Span| match is_start {
            true => value.start <= at,
            false => value.start < at,
        };
        let earlier = self.0.iter().rev().find(|(value, _)| reached(value));
        match earlier {
            None => at,
            Some((value, variable)) if at >= value.end => variable.end + (at - value.end),
            Some((_, variable)) if is_start => variable.start,
            Some((_, variable)) => variable.end,
        }
    }
}

/// As [`substitute`], with the places of what was replaced.
pub(crate) fn substitute_placed(
    cx: &mut Vec<Diagnostic>,
    text: &str,
    offset: usize,
    variables: &BTreeMap<String, String>,
    write: impl Fn(&str) -> String,
) -> (String, Places) {
    let mut replaced = String::with_capacity(text.len());
    let mut places = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find("${") {
        let (before, from) = rest.split_at(start);
        replaced.push_str(before);
        let at = offset + text.len() - from.len();
        let used = match reference(from) {
            Reference::Foreign => {
                replaced.push_str("${");
                2
            }
            Reference::Unclosed => {
                let span = Span::new(at, at + 2);
                cx.push(Diagnostic::error(
                    &codes::UNCLOSED_VARIABLE,
                    span,
                    "`${` without `}`",
                ));
                2
            }
            Reference::Variable(name) => {
                let length = name.len() + 3;
                match variables.get(name) {
                    Some(value) => {
                        let start = replaced.len();
                        replaced.push_str(&write(value));
                        let value = Span::new(start, replaced.len());
                        places.push((value, Span::new(at - offset, at - offset + length)));
                    }
                    None => cx.push(unknown(name, Span::new(at, at + length), variables)),
                }
                length
            }
        };
        rest = from.get(used..).unwrap_or_default();
    }
    replaced.push_str(rest);
    (replaced, Places(places))
}

enum Reference<'a> {
    Variable(&'a str),
    Unclosed,
    Foreign,
}

fn reference(from: &str) -> Reference<'_> {
    let body = from.get(2..).unwrap_or_default();
    if !body.starts_with(|c: char| c.is_ascii_lowercase()) {
        return Reference::Foreign;
    }
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let end = body.find(|c| !is_name(c)).unwrap_or(body.len());
    let (name, after) = body.split_at(end);
    if after.starts_with('}') {
        Reference::Variable(name)
    } else {
        Reference::Unclosed
    }
}

fn unknown(name: &str, at: Span, variables: &BTreeMap<String, String>) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        &codes::UNKNOWN_VARIABLE,
        at,
        format!("no variable is called `{name}`"),
    );
    match nearest(name, variables.keys().map(String::as_str)) {
        Some(near) => diagnostic.help(format!("a variable with a similar name exists: `{near}`")),
        None => diagnostic.help("declare it in [variables] or [env.NAME.variables] of belfry.toml"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replaced(text: &str) -> (String, Vec<Diagnostic>) {
        let variables = BTreeMap::from([("region".to_owned(), "eu-central-1".to_owned())]);
        let mut cx = Vec::new();
        let text = substitute(&mut cx, text, 0, &variables, str::to_owned);
        (text, cx)
    }

    #[test]
    fn a_variable_is_replaced_wherever_it_stands() {
        assert_eq!(
            replaced("a ${region} b ${region}").0,
            "a eu-central-1 b eu-central-1"
        );
    }

    #[test]
    fn cloudwatchs_own_labels_stay() {
        let (text, cx) = replaced("${LABEL}: ${PROP('Dim.Service')}");
        assert_eq!(text, "${LABEL}: ${PROP('Dim.Service')}");
        assert!(cx.is_empty());
    }

    #[test]
    fn a_misspelt_variable_is_named_with_its_neighbour_at_its_place() {
        let (_, cx) = replaced("in ${regoin}");
        assert_eq!(cx[0].to_string(), "[S0109] no variable is called `regoin`");
        assert_eq!(cx[0].primary.span, Span::new(3, 12));
    }

    #[test]
    fn a_variable_without_end_is_a_mistake() {
        let (_, cx) = replaced("in ${region");
        assert_eq!(cx[0].code.name, "S0110");
    }

    #[test]
    fn a_place_behind_a_variable_is_found_in_the_text_as_it_was() {
        let variables = BTreeMap::from([("a".to_owned(), "12345678".to_owned())]);
        let text = "x ${a} y ${a} z";
        let (after, places) =
            substitute_placed(&mut Vec::new(), text, 0, &variables, str::to_owned);
        let origin = |word: &str| {
            let start = after.find(word).unwrap();
            let span = places.origin(Span::new(start, start + word.len()));
            span.text(text).to_owned()
        };
        assert_eq!(origin("x"), "x");
        assert_eq!(origin("y"), "y");
        assert_eq!(origin("z"), "z");
        assert_eq!(origin("345"), "${a}");
        assert_eq!(origin("8 y"), "${a} y");
    }
}
