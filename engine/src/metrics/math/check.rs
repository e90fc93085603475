use std::collections::BTreeSet;

use super::ast::{Node, NodeKind};
use super::calculate::{Environment, MathError};
use super::evaluate::evaluate;
use super::functions::{Function, check_search, find, names, refusal, search_period};
use super::parse::parse;
use super::value::Value;
use crate::diag::{Diagnostic, Span, metric_math as codes, nearest};
use crate::metrics::search::{Search, Searched};

/// A metric math expression whose functions are known and take as many arguments as are given.
#[derive(Clone, Debug)]
pub struct Expression {
    node: Node,
}

/// The names of all functions that are answered.
pub fn function_names() -> impl Iterator<Item = &'static str> {
    names()
}

impl Expression {
    /// Parses and checks `text`; the error holds everything found wrong.
    pub fn parse(text: &str) -> Result<Self, Vec<Diagnostic>> {
        let node = parse(text).map_err(|diagnostic| vec![*diagnostic])?;
        let mut wrong = Vec::new();
        node.visit(&mut |node| wrong.extend(check_call(node)));
        node.visit(&mut |node| wrong.extend(check_arguments(node)));
        if wrong.is_empty() {
            Ok(Self { node })
        } else {
            Err(wrong)
        }
    }

    /// The ids it names, each with its place.
    pub fn ids(&self) -> Vec<(&str, Span)> {
        let mut ids = Vec::new();
        self.node.visit(&mut |node| {
            if let NodeKind::Id(id) = &node.kind {
                ids.push((id.as_str(), node.span));
            }
        });
        ids
    }

    /// What is wrong with its ids where only `known` ones exist.
    pub fn unknown_ids<'k>(&self, known: impl IntoIterator<Item = &'k str>) -> Vec<Diagnostic> {
        let known: BTreeSet<&str> = known.into_iter().collect();
        let unknown = self.ids().into_iter().filter(|(id, _)| !known.contains(id));
        unknown
            .map(|(id, span)| unknown_id(id, span, known.iter().copied()))
            .collect()
    }

    /// What the ids of the metrics hold that its calls of `METRICS` take; empty texts where they take all.
    pub(in crate::metrics) fn metrics_parts(&self) -> Vec<&str> {
        let calls = self.calls("METRICS").into_iter();
        calls
            .map(|arguments| text_of(arguments.first()).unwrap_or_default())
            .collect()
    }

    /// How often it searches for metrics.
    pub fn searches(&self) -> usize {
        self.calls("SEARCH").len()
    }

    /// What each of its searches asks for: `(what, statistic, period)`.
    pub fn searched(&self) -> Vec<(Searched, Option<&str>, Option<i64>)> {
        let calls = self.calls("SEARCH");
        let all = calls.into_iter().filter_map(|arguments| {
            let search = Search::parse(text_of(arguments.first())?).ok()?;
            let statistic = text_of(arguments.get(1));
            Some((search.searched(), statistic, search_period(arguments)))
        });
        all.collect()
    }

    /// The longest period in seconds that a SEARCH of it names.
    pub(in crate::metrics) fn search_period(&self) -> Option<i64> {
        let calls = self.calls("SEARCH");
        calls.into_iter().filter_map(search_period).max()
    }

    /// The arguments of each call of a function.
    fn calls(&self, function: &str) -> Vec<&[Node]> {
        let mut calls = Vec::new();
        self.node.visit(&mut |node| match &node.kind {
            NodeKind::Call {
                name, arguments, ..
            } if name == function => calls.push(arguments.as_slice()),
            _ => {}
        });
        calls
    }

    /// Works it out; the result is a time series or an array of them.
    pub(in crate::metrics) fn evaluate(
        &self,
        environment: &dyn Environment,
    ) -> Result<Value, MathError> {
        evaluate(&self.node, environment)
    }

    /// The complaint that its value is no time series.
    pub(in crate::metrics) fn not_a_series(&self, value: &Value) -> Diagnostic {
        let message = format!(
            "the expression gives {}, expected a time series",
            value.kind()
        );
        Diagnostic::error(&codes::NOT_A_SERIES, self.node.span, message)
            .help("TIME_SERIES(…) makes a time series of a scalar")
    }
}

fn text_of(node: Option<&Node>) -> Option<&str> {
    match node.map(|node| &node.kind) {
        Some(NodeKind::Text(text)) => Some(text),
        _ => None,
    }
}

