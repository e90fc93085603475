use std::collections::BTreeSet;

use belfry_engine::dashboard::{self, MetricWidget, SeriesSource, WidgetKind};
use belfry_engine::diag::{
    Code, Diagnostic, Help, Severity, Span, check as codes, metric_math, metrics_insights, query,
};
use belfry_engine::insights::compile_with;
use belfry_engine::metrics::math::Expression;
use belfry_engine::metrics::sql::SqlQuery;

use super::{Check, Finding, Subject};
use crate::suite::{FILE_NAME, Watch};

/// An expression or a query inside another text that cannot be read.
pub(super) const CHECK: Check = Check {
    code: &codes::BROKEN_TEXT,
    look,
};

/// What is refused here and is right on AWS.
const AWS_TAKES: &[&Code] = &[
    &metric_math::NOT_SUPPORTED,
    &metrics_insights::NOT_SUPPORTED,
    &query::UNSUPPORTED_FIELD,
    &query::STRUCTURED_PLACE,
];

fn look(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    of_alarms(subject, findings);
    let callable = subject.suite.saved_queries();
    for board in &subject.suite.dashboards {
        let Ok(loaded) = dashboard::load(&board.source) else {
            continue;
        };
        for (index, widget) in loaded.dashboard.widgets.iter().enumerate() {
            let path = format!("/widgets/{index}/properties");
            let mut wrong = match &widget.kind {
                WidgetKind::Metric(metric) => of_series(metric, &path),
                // Other languages are not read here, which the drawing says.
                WidgetKind::Log(log) if log.refused.is_none() => {
                    let found = compile_with(&log.query, &callable).err();
                    vec![(format!("{path}/query"), found.unwrap_or_default())]
                }
                _ => Vec::new(),
            };
            for (path, diagnostics) in &mut wrong {
                let at = board.place_of(path);
                let shown = diagnostics
                    .drain(..)
                    .filter_map(|inner| told("a widget", &inner, at));
                findings.extend(shown.map(|diagnostic| Finding {
                    path: board.path.clone(),
                    on: board.subject(),
                    diagnostic,
                }));
            }
        }
    }
}

fn of_alarms(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for alarm in &subject.suite.alarms {
        let Watch::Math {
            metrics,
            expression,
        } = &alarm.watch
        else {
            continue;
        };
        let known = metrics.iter().map(|query| query.id.as_str());
        let who = format!("the alarm `{}`", alarm.head.name);
        for inner in of_expression(expression, known.collect()) {
            let diagnostic = told(&who, &inner, alarm.head.place);
            findings.extend(diagnostic.map(|diagnostic| Finding {
                path: FILE_NAME.to_owned(),
                on: format!("alarm.{}", alarm.head.name),
                diagnostic,
            }));
        }
    }
}

/// What is wrong with the expressions of a widget, by their places in the body.
fn of_series(widget: &MetricWidget, path: &str) -> Vec<(String, Vec<Diagnostic>)> {
    let known: BTreeSet<&str> = widget
        .series
        .iter()
        .filter_map(|s| s.id.as_deref())
        .collect();
    let mut wrong = Vec::new();
    for (index, series) in widget.series.iter().enumerate() {
        if let SeriesSource::Expression(text) = &series.source {
            let found = of_expression(text, known.clone());
            wrong.push((format!("{path}/metrics/{index}"), found));
        }
    }
    wrong
}

/// Metric math or Metrics Insights, with the ids around it.
fn of_expression(text: &str, known: BTreeSet<&str>) -> Vec<Diagnostic> {
    if SqlQuery::is_meant(text) {
        return SqlQuery::parse(text).err().unwrap_or_default();
    }
    match Expression::parse(text) {
        Err(wrong) => wrong,
        Ok(expression) => expression.unknown_ids(known),
    }
}

/// The mistake in its own words, at the text that holds it; remarks are left out.
fn told(who: &str, inner: &Diagnostic, at: Span) -> Option<Diagnostic> {
    let code = inner.code.name;
    let message = format!(
        "{who} holds a text that CloudWatch cannot read: {} ({code})",
        inner.message
    );
    let help = match &inner.help {
        Some(Help::Text(text)) => text.clone(),
        Some(Help::Replace { text, message, .. }) => format!("{message}: `{text}`"),
        None => format!("`belfry explain {code}` tells more"),
    };
    let is_wrong = inner.severity == Severity::Error && !AWS_TAKES.contains(&inner.code);
    is_wrong.then(|| Diagnostic::error(CHECK.code, at, message).help(help))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told_of(text: &str) -> Vec<String> {
        let found = of_expression(text, BTreeSet::from(["m1"]));
        let shown = found
            .iter()
            .filter_map(|inner| told("a widget", inner, Span::default()));
        shown.map(|diagnostic| diagnostic.message).collect()
    }

    #[test]
    fn what_aws_takes_and_belfry_does_not_is_no_finding() {
        assert_eq!(told_of("ANOMALY_DETECTION_BAND(m1, 2)"), [""; 0]);
    }

    #[test]
    fn an_id_that_no_metric_has_is_one() {
        let told = told_of("m1 + m2");
        assert!(told[0].contains("`m2`"), "{told:?}");
    }
}
