use std::collections::BTreeMap;
use std::path::Path;

use belfry_engine::diag::{Diagnostic, Span, suite as codes};

use super::alarm_head::AlarmHead;
use super::alarm_metric::Watch;
use super::names::one_of;
use super::section::{Section, Text};

/// An alarm on one metric, or on metric math.
#[derive(Clone, Debug, PartialEq)]
pub struct Alarm {
    /// What alarms of every kind have.
    pub head: AlarmHead,
    /// What it watches.
    pub watch: Watch,
    /// N.
    pub evaluation_periods: i64,
    /// M; N where absent.
    pub datapoints_to_alarm: Option<i64>,
    /// What it compares with.
    pub limit: Limit,
    /// AWS's name of the comparison.
    pub comparison: &'static str,
    /// AWS's word; `missing` where absent.
    pub treat_missing_data: Option<String>,
}

/// What an alarm compares with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Limit {
    /// A number.
    Threshold(f64),
    /// An anomaly detection band, so many standard deviations wide to each side. CloudWatch does not publish the model, so that
    /// such an alarm is planned and applied and never evaluated locally.
    Band(f64),
}

/// AWS's names of comparisons with a band, and the signs that stand for them: outside, above, below.
const BAND_COMPARISONS: &[(&str, &str)] = &[
    ("<>", "LessThanLowerOrGreaterThanUpperThreshold"),
    (">", "GreaterThanUpperThreshold"),
    ("<", "LessThanLowerThreshold"),
];

/// AWS's names of comparisons, and the signs that stand for them.
const COMPARISONS: &[(&str, &str)] = &[
    (">", "GreaterThanThreshold"),
    (">=", "GreaterThanOrEqualToThreshold"),
    ("<", "LessThanThreshold"),
    ("<=", "LessThanOrEqualToThreshold"),
];
pub(super) const MISSING_DATA: &[&str] = &["missing", "notBreaching", "breaching", "ignore"];

/// What an alarm may refer to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Surroundings<'a> {
    pub(super) folder: &'a Path,
    pub(super) topics: &'a [&'a str],
    pub(super) variables: &'a BTreeMap<String, String>,
    pub(super) prefix: &'a str,
}

impl Surroundings<'_> {
    pub(super) fn head(
        &self,
        cx: &mut Vec<Diagnostic>,
        section: &mut Section<'_>,
    ) -> Option<AlarmHead> {
        AlarmHead::read(cx, section, self.folder, self.topics, self.prefix)
    }
}

impl Alarm {
    /// Why it cannot be evaluated here, where it cannot.
    pub fn unevaluated(&self) -> Option<&'static str> {
        let reason =
            "it compares with an anomaly detection band, whose model CloudWatch does not publish";
        matches!(self.limit, Limit::Band(_)).then_some(reason)
    }

    pub(super) fn read(
        cx: &mut Vec<Diagnostic>,
        mut section: Section<'_>,
        around: &Surroundings<'_>,
    ) -> Option<Self> {
        let head = around.head(cx, &mut section);
        let watch = Watch::read(cx, &mut section, around.variables);
        let evaluation_periods = section.required_integer(cx, "evaluation_periods");
        let datapoints_to_alarm = section.integer(cx, "datapoints_to_alarm");
        let limit = Limit::read(cx, &mut section);
        let comparison = section.required_string(cx, "comparison");
        let treat_missing_data = section.string(cx, "treat_missing_data");
        section.finish(cx);
        if let Some(text) = &treat_missing_data {
            one_of(cx, "treat_missing_data", text, MISSING_DATA);
        }
        check_counts(cx, evaluation_periods, datapoints_to_alarm, watch.as_ref());
        let comparison = comparison.and_then(|text| match limit {
            Some(Limit::Band(_)) => named(cx, &text, BAND_COMPARISONS),
            Some(Limit::Threshold(_)) | None => comparison_of(cx, &text),
        });
        Some(Self {
            head: head?,
            watch: watch?,
            evaluation_periods: evaluation_periods?.0,
            datapoints_to_alarm: datapoints_to_alarm.map(|(count, _)| count),
            limit: limit?,
            comparison: comparison?,
            treat_missing_data: treat_missing_data.map(|text| text.value),
        })
    }

    /// Whether it watches what the account is charged, which AWS keeps in one region only.
    pub fn is_billing(&self) -> bool {
        let stats: Vec<_> = match &self.watch {
            Watch::Metric(stat) => vec![stat],
            Watch::Math { metrics, .. } => metrics.iter().map(|query| &query.stat).collect(),
        };
        stats
            .iter()
            .any(|stat| stat.metric.namespace == "AWS/Billing")
    }
}

impl Limit {
    /// `threshold`, or `anomaly_band` beside one metric.
    fn read(cx: &mut Vec<Diagnostic>, section: &mut Section<'_>) -> Option<Self> {
        if !section.has("anomaly_band") {
            return section
                .required_number(cx, "threshold")
                .map(Self::Threshold);
        }
        let at = section.at_key("anomaly_band");
        let width = section.number(cx, "anomaly_band");
        let mut refuse = |message: &str| {
            cx.push(Diagnostic::error(&codes::EITHER_OR, at, message));
        };
        if section.has("threshold") {
            refuse("an alarm compares either with a `threshold` or with an `anomaly_band`");
        }
        if section.has("expression") {
            refuse("an `anomaly_band` is made of one `metric`, not of an expression");
        }
        if let Some(width) = width
            && width <= 0.0
        {
            let message = "a band has a width: a number of standard deviations above 0, such as 2";
            cx.push(Diagnostic::error(&codes::OUT_OF_RANGE, at, message));
        }
        width.map(Self::Band)
    }
}

pub(super) fn comparison_of(cx: &mut Vec<Diagnostic>, text: &Text) -> Option<&'static str> {
    named(cx, text, COMPARISONS)
}

fn named(
    cx: &mut Vec<Diagnostic>,
    text: &Text,
    comparisons: &[(&str, &'static str)],
) -> Option<&'static str> {
    let found = comparisons
        .iter()
        .find(|(sign, name)| text.value == *sign || text.value == *name);
    if found.is_none() {
        let names: Vec<&str> = comparisons.iter().map(|(_, name)| *name).collect();
        one_of(cx, "comparison", text, &names);
    }
    found.map(|(_, name)| *name)
}

/// N is at least 1, M at most N, and the whole window as PutMetricAlarm limits it: a week, or a day
/// where the period is under an hour.
fn check_counts(
    cx: &mut Vec<Diagnostic>,
    periods: Option<(i64, Span)>,
    datapoints: Option<(i64, Span)>,
    watch: Option<&Watch>,
) {
    let Some((count, at)) = periods else { return };
    let mut refuse = |at, message: String| {
        cx.push(Diagnostic::error(&codes::OUT_OF_RANGE, at, message));
    };
    if count < 1 {
        refuse(at, "`evaluation_periods` is at least 1".to_owned());
    }
    if let Some((least, at)) = datapoints
        && !(1..=count).contains(&least)
    {
        refuse(
            at,
            format!("`datapoints_to_alarm` is between 1 and `evaluation_periods` ({count})"),
        );
    }
    let period = watch.map_or(60, Watch::period);
    let longest = if period < 3600 { 86_400 } else { 604_800 };
    if period.saturating_mul(count) > longest {
        refuse(
            at,
            format!("period times evaluation periods is at most {longest} seconds here"),
        );
    }
}