pub(in crate::metrics) fn unknown_id<'k>(
    id: &str,
    span: Span,
    known: impl IntoIterator<Item = &'k str>,
) -> Diagnostic {
    let diagnostic = Diagnostic::error(&codes::UNKNOWN_ID, span, format!("unknown id `{id}`"));
    if let Some(function) = find(id) {
        return diagnostic.help(format!(
            "`{}` is a function: {}",
            function.name, function.usage
        ));
    }
    match nearest(id, known) {
        Some(near) => diagnostic.replace(span, near, "an id with a similar name exists"),
        None => diagnostic,
    }
}

fn check_call(node: &Node) -> Option<Diagnostic> {
    let NodeKind::Call {
        name,
        name_span,
        arguments,
    } = &node.kind
    else {
        return None;
    };
    match find(name) {
        Some(function) => check_count(function, arguments.len(), node.span),
        None => Some(unknown_function(name, *name_span)),
    }
}

/// Arguments that are texts of a language of their own.
fn check_arguments(node: &Node) -> Vec<Diagnostic> {
    match &node.kind {
        NodeKind::Call {
            name, arguments, ..
        } if name == "SEARCH" => check_search(arguments),
        _ => Vec::new(),
    }
}

fn check_count(function: &Function, found: usize, span: Span) -> Option<Diagnostic> {
    if (function.least..=function.most).contains(&found) {
        return None;
    }
    let expected = match (function.least, function.most) {
        (least, most) if least == most => least.to_string(),
        (least, most) => format!("{least} to {most}"),
    };
    let message = format!(
        "`{}` takes {expected} arguments, found {found}",
        function.name
    );
    let diagnostic = Diagnostic::error(&codes::WRONG_ARGUMENT_COUNT, span, message);
    Some(diagnostic.help(format!("{}: {}", function.usage, function.summary)))
}

fn unknown_function(name: &str, span: Span) -> Diagnostic {
    if let Some(reason) = refusal(name) {
        let message = format!("`{name}` is not supported here: {reason}");
        return Diagnostic::error(&codes::NOT_SUPPORTED, span, message);
    }
    let message = format!("unknown function `{name}`");
    let diagnostic = Diagnostic::error(&codes::UNKNOWN_FUNCTION, span, message);
    match nearest(name, names()) {
        Some(near) => diagnostic.replace(span, near, "a function with a similar name exists"),
        None => diagnostic,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Help;

    fn first(text: &str) -> Diagnostic {
        Expression::parse(text).unwrap_err().remove(0)
    }

    #[test]
    fn a_misspelt_function_is_named_with_its_neighbour() {
        let found = first("100 * RAET(m1)");
        assert_eq!(
            (found.code.name, found.primary.span),
            ("M0301", Span::new(6, 10))
        );
        assert!(matches!(found.help, Some(Help::Replace { text, .. }) if text == "RATE"));
        assert!(
            matches!(first("rate(m1)").help, Some(Help::Replace { text, .. }) if text == "RATE")
        );
    }

    #[test]
    fn what_needs_more_than_this_machine_is_refused_by_name() {
        for name in [
            "ANOMALY_DETECTION_BAND",
            "INSIGHT_RULE_METRIC",
            "SERVICE_QUOTA",
            "DB_PERF_INSIGHTS",
            "LAMBDA",
        ] {
            let found = first(&format!("{name}('x', 'y')"));
            assert_eq!(found.code.name, "M0304");
            assert!(
                found
                    .message
                    .starts_with(&format!("`{name}` is not supported here: "))
            );
        }
    }

    #[test]
    fn arguments_are_counted() {
        assert_eq!(
            first("FILL(m1)").message,
            "`FILL` takes 2 arguments, found 1"
        );
        assert_eq!(
            first("IF(m1)").message,
            "`IF` takes 2 to 3 arguments, found 1"
        );
    }

    #[test]
    fn every_mistake_is_found_in_one_go() {
        assert_eq!(
            Expression::parse("FOO(m1) + BAR(m2) + ABS()")
                .unwrap_err()
                .len(),
            3
        );
    }

    #[test]
    fn unknown_ids_are_named_with_their_neighbours() {
        let expression = Expression::parse("errors / reqests").unwrap();
        let wrong = expression.unknown_ids(["errors", "requests"]);
        assert_eq!(wrong.len(), 1);
        assert!(matches!(&wrong[0].help, Some(Help::Replace { text, .. }) if text == "requests"));
    }
}
