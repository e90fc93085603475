use belfry_engine::alarms::{Aggregation, Schedule};
use belfry_engine::diag::{Diagnostic, Span, suite as codes};
use belfry_engine::insights;

use super::alarm::{MISSING_DATA, Surroundings, comparison_of};
use super::alarm_head::AlarmHead;
use super::metric_filter::within;
use super::names::{declared, one_of};
use super::section::{Section, Text};
use super::variables::substitute;

/// An alarm on the answers of a Logs Insights query that runs on a schedule (PutLogAlarm).
#[derive(Clone, Debug, PartialEq)]
pub struct LogAlarm {
    /// What alarms of every kind have.
    pub head: AlarmHead,
    /// Logs Insights.
    pub query: String,
    /// Log groups of the suite.
    pub log_groups: Vec<String>,
    /// `count(*)`, or another function, and `by` fields: what becomes of the rows of the answer.
    pub aggregation: String,
    /// `rate(5 minutes)`.
    pub schedule: String,
    /// Seconds before a run at which the query's range begins.
    pub start_offset: i64,
    /// Seconds before a run at which it ends.
    pub end_offset: i64,
    /// The role that runs the query.
    pub role: String,
    /// N.
    pub results_to_evaluate: i64,
    /// M.
    pub results_to_alarm: i64,
    /// The threshold.
    pub threshold: f64,
    /// AWS's name of the comparison.
    pub comparison: &'static str,
    /// AWS's word; `missing` where absent.
    pub treat_missing_data: Option<String>,
}

/// Query results that a log alarm evaluates at most (user guide, log alarms).
const MOST_RESULTS: i64 = 100;

impl LogAlarm {
    pub(super) fn read(
        cx: &mut Vec<Diagnostic>,
        mut section: Section<'_>,
        around: &Surroundings<'_>,
        groups: &[&str],
        source: &str,
    ) -> Option<Self> {
        let head = around.head(cx, &mut section);
        let asked = Asked::read(cx, &mut section, around, groups, source);
        let evaluated = section.required_integer(cx, "results_to_evaluate");
        let to_alarm = section.required_integer(cx, "results_to_alarm");
        let threshold = section.required_number(cx, "threshold");
        let comparison = section.required_string(cx, "comparison");
        let treat_missing_data = section.string(cx, "treat_missing_data");
        section.finish(cx);
        if let Some(text) = &treat_missing_data {
            one_of(cx, "treat_missing_data", text, MISSING_DATA);
        }
        check_counts(cx, evaluated, to_alarm);
        let comparison = comparison.and_then(|text| comparison_of(cx, &text));
        let (head, asked) = (head?, asked?);
        Some(Self {
            head,
            query: asked.query,
            log_groups: asked.log_groups,
            aggregation: asked.aggregation,
            schedule: asked.schedule,
            start_offset: asked.offsets.0,
            end_offset: asked.offsets.1,
            role: asked.role,
            results_to_evaluate: evaluated?.0,
            results_to_alarm: to_alarm?.0,
            threshold: threshold?,
            comparison: comparison?,
            treat_missing_data: treat_missing_data.map(|text| text.value),
        })
    }
}

/// What is asked of the logs, when, and what becomes of the answer.
struct Asked {
    query: String,
    log_groups: Vec<String>,
    aggregation: String,
    schedule: String,
    offsets: (i64, i64),
    role: String,
}

impl Asked {
    fn read(
        cx: &mut Vec<Diagnostic>,
        section: &mut Section<'_>,
        around: &Surroundings<'_>,
        groups: &[&str],
        source: &str,
    ) -> Option<Self> {
        let query = section.required_string(cx, "query");
        let log_groups = section.strings(cx, "log_groups");
        let aggregation = section.required_string(cx, "aggregation");
        let schedule = section.required_string(cx, "schedule");
        let start = section.required_integer(cx, "start_offset");
        let end = section.integer(cx, "end_offset").map_or(0, |(end, _)| end);
        let role = section.required_string(cx, "role");
        for group in &log_groups {
            declared(cx, "log group", group, groups);
        }
        if !(1..=50).contains(&log_groups.len()) {
            let message = format!(
                "a log alarm asks 1 to 50 log groups, not {}",
                log_groups.len()
            );
            let at = section.at_key("log_groups");
            cx.push(
                Diagnostic::error(&codes::OUT_OF_RANGE, at, message)
                    .help("add `log_groups = [\"…\"]`"),
            );
        }
        if let Some(query) = &query {
            check_query(cx, query, source);
        }
        if let Some(text) = &aggregation
            && let Err(error) = Aggregation::parse(&text.value)
        {
            cx.push(Diagnostic::error(
                &codes::WRONG_VALUE,
                text.at,
                error.message,
            ));
        }
        if let (Some(text), Some((start, _))) = (&schedule, start)
            && let Err(error) = Schedule::read(&text.value, start, Some(end))
        {
            cx.push(Diagnostic::error(
                &codes::WRONG_VALUE,
                text.at,
                error.message,
            ));
        }
        let role = role.map(|role| {
            let at = role.at.start + 1;
            let value = substitute(cx, &role.value, at, around.variables, str::to_owned);
            check_role(cx, &value, role.at);
            value
        });
        Some(Self {
            query: query?.value.trim().to_owned(),
            log_groups: log_groups.into_iter().map(|group| group.value).collect(),
            aggregation: aggregation?.value,
            schedule: schedule?.value,
            offsets: (start?.0, end),
            role: role?,
        })
    }
}

/// Mistakes of the query stand at their places in the file.
fn check_query(cx: &mut Vec<Diagnostic>, query: &Text, source: &str) {
    let found = match insights::compile(&query.value) {
        Ok((query_plan, warnings)) => {
            if query_plan.source().is_some() {
                let message = "a log alarm's query has no SOURCE: `log_groups` names what it asks";
                cx.push(Diagnostic::error(&codes::WRONG_VALUE, query.at, message));
            }
            warnings
        }
        Err(mistakes) => mistakes,
    };
    for mut diagnostic in found {
        diagnostic.primary.span = within(query, diagnostic.primary.span, source);
        diagnostic.secondary.clear();
        diagnostic.help = None;
        cx.push(diagnostic);
    }
}

fn check_role(cx: &mut Vec<Diagnostic>, role: &str, at: Span) {
    if !(role.starts_with("arn:") && role.contains(":iam::") && role.contains(":role/")) {
        let message = format!("`{role}` is not the ARN of a role");
        cx.push(
            Diagnostic::error(&codes::WRONG_VALUE, at, message)
                .help("such as `arn:aws:iam::${account}:role/log-alarms`"),
        );
    }
}

fn check_counts(
    cx: &mut Vec<Diagnostic>,
    evaluated: Option<(i64, Span)>,
    to_alarm: Option<(i64, Span)>,
) {
    let Some((count, at)) = evaluated else { return };
    if !(1..=MOST_RESULTS).contains(&count) {
        let message = format!("`results_to_evaluate` is between 1 and {MOST_RESULTS}");
        cx.push(Diagnostic::error(&codes::OUT_OF_RANGE, at, message));
    }
    if let Some((least, at)) = to_alarm
        && !(1..=count).contains(&least)
    {
        let message =
            format!("`results_to_alarm` is between 1 and `results_to_evaluate` ({count})");
        cx.push(Diagnostic::error(&codes::OUT_OF_RANGE, at, message));
    }
}
