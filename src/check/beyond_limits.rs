use belfry_engine::dashboard::{self, WidgetKind};
use belfry_engine::diag::{Diagnostic, Span, check as codes};
use belfry_engine::pattern::FilterPattern;

use super::{Check, Finding, Subject};
use crate::suite::{FILE_NAME, LogGroup, MetricFilter};

/// More than AWS takes, of what is counted over several texts.
pub(super) const CHECK: Check = Check {
    code: &codes::BEYOND_LIMITS,
    look,
};

/// Metrics of a dashboard, over all its widgets (CloudWatch user guide, "CloudWatch service quotas").
const METRICS_OF_A_DASHBOARD: usize = 2500;
/// Metric filters of a log group ("CloudWatch Logs quotas").
const FILTERS_OF_A_GROUP: usize = 100;
/// Metric filters of a log group that hold a regular expression (the same page).
const EXPRESSIONS_OF_A_GROUP: usize = 5;

fn look(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for board in &subject.suite.dashboards {
        let count = metrics(&board.source);
        if count > METRICS_OF_A_DASHBOARD {
            let message = format!("a dashboard of {count} metrics, {METRICS_OF_A_DASHBOARD} fit");
            let help = "split it, or let a SEARCH find what is alike";
            findings.push(Finding {
                path: board.path.clone(),
                on: board.subject(),
                diagnostic: Diagnostic::error(CHECK.code, Span::new(0, 1), message).help(help),
            });
        }
    }
    for group in &subject.suite.log_groups {
        let filters = subject.suite.metric_filters.iter();
        let filters: Vec<_> = filters.filter(|f| f.log_group == group.name).collect();
        of_group(group, &filters, findings);
    }
}

fn of_group(group: &LogGroup, filters: &[&MetricFilter], findings: &mut Vec<Finding>) {
    let has_expression = |filter: &&&MetricFilter| {
        let pattern = FilterPattern::parse(&filter.pattern);
        pattern.is_ok_and(|pattern| pattern.regular_expressions() > 0)
    };
    let expressions = filters.iter().filter(has_expression).count();
    let counts = [
        (filters.len(), FILTERS_OF_A_GROUP, "metric filters"),
        (
            expressions,
            EXPRESSIONS_OF_A_GROUP,
            "metric filters with regular expressions",
        ),
    ];
    for (count, most, what) in counts {
        if let (true, Some(last)) = (count > most, filters.last()) {
            let message = format!(
                "the log group `{}` has {count} {what}, {most} fit",
                group.name
            );
            findings.push(Finding {
                path: FILE_NAME.to_owned(),
                on: format!("log_group.{}", group.name),
                diagnostic: Diagnostic::error(CHECK.code, last.place(), message)
                    .help("join filters whose patterns are alternatives of one"),
            });
        }
    }
}

fn metrics(body: &str) -> usize {
    let Ok(loaded) = dashboard::load(body) else {
        return 0;
    };
    let widgets = loaded.dashboard.widgets.iter();
    widgets
        .map(|widget| match &widget.kind {
            WidgetKind::Metric(metric) => metric.series.len(),
            _ => 0,
        })
        .sum()
}
