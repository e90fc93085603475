use serde_json::Value;

use super::annotations::annotations;
use super::axis::axes;
use super::members::{Members, Problems};
use super::series::series;
use super::{Axis, HorizontalLine, Legend, Series, VerticalLine, View};

/// A widget of type `metric`.
#[derive(Clone, Debug, PartialEq)]
pub struct MetricWidget {
    /// Above it.
    pub title: Option<String>,
    /// Where its metrics are.
    pub region: String,
    /// How it is drawn; `None` is a table.
    pub view: Option<View>,
    /// Areas on top of each other.
    pub stacked: bool,
    /// Seconds; 300 where the body gives none.
    pub period: i64,
    /// `Average` where the body gives none.
    pub stat: String,
    /// Where the legend stands.
    pub legend: Legend,
    /// The left axis.
    pub left: Axis,
    /// The right axis.
    pub right: Axis,
    /// Metrics and expressions.
    pub series: Vec<Series>,
    /// An alarm's ARN whose metric is drawn in place of `series`.
    pub alarm: Option<String>,
    /// Lines at values.
    pub horizontal: Vec<HorizontalLine>,
    /// Lines at moments.
    pub vertical: Vec<VerticalLine>,
    /// One period as long as the time range.
    pub period_is_range: bool,
    /// Why it cannot be drawn here, where it cannot.
    pub refused: Option<String>,
}

const KNOWN: &[&str] = &[
    "metrics",
    "region",
    "accountId",
    "title",
    "view",
    "stacked",
    "period",
    "stat",
    "legend",
    "liveData",
    "sparkline",
    "timezone",
    "yAxis",
    "annotations",
    "table",
    "setPeriodToTimeRange",
    "singleValueFullPrecision",
    "trend",
    "labels",
    "start",
    "end",
];

const VIEWS: &[(&str, Option<View>)] = &[
    ("timeSeries", Some(View::TimeSeries)),
    ("singleValue", Some(View::SingleValue)),
    ("gauge", Some(View::Gauge)),
    ("bar", Some(View::Bar)),
    ("pie", Some(View::Pie)),
    ("table", None),
];

const LEGENDS: &[(&str, Legend)] = &[
    ("bottom", Legend::Bottom),
    ("right", Legend::Right),
    ("hidden", Legend::Hidden),
];

/// Reads the properties of a metric widget.
pub(super) fn metric_widget(value: &Value, path: &str, cx: &mut Problems) -> Option<MetricWidget> {
    let members = Members::of(value, path, KNOWN, cx);
    let lines = annotations(members.get("annotations"), &members.at("annotations"), cx);
    if lines.alarms.is_empty() {
        members.required("metrics", cx);
    }
    let entries = members.array("metrics", cx).unwrap_or_default();
    let series = series(entries, &members.at("metrics"), cx);
    // The alarm's ARN names its region; AWS's own samples leave the member out there
    // (aws-samples/cloudwatch-dashboards-cloudformation-sample).
    let of_alarm = lines.alarms.first().and_then(|arn| arn.split(':').nth(3));
    if of_alarm.is_none() {
        members.required("region", cx);
    }
    let (left, right) = axes(members.get("yAxis"), &members.at("yAxis"), cx);
    let view = members
        .one_of("view", VIEWS, cx)
        .unwrap_or(Some(View::TimeSeries));
    if view == Some(View::Gauge) && (left.min.is_none() || left.max.is_none()) {
        cx.error(
            &members.at("yAxis"),
            "Should have required property 'left.min' and 'left.max' for a gauge",
        );
    }
    let refused = refusal(&members, &series, cx);
    Some(MetricWidget {
        refused,
        title: members.text("title", cx),
        region: match members.text("region", cx) {
            Some(region) => region,
            None => of_alarm?.to_owned(),
        },
        view,
        stacked: members.boolean("stacked", false, cx),
        period: period(&members, cx),
        stat: members
            .text("stat", cx)
            .unwrap_or_else(|| "Average".to_owned()),
        legend: legend(&members, cx),
        left,
        right,
        series,
        alarm: lines.alarms.into_iter().next(),
        horizontal: lines.horizontal,
        vertical: lines.vertical,
        period_is_range: members.boolean("setPeriodToTimeRange", false, cx),
    })
}

/// What a drawing would have to take into account and does not.
fn refusal(members: &Members<'_>, series: &[Series], cx: &mut Problems) -> Option<String> {
    let elsewhere = elsewhere(members, cx);
    let zone = members
        .string("timezone", cx)
        .filter(|zone| *zone != "+0000");
    let zone = zone.map(|zone| format!("times in zone `{zone}` are not drawn here: only in UTC"));
    let foreign = series.iter().find_map(|series| {
        let account = series.account.as_ref().map(|a| format!("account `{a}`"));
        account.or_else(|| series.region.as_ref().map(|r| format!("region `{r}`")))
    });
    let foreign = foreign.map(|place| format!("metrics of their own {place} are not drawn here"));
    elsewhere.or(zone).or(foreign)
}

/// Another account, or a time range of the widget's own.
pub(super) fn elsewhere(members: &Members<'_>, cx: &mut Problems) -> Option<String> {
    let account = members.string("accountId", cx);
    let account =
        account.map(|id| format!("data of account `{id}` by `accountId` are not drawn here"));
    let range = ["start", "end"]
        .into_iter()
        .find(|name| members.get(name).is_some());
    let range = range.map(|name| {
        format!(
            "a time range of the widget's own (`{name}`) is not drawn here: only the dashboard's"
        )
    });
    account.or(range)
}

fn period(members: &Members<'_>, cx: &mut Problems) -> i64 {
    let period = members.integer("period", cx).unwrap_or(300);
    if matches!(period, 1 | 5 | 10 | 20 | 30) || (period > 0 && period % 60 == 0) {
        return period;
    }
    cx.error(&members.at("period"), "Should be multiple of 60");
    300
}

fn legend(members: &Members<'_>, cx: &mut Problems) -> Legend {
    let Some(value) = members.get("legend") else {
        return Legend::Bottom;
    };
    let legend = Members::of(value, &members.at("legend"), &["position"], cx);
    legend.one_of("position", LEGENDS, cx).unwrap_or_default()
}
