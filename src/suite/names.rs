use belfry_engine::diag::{Diagnostic, Span, nearest, suite as codes};

use super::section::Text;

/// Reports every name that an earlier one of the same kind has.
pub(crate) fn no_duplicates<'a>(
    cx: &mut Vec<Diagnostic>,
    kind: &str,
    names: impl Iterator<Item = (&'a str, Span)>,
) {
    let mut seen: Vec<(&str, Span)> = Vec::new();
    for (name, at) in names {
        match seen.iter().find(|(earlier, _)| *earlier == name) {
            Some((_, earlier)) => cx.push(
                Diagnostic::error(
                    &codes::DUPLICATE_NAME,
                    at,
                    format!("a second {kind} is called `{name}`"),
                )
                .also(*earlier, "the first is here"),
            ),
            None => seen.push((name, at)),
        }
    }
}

/// Reports a name that none of `declared` is.
pub(crate) fn declared(cx: &mut Vec<Diagnostic>, kind: &str, name: &Text, declared: &[&str]) {
    if declared.contains(&name.value.as_str()) {
        return;
    }
    let message = format!("no {kind} of the suite is called `{}`", name.value);
    let diagnostic = Diagnostic::error(&codes::UNKNOWN_REFERENCE, name.at, message);
    cx.push(match nearest(&name.value, declared.iter().copied()) {
        Some(near) => {
            let article = if kind.starts_with('a') { "an" } else { "a" };
            diagnostic.help(format!(
                "{article} {kind} with a similar name exists: `{near}`"
            ))
        }
        None => diagnostic.help(format!(
            "declare it in belfry.toml, or use one of {}",
            list(declared)
        )),
    });
}

/// Reports a value that is none of `allowed`.
pub(crate) fn one_of(cx: &mut Vec<Diagnostic>, key: &str, value: &Text, allowed: &[&str]) -> bool {
    if allowed.contains(&value.value.as_str()) {
        return true;
    }
    let message = format!("`{}` is not a value of `{key}`", value.value);
    let diagnostic = Diagnostic::error(&codes::WRONG_VALUE, value.at, message);
    cx.push(match nearest(&value.value, allowed.iter().copied()) {
        Some(near) => diagnostic.help(format!("a value with a similar name exists: `{near}`")),
        None => diagnostic.help(format!("the values are {}", list(allowed))),
    });
    false
}

/// Reports a name with letters outside `letters` (beside ASCII letters and digits), or a wrong length.
pub(crate) fn spelling(
    cx: &mut Vec<Diagnostic>,
    kind: &str,
    name: &Text,
    letters: &str,
    longest: usize,
) {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || letters.contains(c);
    if let Some(wrong) = name.value.chars().find(|c| !is_allowed(*c)) {
        let message = format!("the name of a {kind} cannot hold `{wrong}`");
        cx.push(
            Diagnostic::error(&codes::NAME, name.at, message)
                .help(format!("letters, digits and `{letters}` are allowed")),
        );
    }
    if name.value.chars().count() > longest {
        let message = format!("the name of a {kind} is at most {longest} characters long");
        cx.push(Diagnostic::error(&codes::NAME, name.at, message));
    }
}

fn list(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}
