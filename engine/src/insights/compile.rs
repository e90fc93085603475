use super::choices::Choices;
use super::parse::{self, Parsed};
use super::query::Query;
use super::resolve;
use super::saved::{Expanded, NoSavedQueries, SavedQueries, expand};
use crate::diag::{Diagnostic, Severity, Span, has_errors, query};

/// Parses and checks `text`. On success warnings may come along; on failure at least one error.
pub fn compile(text: &str) -> Result<(Query, Vec<Diagnostic>), Vec<Diagnostic>> {
    compile_with(text, &NoSavedQueries)
}

/// [`compile_with`] for a query with choices of its own where AWS is silent.
pub fn compile_chosen(
    text: &str,
    saved: &dyn SavedQueries,
    choices: Choices,
) -> Result<(Query, Vec<Diagnostic>), Vec<Diagnostic>> {
    let (query, warnings) = compile_with(text, saved)?;
    Ok((query.chosen(choices)?, warnings))
}

/// [`compile`] for a text that may call saved queries. All places are those of `text`.
pub fn compile_with(
    text: &str,
    saved: &dyn SavedQueries,
) -> Result<(Query, Vec<Diagnostic>), Vec<Diagnostic>> {
    let read = parse::read(text);
    if read.calls.is_empty() {
        return resolved(text, read);
    }
    match (
        has_errors(&read.diagnostics),
        expand(text, &read.calls, saved),
    ) {
        (false, Ok(expanded)) => compile_expanded(&expanded),
        (_, expanded) => {
            let mut found = read.diagnostics;
            found.extend(expanded.err().into_iter().flatten());
            found.sort_by_key(|d| d.primary.span);
            Err(found)
        }
    }
}

/// Compiles a text that was put together. All places are those of what it was put together from.
pub(super) fn compile_expanded(
    expanded: &Expanded,
) -> Result<(Query, Vec<Diagnostic>), Vec<Diagnostic>> {
    let told = |found: Vec<Diagnostic>| {
        let mut told: Vec<_> = found.into_iter().map(|d| expanded.told(d)).collect();
        told.sort_by_key(|d| d.primary.span);
        told
    };
    match resolved(&expanded.text, parse::read(&expanded.text)) {
        Ok((mut query, warnings)) => {
            for (_, span) in &mut query.plan.reads {
                *span = expanded.written(*span);
            }
            for (_, span) in &mut query.plan.standard_only {
                *span = expanded.written(*span);
            }
            Ok((query, told(warnings)))
        }
        Err(found) => Err(told(found)),
    }
}

fn resolved(text: &str, read: Parsed) -> Result<(Query, Vec<Diagnostic>), Vec<Diagnostic>> {
    let (ast, mut diagnostics) = (read.ast, read.diagnostics);
    let (plan, found) = resolve::resolve(&ast, Choices::default());
    let broken: Vec<Span> = diagnostics
        .iter()
        .filter(|d| d.severity == Severity::Error)
        .map(|d| d.primary.span)
        .collect();
    let counts = |d: &Diagnostic| {
        broken.is_empty() || (stands_alone(d) && !broken.contains(&d.primary.span))
    };
    diagnostics.extend(found.into_iter().filter(counts));
    diagnostics.sort_by_key(|d| d.primary.span);
    if has_errors(&diagnostics) {
        return Err(diagnostics);
    }
    let source = ast.source;
    let text = text.to_owned();
    Ok((Query { text, source, plan }, diagnostics))
}

/// Whether a finding holds even though other commands could not be read: those about names may be
/// their consequence.
fn stands_alone(diagnostic: &Diagnostic) -> bool {
    [
        &query::UNKNOWN_FUNCTION,
        &query::ARGUMENT_COUNT,
        &query::ARGUMENT_KIND,
        &query::BAD_REGEX,
    ]
    .contains(&diagnostic.code)
}
