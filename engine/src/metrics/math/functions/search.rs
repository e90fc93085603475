use super::function::{Call, Function};
use crate::diag::{Diagnostic, Span, metric_math as codes};
use crate::metrics::Statistic;
use crate::metrics::math::ast::{Node, NodeKind};
use crate::metrics::math::calculate::MathError;
use crate::metrics::math::value::Value;
use crate::metrics::search::Search;

pub(super) const FUNCTIONS: &[Function] = &[Function {
    name: "SEARCH",
    usage: "SEARCH('{AWS/ECS,ServiceName} MetricName=\"CPUUtilization\"', 'Average', 300)",
    summary: "all metrics that had data in the last two weeks and that a search finds, at most 500",
    least: 2,
    most: 3,
    call: search,
}];

fn search(call: &Call<'_>) -> Result<Value, MathError> {
    let (Some(Value::Text(text)), Some(Value::Text(statistic))) =
        (call.argument(0), call.argument(1))
    else {
        let place = usize::from(matches!(call.argument(0), Some(Value::Text(_))));
        return call.wrong(place, "text");
    };
    let found = Search::parse(text);
    let search = found.map_err(|wrong| bad(call.span, wrong.message))?;
    let statistic = Statistic::parse(statistic).map_err(|wrong| bad(call.span, wrong))?;
    Ok(Value::Array(call.environment.search(&search, statistic)))
}

fn bad(span: Span, message: String) -> Diagnostic {
    Diagnostic::error(&codes::BAD_SEARCH, span, message)
}

/// What is wrong with the arguments of a call of SEARCH, which are checked before anything is worked out.
pub(in crate::metrics::math) fn check_search(arguments: &[Node]) -> Vec<Diagnostic> {
    let mut wrong = Vec::new();
    let text = |node: &Node| match &node.kind {
        NodeKind::Text(text) => Some(text.clone()),
        _ => None,
    };
    match arguments.first().map(|node| (node, text(node))) {
        Some((node, Some(text))) => {
            if let Err(mistake) = Search::parse(&text) {
                // The text stands behind its quote.
                let start = node.span.start + 1;
                let span = Span::new(start + mistake.span.start, start + mistake.span.end);
                wrong.push(bad(span, mistake.message));
            }
        }
        Some((node, None)) => wrong.push(bad(node.span, "a search is a text in quotes".to_owned())),
        None => {}
    }
    match arguments.get(1).map(|node| (node, text(node))) {
        Some((node, Some(text))) => {
            wrong.extend(
                Statistic::parse(&text)
                    .err()
                    .map(|message| bad(node.span, message)),
            );
        }
        Some((node, None)) => {
            wrong.push(bad(node.span, "a statistic is a text in quotes".to_owned()));
        }
        None => {}
    }
    if let Some(node) = arguments.get(2)
        && period_of(node).is_none()
    {
        let message = "a period is 1, 5, 10, 20, 30 or a multiple of 60 seconds".to_owned();
        wrong.push(bad(node.span, message));
    }
    wrong
}

/// The period that a call of SEARCH names.
pub(in crate::metrics::math) fn search_period(arguments: &[Node]) -> Option<i64> {
    arguments.get(2).and_then(period_of)
}

fn period_of(node: &Node) -> Option<i64> {
    let NodeKind::Number(number) = node.kind else {
        return None;
    };
    let period: i64 = format!("{number}").parse().ok()?;
    let fits = [1, 5, 10, 20, 30].contains(&period) || (period > 0 && period % 60 == 0);
    fits.then_some(period)
}
