use belfry_engine::diag::{Diagnostic, Span, check, nearest, suite as codes};
use jiff::civil::Date;

use super::names::one_of;
use super::section::{Section, Text};

/// A finding that somebody decided to live with for a while: `[[allow]]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// Which kind of finding: `C0102`.
    pub code: String,
    /// On what: `alarm.fraud-cpu-high`.
    pub on: String,
    /// Why.
    pub reason: String,
    /// The last day on which it holds, in UTC.
    pub until: Date,
    at: Span,
    until_at: Span,
}

/// What findings are about.
const KINDS: &[&str] = &[
    "alarm",
    "dashboard",
    "log_group",
    "metric_filter",
    "named_query",
    "query",
    "topic",
    "variable",
];

impl Allowance {
    /// Where belfry.toml names the code.
    pub fn place(&self) -> Span {
        self.at
    }

    /// Where belfry.toml names the last day.
    pub fn place_of_end(&self) -> Span {
        self.until_at
    }

    pub(super) fn read(cx: &mut Vec<Diagnostic>, mut section: Section<'_>) -> Option<Self> {
        let code = section.required_string(cx, "code");
        let on = section.required_string(cx, "on");
        let reason = section.required_string(cx, "reason");
        let until = section.required_string(cx, "until");
        section.finish(cx);
        let is_code = code.as_ref().is_some_and(|code| check_code(cx, code));
        let is_subject = on.as_ref().is_some_and(|on| check_subject(cx, on));
        let day = until.as_ref().and_then(|until| day(cx, until));
        let (code, until) = (code?, until?);
        (is_code && is_subject).then_some(Self {
            at: code.at,
            code: code.value,
            on: on?.value,
            reason: reason?.value,
            until: day?,
            until_at: until.at,
        })
    }
}

/// Only what checks find of a valid suite can be allowed, and not what they find of allowances.
fn check_code(cx: &mut Vec<Diagnostic>, code: &Text) -> bool {
    let about_allowances = [&check::ENDED_ALLOWANCE, &check::IDLE_ALLOWANCE];
    let known = check::CODES
        .iter()
        .filter(|c| !about_allowances.contains(c));
    let known: Vec<&str> = known.map(|code| code.name).collect();
    one_of(cx, "code", code, &known)
}

/// `alarm.NAME`, `topic.NAME`, `dashboard.STEM`, `query.STEM`.
fn check_subject(cx: &mut Vec<Diagnostic>, on: &Text) -> bool {
    let (kind, name) = on.value.split_once('.').unwrap_or((&on.value, ""));
    if KINDS.contains(&kind) && !name.is_empty() {
        return true;
    }
    let message = format!("`{}` names nothing of a suite", on.value);
    let diagnostic = Diagnostic::error(&codes::WRONG_VALUE, on.at, message);
    cx.push(match nearest(kind, KINDS.iter().copied()) {
        Some(near) if !name.is_empty() => diagnostic.help(format!(
            "a kind with a similar name exists: `{near}.{name}`"
        )),
        _ => diagnostic
            .help("`alarm.NAME`, `metric_filter.NAME`, `log_group.NAME`, `topic.NAME`, `variable.NAME`, `dashboard.FILE` or `query.FILE`, files without their endings"),
    });
    false
}

fn day(cx: &mut Vec<Diagnostic>, until: &Text) -> Option<Date> {
    let day = until.value.parse::<Date>().ok();
    let day = day.filter(|day| day.to_string() == until.value);
    if day.is_none() {
        let message = format!("`{}` is no day", until.value);
        cx.push(
            Diagnostic::error(&codes::WRONG_VALUE, until.at, message)
                .help("the last day on which it holds, such as \"2027-03-01\""),
        );
    }
    day
}
