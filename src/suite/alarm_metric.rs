use std::collections::BTreeMap;

use belfry_engine::diag::{Diagnostic, Span, suite as codes};
use belfry_engine::metrics::Statistic;

use super::metric_filter::UNITS;
use super::names::one_of;
use super::section::Section;
use super::variables::substitute;

/// A metric by its full name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metric {
    /// `AWS/ECS`.
    pub namespace: String,
    /// `CPUUtilization`.
    pub name: String,
    /// The exact set.
    pub dimensions: BTreeMap<String, String>,
}

/// A metric under a statistic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetricStat {
    /// Which metric.
    pub metric: Metric,
    /// `Sum`, `p95`.
    pub statistic: String,
    /// Seconds.
    pub period: i64,
    /// Only samples of this unit.
    pub unit: Option<String>,
}

/// A metric that an expression names by its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MathQuery {
    /// `m1`.
    pub id: String,
    /// What it stands for.
    pub stat: MetricStat,
}

/// What an alarm watches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Watch {
    /// One metric.
    Metric(MetricStat),
    /// An expression over metrics.
    Math {
        /// The metrics.
        metrics: Vec<MathQuery>,
        /// The expression.
        expression: String,
    },
}

/// What a metric takes from the alarm around it where it has none of its own.
struct Around {
    period: Option<(i64, Span)>,
    statistic: Option<super::section::Text>,
}

impl Watch {
    /// Reads `metric`, or `metrics` and `expression`, with `statistic`, `period` and `unit`.
    pub(super) fn read(
        cx: &mut Vec<Diagnostic>,
        alarm: &mut Section<'_>,
        variables: &BTreeMap<String, String>,
    ) -> Option<Self> {
        let around = Around {
            period: alarm.integer(cx, "period"),
            statistic: alarm.string(cx, "statistic"),
        };
        let unit = alarm.string(cx, "unit");
        let expression = alarm.string(cx, "expression");
        let metrics = alarm.tables(cx, "metrics");
        let metric = alarm.table(cx, "metric");
        match (metric, expression, metrics.is_empty()) {
            (Some(mut section), None, true) => {
                let stat = read_stat(cx, &mut section, &around, variables);
                section.finish(cx);
                let mut stat = stat?;
                if stat.unit.is_none() {
                    stat.unit = checked_unit(cx, unit);
                }
                Some(Self::Metric(stat))
            }
            (None, Some(expression), false) => {
                let read: Vec<_> = metrics
                    .into_iter()
                    .map(|section| read_query(cx, section, &around, variables))
                    .collect();
                Some(Self::Math {
                    metrics: read.into_iter().collect::<Option<_>>()?,
                    expression: expression.value,
                })
            }
            _ => {
                cx.push(either_or(alarm.at()));
                None
            }
        }
    }

    /// Seconds; of an expression, that of its first metric.
    pub fn period(&self) -> i64 {
        match self {
            Self::Metric(stat) => stat.period,
            Self::Math { metrics, .. } => metrics.first().map_or(60, |query| query.stat.period),
        }
    }
}

fn either_or(at: Span) -> Diagnostic {
    Diagnostic::error(
        &codes::EITHER_OR,
        at,
        "an alarm watches either `metric`, or `metrics` with an `expression`",
    )
    .help("add `metric = { namespace = \"…\", name = \"…\" }`")
}

fn read_query(
    cx: &mut Vec<Diagnostic>,
    mut section: Section<'_>,
    around: &Around,
    variables: &BTreeMap<String, String>,
) -> Option<MathQuery> {
    let id = section.required_string(cx, "id");
    let stat = read_stat(cx, &mut section, around, variables);
    section.finish(cx);
    Some(MathQuery {
        id: id?.value,
        stat: stat?,
    })
}

fn read_stat(
    cx: &mut Vec<Diagnostic>,
    section: &mut Section<'_>,
    around: &Around,
    variables: &BTreeMap<String, String>,
) -> Option<MetricStat> {
    let namespace = section.required_string(cx, "namespace");
    let name = section.required_string(cx, "name");
    let dimensions = section.string_map(cx, "dimensions");
    let period = section.integer(cx, "period").or(around.period);
    let statistic = section
        .string(cx, "statistic")
        .or_else(|| around.statistic.clone());
    let unit = section.string(cx, "unit");
    let unit = checked_unit(cx, unit);
    if period.is_none() {
        cx.push(missing(section, "period"));
    }
    match &statistic {
        None => cx.push(missing(section, "statistic")),
        Some(text) => check_statistic(cx, text),
    }
    if let Some(period) = period {
        check_period(cx, period);
    }
    let mut resolved = BTreeMap::new();
    for (dimension, text) in dimensions {
        let value = substitute(cx, &text.value, text.at.start + 1, variables, str::to_owned);
        resolved.insert(dimension, value);
    }
    Some(MetricStat {
        metric: Metric {
            namespace: namespace?.value,
            name: name?.value,
            dimensions: resolved,
        },
        statistic: canonical(statistic?.value),
        period: period?.0,
        unit,
    })
}

fn missing(section: &Section<'_>, key: &str) -> Diagnostic {
    let message = format!("the alarm needs the key `{key}`");
    Diagnostic::error(&codes::MISSING_KEY, section.at(), message)
}

fn checked_unit(cx: &mut Vec<Diagnostic>, unit: Option<super::section::Text>) -> Option<String> {
    let unit = unit?;
    one_of(cx, "unit", &unit, UNITS);
    Some(unit.value)
}

/// `p99.90` is `p99.9`: so it is sent, and so it reads back, whatever the account does with the other spelling.
fn canonical(statistic: String) -> String {
    Statistic::parse(&statistic).map_or(statistic, |known| known.to_string())
}

fn check_statistic(cx: &mut Vec<Diagnostic>, text: &super::section::Text) {
    if let Err(reason) = Statistic::parse(&text.value) {
        cx.push(Diagnostic::error(&codes::WRONG_VALUE, text.at, reason));
    }
}

/// The periods of PutMetricAlarm: 10, 20, 30 or a multiple of 60 seconds.
fn check_period(cx: &mut Vec<Diagnostic>, (period, at): (i64, Span)) {
    let is_allowed = matches!(period, 10 | 20 | 30) || (period > 0 && period % 60 == 0);
    if !is_allowed {
        let message = format!("{period} seconds is no period of an alarm");
        cx.push(
            Diagnostic::error(&codes::OUT_OF_RANGE, at, message)
                .help("10, 20, 30 and multiples of 60 are allowed"),
        );
    }
}
