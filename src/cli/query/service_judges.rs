use belfry_engine::diag::{Code, Diagnostic, Help, Severity, query};

/// The language is not read to the end: nothing behind the place can be trusted.
const NEVER_RIGHT: &[&Code] = &[
    &query::UNTERMINATED,
    &query::FOREIGN_OPERATOR,
    &query::REGEX_FLAGS,
    &query::EMPTY_COMMAND,
    &query::LIMIT_RANGE,
    &query::QUERY_LENGTH,
];

/// What the engine's own version decides: with one of these in the text, other findings may follow from it.
const OWN_LIMITS: &[&Code] = &[&query::UNSUPPORTED_FIELD, &query::TEXT_CONDITION];

/// Syntax, wrong unless the text holds something that this version does not know.
const SYNTAX: &[&Code] = &[
    &query::UNEXPECTED_CHARACTER,
    &query::BAD_NUMBER,
    &query::UNEXPECTED_TOKEN,
];

/// What depends on the saved queries of whoever runs the text, and these may differ from the suite's.
const SAVED: &[&Code] = &[&query::SAVED_QUERY, &query::PARAMETER];

/// Whether all errors are about saved queries, which the service may have and the suite not.
pub(super) fn is_about_saved_queries(found: &[Diagnostic]) -> bool {
    let mut errors = found.iter().filter(|d| d.severity == Severity::Error);
    errors.all(|d| SAVED.contains(&d.code))
}

/// Whether CloudWatch would refuse the text for certain, so that it need not be sent.
///
/// CloudWatch knows more than this version does, and refuses a wrong text at no cost. So a text is stopped here
/// only for what is wrong in every version of the language: what cannot be read at all, and names that are nearly
/// a known one. What this version merely does not run goes to the service.
pub(super) fn is_surely_wrong(found: &[Diagnostic]) -> bool {
    let errors = || found.iter().filter(|d| d.severity == Severity::Error);
    let beyond = errors().any(|d| OWN_LIMITS.contains(&d.code) || is_new_name(d));
    errors().any(|d| {
        NEVER_RIGHT.contains(&d.code)
            || (is_unknown_name(d) && !is_new_name(d))
            || (!beyond && SYNTAX.contains(&d.code))
    })
}

fn is_unknown_name(diagnostic: &Diagnostic) -> bool {
    [&query::UNKNOWN_COMMAND, &query::UNKNOWN_FUNCTION].contains(&diagnostic.code)
}

/// A command or function that resembles none: perhaps one that CloudWatch got later.
fn is_new_name(diagnostic: &Diagnostic) -> bool {
    is_unknown_name(diagnostic) && !matches!(diagnostic.help, Some(Help::Replace { .. }))
}

#[cfg(test)]
mod tests {
    use belfry_engine::insights::compile;

    use super::is_surely_wrong;

    fn stopped(text: &str) -> bool {
        is_surely_wrong(&compile(text).expect_err(text))
    }

    #[test]
    fn what_no_version_reads_is_stopped() {
        for text in [
            "filter level = \"ERROR",
            "filter a = 1 && b = 2",
            "fields a | | fields b",
            "stats cuont(*)",
            "filtr a = 1",
            "fields a,",
        ] {
            assert!(stopped(text), "{text}");
        }
    }

    #[test]
    fn what_this_version_does_not_know_is_for_the_service() {
        for text in [
            "fields zzqqxx(a)",
            "fields a | zzqqxx b",
            "stats count(*) as n by a | fields nosuch",
        ] {
            assert!(!stopped(text), "{text}");
        }
    }
}
