use belfry_engine::alarms::AlarmMetric;
use belfry_engine::metrics::{Dimensions, MetricDataQuery, MetricStat, QueryKind};

use super::read::{self, metric_id, statistic, unit};
use crate::endpoint::{Document, Fault, Input, Members};

/// What one metric is described by; all of it is out of place beside `Metrics`.
const OF_ONE_METRIC: &[&str] = &[
    "MetricName",
    "Namespace",
    "Statistic",
    "ExtendedStatistic",
    "Dimensions",
    "Period",
    "Unit",
];

/// Reads what PutMetricAlarm watches: one metric, or `Metrics`.
pub(super) fn read(input: &Input<'_>) -> Result<AlarmMetric, Fault> {
    if input.list("Metrics")?.is_empty() {
        return single(input).map(AlarmMetric::Single);
    }
    let beside = OF_ONE_METRIC
        .iter()
        .find(|name| input.has(name) && !is_empty(input, name));
    match beside {
        Some(name) => Err(input.invalid(format!("{name} must not be specified beside Metrics"))),
        None => read::queries(input, "Metrics").map(AlarmMetric::Math),
    }
}

/// Clients send an empty `Dimensions` beside `Metrics`.
fn is_empty(input: &Input<'_>, name: &str) -> bool {
    name == "Dimensions" && input.list(name).is_ok_and(<[_]>::is_empty)
}

fn single(input: &Input<'_>) -> Result<MetricStat, Fault> {
    let names = (
        input.optional_str("Statistic")?,
        input.optional_str("ExtendedStatistic")?,
    );
    let (name, member, is_extended) = match names {
        (Some(name), None) => (name, "Statistic", false),
        (None, Some(name)) => (name, "ExtendedStatistic", true),
        _ => {
            return Err(
                input.invalid("Exactly one of Statistic and ExtendedStatistic must be specified")
            );
        }
    };
    let statistic = statistic(name, member)?;
    if statistic.needs_values() != is_extended {
        return Err(input.invalid(format!("The value {name} is not supported for {member}")));
    }
    Ok(MetricStat {
        id: metric_id(input)?,
        period: input.required_i64("Period")?,
        statistic,
        unit: unit(input)?,
    })
}

/// Adds what the alarm watches to its description.
pub(super) fn show(members: &mut Members, metric: &AlarmMetric) {
    match metric {
        AlarmMetric::Single(stat) => show_single(members, stat),
        AlarmMetric::Math(queries) => {
            members.insert("Dimensions".to_owned(), Document::List(Vec::new()));
            let queries = queries.iter().map(show_query).collect();
            members.insert("Metrics".to_owned(), Document::List(queries));
        }
    }
}

/// `[{Name, Value}]`.
pub(super) fn show_dimensions(dimensions: &Dimensions) -> Document {
    let dimension = |(name, value): (&String, &String)| {
        Document::structure([("Name", Document::from(name)), ("Value", value.into())])
    };
    Document::List(dimensions.iter().map(dimension).collect())
}

fn show_single(members: &mut Members, stat: &MetricStat) {
    let statistic = if stat.statistic.needs_values() {
        "ExtendedStatistic"
    } else {
        "Statistic"
    };
    let shown = Document::structure([
        ("MetricName", Document::from(stat.id.name.as_ref())),
        ("Namespace", stat.id.namespace.as_ref().into()),
        (statistic, stat.statistic.to_string().into()),
        ("Dimensions", show_dimensions(&stat.id.dimensions)),
        ("Period", stat.period.into()),
        ("Unit", stat.unit.map(|unit| unit.as_str()).into()),
    ]);
    if let Document::Structure(shown) = shown {
        members.extend(shown);
    }
}

fn show_query(query: &MetricDataQuery) -> Document {
    let (stat, expression, period) = match &query.kind {
        QueryKind::Metric(stat) => (show_stat(stat), None, None),
        QueryKind::Expression { text, period } => (Document::Null, Some(text), *period),
    };
    Document::structure([
        ("Id", Document::from(&query.id)),
        ("MetricStat", stat),
        ("Expression", expression.into()),
        ("Label", query.label.as_ref().into()),
        ("ReturnData", query.return_data.into()),
        ("Period", period.into()),
    ])
}

fn show_stat(stat: &MetricStat) -> Document {
    let metric = Document::structure([
        ("Namespace", Document::from(stat.id.namespace.as_ref())),
        ("MetricName", stat.id.name.as_ref().into()),
        ("Dimensions", show_dimensions(&stat.id.dimensions)),
    ]);
    Document::structure([
        ("Metric", metric),
        ("Period", stat.period.into()),
        ("Stat", stat.statistic.to_string().into()),
        ("Unit", stat.unit.map(|unit| unit.as_str()).into()),
    ])
}
