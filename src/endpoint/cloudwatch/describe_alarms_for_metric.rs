use belfry_engine::alarms::AlarmMetric;
use belfry_engine::metrics::MetricStat;

use super::alarm;
use super::read::{metric_id, unit};
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
    let names = [
        input.optional_str("Statistic")?,
        input.optional_str("ExtendedStatistic")?,
    ];
    let period = input.optional_i64("Period")?;
    let unit = unit(input)?;
    let matches = |stat: &MetricStat| {
        let name = stat.statistic.to_string();
        stat.id == id
            && names.iter().flatten().all(|wanted| **wanted == name)
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
