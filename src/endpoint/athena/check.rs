use belfry_athena::answer::check;
use belfry_athena::refusal::{By, Refusal};
use belfry_engine::base::Millis;
use belfry_engine::catalog::Catalog;
use jiff::civil::DateTime;

use super::refusals::coded;
use crate::endpoint::Fault;

/// Refuses at once what Athena refuses before it runs: a text that is no query of Trino. And what Athena would answer and
/// Belfry does not know. Errors of names, types and values make the execution fail later.
pub(super) fn check_query(
    text: &str,
    parameters: &[String],
    (catalog, database): (&Catalog, &str),
    now: Millis,
) -> Result<(), Fault> {
    let Err(refusal) = check(text, (catalog, database), moment(now), parameters) else {
        return Ok(());
    };
    if refusal.name == "SYNTAX_ERROR" {
        let text = refusal.text();
        let text = text.strip_prefix("SYNTAX_ERROR: ").unwrap_or(&text);
        return Err(coded("MALFORMED_QUERY", text.to_owned()));
    }
    match refusal.by {
        By::Belfry => Err(coded("INVALID_INPUT", said(&refusal))),
        By::Athena => Ok(()),
    }
}

/// The refusal with its help, where it is Belfry's own: Athena has none.
pub(super) fn said(refusal: &Refusal) -> String {
    let text = refusal.text();
    let help = refusal.help.as_ref().filter(|_| refusal.by == By::Belfry);
    match help {
        Some(help) => format!("{text} ({help})"),
        None => text,
    }
}

/// A moment as the engine of queries takes it, in UTC.
pub(super) fn moment(at: Millis) -> DateTime {
    let text = at.to_rfc3339();
    text.trim_end_matches('Z').parse().unwrap_or_default()
}
