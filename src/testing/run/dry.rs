use belfry_engine::alarms::AlarmMetric;
use belfry_engine::base::Millis;
use belfry_engine::metrics::{Grid, MetricStat, QueryKind};

use crate::replay::Replay;
use crate::testing::{Expected, Test};

/// The alarms of which the test expects something and whose data ended, or had a gap, as long as all of their
/// evaluation periods: then what they make of missing data has decided.
pub(super) fn ran_dry(test: &Test, replay: &Replay) -> Vec<String> {
    let alarms = replay.account().alarms.alarms();
    let mut dry = Vec::new();
    for expected in &test.expected {
        let Expected::Alarm(expected) = expected else {
            continue;
        };
        let Some(stored) = alarms.get(&expected.name) else {
            continue;
        };
        let periods = stored.alarm.evaluation_periods;
        let stats: Vec<&MetricStat> = match &stored.alarm.metric {
            AlarmMetric::Single(stat) => vec![stat],
            AlarmMetric::Math(queries) => {
                let stats = queries.iter().filter_map(|query| match &query.kind {
                    QueryKind::Metric(stat) => Some(stat),
                    QueryKind::Expression { .. } => None,
                });
                stats.collect()
            }
        };
        if stats
            .into_iter()
            .any(|stat| has_gap(test, replay, stat, periods))
        {
            dry.push(expected.name.clone());
        }
    }
    dry
}

fn has_gap(test: &Test, replay: &Replay, stat: &MetricStat, periods: usize) -> bool {
    let grid = Grid::aligned(test.start, test.end(), stat.period);
    let values = replay.account().metrics.statistic(stat, grid);
    let whole = grid
        .starts()
        .take_while(|start: &Millis| start.plus(grid.period_millis()) <= test.end());
    let mut gap = 0;
    let mut had_data = false;
    for (_, value) in whole.zip(values) {
        match value {
            Some(_) => (gap, had_data) = (0, true),
            None => gap += 1,
        }
        if had_data && gap >= periods {
            return true;
        }
    }
    false
}
