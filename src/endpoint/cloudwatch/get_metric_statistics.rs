use std::collections::BTreeMap;

use belfry_engine::base::Millis;
use belfry_engine::metrics::{Grid, MetricStat, Statistic, Unit};

use super::read::{
    invalid_combination, invalid_value, is_period, metric_id, missing_parameter, statistic, unit,
};
use crate::endpoint::Members;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `GetMetricStatistics`: one datapoint for each bucket and unit present. Buckets begin at `StartTime`, as the user
/// guide's example shows (start 23:18, period 3600, datapoints at 00:18, 03:18).
pub(super) const OPERATION: Operation = Operation {
    name: "GetMetricStatistics",
    mutates: false,
    members: &[
        "Namespace",
        "MetricName",
        "Dimensions",
        "StartTime",
        "EndTime",
        "Period",
        "Statistics",
        "ExtendedStatistics",
        "Unit",
    ],
    call,
};

/// The API's limit for one answer.
const MOST_DATAPOINTS: i64 = 1440;
const MINUTE: i64 = 60_000;
const DAY: i64 = 1440 * MINUTE;

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    for name in ["Namespace", "MetricName", "StartTime", "EndTime", "Period"] {
        if !input.has(name) {
            return Err(missing_parameter(name));
        }
    }
    let id = metric_id(input)?;
    let statistics = statistics(input)?;
    let grid = grid(input, cx.now)?;
    let units = match unit(input)? {
        Some(unit) => vec![unit],
        None => cx.account.metrics.units(&id, grid.start, grid.end()),
    };
    let mut points: BTreeMap<(Millis, Unit), Point> = BTreeMap::new();
    for unit in units {
        for asked in &statistics {
            let stat = MetricStat {
                id: id.clone(),
                period: grid.period,
                statistic: asked.statistic,
                unit: Some(unit),
            };
            let found = cx.account.metrics.statistic_at(&stat, grid, cx.now);
            for point in found.into_iter().flatten() {
                let there = points.entry((point.timestamp, unit)).or_default();
                there.add(asked, point.value);
            }
        }
    }
    let shown = points
        .into_iter()
        .map(|((at, unit), point)| point.show(at, unit));
    Ok(Document::structure([
        ("Label", Document::from(id.name.as_ref())),
        ("Datapoints", Document::List(shown.collect())),
    ]))
}

/// A statistic that was asked for.
struct Asked<'a> {
    name: &'a str,
    statistic: Statistic,
    extended: bool,
}

/// The values of one bucket under one unit.
#[derive(Default)]
struct Point {
    simple: Vec<(String, f64)>,
    extended: Vec<(String, f64)>,
}

impl Point {
    fn add(&mut self, asked: &Asked<'_>, value: f64) {
        let list = if asked.extended {
            &mut self.extended
        } else {
            &mut self.simple
        };
        list.push((asked.name.to_owned(), value));
    }

    fn show(self, at: Millis, unit: Unit) -> Document {
        let mut members = Members::new();
        members.insert("Timestamp".to_owned(), at.into());
        members.extend(
            self.simple
                .into_iter()
                .map(|(name, value)| (name, value.into())),
        );
        members.insert("Unit".to_owned(), unit.as_str().into());
        if !self.extended.is_empty() {
            let map = self
                .extended
                .into_iter()
                .map(|(name, value)| (name, Document::from(value)));
            members.insert("ExtendedStatistics".to_owned(), Document::map(map));
        }
        Document::Structure(members)
    }
}

fn statistics<'a>(input: &Input<'a>) -> Result<Vec<Asked<'a>>, Fault> {
    let simple = input.strings("Statistics")?;
    let extended = input.strings("ExtendedStatistics")?;
    if simple.is_empty() == extended.is_empty() {
        return Err(invalid_combination(
            "Must specify either Statistics or ExtendedStatistics",
        ));
    }
    let is_extended = simple.is_empty();
    let (names, member) = if is_extended {
        (extended, "ExtendedStatistics")
    } else {
        (simple, "Statistics")
    };
    let asked = names.into_iter().map(|name| {
        let statistic = statistic(name, member)?;
        if statistic.needs_values() != is_extended {
            return Err(invalid_value(format!(
                "The value {name} for parameter {member} is not supported."
            )));
        }
        Ok(Asked {
            name,
            statistic,
            extended: is_extended,
        })
    });
    asked.collect()
}

fn grid(input: &Input<'_>, now: Millis) -> Result<Grid, Fault> {
    let period = input.required_i64("Period")?;
    if !is_period(period) {
        return Err(invalid_value(format!(
            "The parameter Period must be 1, 5, 10, 20, 30 or a multiple of 60: found {period}."
        )));
    }
    let start = input.required_timestamp("StartTime")?;
    let end = input.required_timestamp("EndTime")?;
    if start >= end {
        return Err(invalid_value(
            "The parameter StartTime must be less than the parameter EndTime.",
        ));
    }
    let start = start.floor_to(rounding(start, period, now));
    let width = period.saturating_mul(1000);
    let span = end.0.saturating_sub(start.0);
    let count = span / width + i64::from(span % width > 0);
    if count > MOST_DATAPOINTS {
        return Err(invalid_combination(format!(
            "You have requested up to {count} datapoints, which exceeds the limit of {MOST_DATAPOINTS}. You may reduce the datapoints requested by increasing Period, or decreasing the time range."
        )));
    }
    Ok(Grid {
        start,
        period,
        count: usize::try_from(count).unwrap_or_default(),
    })
}

/// To what StartTime is rounded down: a division of the minute for short periods, else by its age the minute,
/// five minutes or the hour (API reference, GetMetricStatistics).
fn rounding(start: Millis, period: i64, now: Millis) -> i64 {
    match now.0.saturating_sub(start.0) {
        age if age > 63 * DAY => 60 * MINUTE,
        age if age > 15 * DAY => 5 * MINUTE,
        _ if period < 60 => period * 1000,
        _ => MINUTE,
    }
}
