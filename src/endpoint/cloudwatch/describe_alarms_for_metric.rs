use belfry_engine::alarms::AlarmMetric;
use belfry_engine::metrics::{MetricStat, Statistic};

use super::alarm;
use super::read::{metric_id, statistic, unit};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DescribeAlarmsForMetric`: alarms on exactly this metric; not those that use it in metric math.
pub(super) const OPERATION: Operation = Operation {
    name: "DescribeAlarmsForMetric",
    mutates: false,
    members: &[
        "MetricName",
        "Namespace",
        "Statistic",
        "ExtendedStatistic",
        "Dimensions",
        "Period",
        "Unit",
    ],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let id = metric_id(input)?;
    let statistics = [
        asked(input, "Statistic")?,
        asked(input, "ExtendedStatistic")?,
    ];
    let period = input.optional_i64("Period")?;
    let unit = unit(input)?;
    let matches = |stat: &MetricStat| {
        stat.id == id
            && statistics.iter().flatten().all(|s| *s == stat.statistic)
            && period.is_none_or(|period| period == stat.period)
            && unit.is_none_or(|unit| stat.unit == Some(unit))
    };
    let alarms = cx.account.alarms.alarms().values();
    let found = alarms.filter(|stored| match &stored.alarm.metric {
        AlarmMetric::Single(stat) => matches(stat),
        AlarmMetric::Math(_) => false,
    });
    let shown = found.map(|stored| alarm::show(cx, stored)).collect();
    Ok(Document::structure([(
        "MetricAlarms",
        Document::List(shown),
    )]))
}

/// The statistic under one of its two members.
fn asked(input: &Input<'_>, member: &str) -> Result<Option<Statistic>, Fault> {
    let Some(name) = input.optional_str(member)? else {
        return Ok(None);
    };
    let found = statistic(name, member)?;
    if found.needs_values() != (member == "ExtendedStatistic") {
        return Err(input.invalid(format!("The value {name} is not supported for {member}")));
    }
    Ok(Some(found))
}
