use belfry_engine::diag::{Diagnostic, Span, suite as codes};
use belfry_engine::insights::{Parameter, is_parameter_name};

/// Parameters of a saved query at most, and the lengths of their parts (PutQueryDefinition).
const MOST_PARAMETERS: usize = 20;
const LONGEST_DEFAULT: usize = 1024;
const LONGEST_DESCRIPTION: usize = 512;

/// `name [= default] [-- description]`, which stands at `at`. A default that holds ` -- ` stands in quotes, as every
/// text should that is one in the query.
pub(super) fn read(
    written: &str,
    at: usize,
    before: &[Parameter],
) -> Result<Parameter, Box<Diagnostic>> {
    let start = at + written.len() - written.trim_start().len();
    let whole = Span::new(start, start + written.trim().len());
    let wrong = |message: String| Box::new(Diagnostic::error(&codes::HEADER, whole, message));
    let (definition, description) = cut(written.trim());
    let (name, default) = match definition.split_once('=') {
        Some((name, default)) => (name.trim(), Some(default.trim())),
        None => (definition.trim(), None),
    };
    if !is_parameter_name(name) {
        let message = format!("`{name}` is no name of a parameter");
        return Err(Box::new(wrong(message).help(
            "a name has letters, digits and `_`, and no digit first: `# parameter: name = default -- description`",
        )));
    }
    if before.iter().any(|other| other.name == name) {
        return Err(wrong(format!("the parameter `{name}` is declared twice")));
    }
    if before.len() == MOST_PARAMETERS {
        return Err(wrong(format!(
            "a saved query takes at most {MOST_PARAMETERS} parameters"
        )));
    }
    let too_long = |part: Option<&str>, most| part.is_some_and(|p| p.chars().count() > most);
    for (part, what, most) in [
        (default, "default", LONGEST_DEFAULT),
        (description, "description", LONGEST_DESCRIPTION),
    ] {
        if too_long(part, most) {
            let message = format!("the {what} of `{name}` has more than {most} characters");
            return Err(wrong(message));
        }
    }
    Ok(Parameter {
        name: name.to_owned(),
        default: default.map(str::to_owned),
        description: description.map(str::to_owned),
    })
}

/// Definition and description; the ` -- ` between them stands outside quotes.
fn cut(written: &str) -> (&str, Option<&str>) {
    let mut quote = None;
    for (at, c) in written.char_indices() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            (None, '-') => {
                let (before, rest) = written.split_at(at);
                let after = rest.strip_prefix("--").filter(|_| before.ends_with(' '));
                if let Some(description) = after.and_then(|after| after.strip_prefix(' ')) {
                    let description = description.trim();
                    return (
                        before.trim_end(),
                        Some(description).filter(|d| !d.is_empty()),
                    );
                }
            }
            _ => {}
        }
    }
    (written, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(written: &str) -> (String, Option<String>, Option<String>) {
        let read = read(written, 0, &[]).expect(written);
        (read.name, read.default, read.description)
    }

    fn expected(
        name: &str,
        default: Option<&str>,
        description: Option<&str>,
    ) -> (String, Option<String>, Option<String>) {
        let own = |part: Option<&str>| part.map(str::to_owned);
        (name.to_owned(), own(default), own(description))
    }

    #[test]
    fn default_and_description_are_told_apart() {
        for (written, name, default, description) in [
            (" id", "id", None, None),
            (
                " id -- the request's id",
                "id",
                None,
                Some("the request's id"),
            ),
            (" n = -1 -- least", "n", Some("-1"), Some("least")),
            (" p = \"a -- b\" -- c", "p", Some("\"a -- b\""), Some("c")),
            (" p = a=b", "p", Some("a=b"), None),
            (" p =", "p", Some(""), None),
        ] {
            assert_eq!(
                parts(written),
                expected(name, default, description),
                "{written}"
            );
        }
    }

    #[test]
    fn a_wrong_parameter_is_refused_at_its_place() {
        let known = [Parameter {
            name: "a".to_owned(),
            ..Parameter::default()
        }];
        for written in [
            " 1a",
            " a",
            " ",
            " a b = 1",
            &format!(" b = {}", "x".repeat(1025)),
        ] {
            let error = read(written, 10, &known).expect_err(written);
            assert_eq!(error.code.name, "S0111");
            assert_eq!(error.primary.span.start, 11);
        }
    }
}
