use crate::base::Millis;
use crate::metrics::{Grid, MetricError, MetricStore, QueryKind, series_on_grid};

use super::band::band;
use super::evaluation_window::validate_window;
use super::refusal::{constraint, refuse};
use super::tags_propagation::check_tags;
use super::warm_up::validate_warm_up;
use super::{AlarmMetric, EvaluationWindow, MetricAlarm, refusal};

/// What PutMetricAlarm refuses, first mistake first. Texts without a recording are in AWS's manner.
pub(super) fn validate(alarm: &MetricAlarm) -> Result<(), MetricError> {
    RULES.iter().try_for_each(|rule| rule(alarm))
}

/// A rule of PutMetricAlarm (API reference and user guide, limits of alarms).
type Check = fn(&MetricAlarm) -> Result<(), MetricError>;

const RULES: &[Check] = &[
    name,
    description,
    actions,
    metrics,
    period,
    span,
    datapoints,
    threshold,
    operator,
    low_samples,
    validate_window,
    validate_warm_up,
    |alarm| check_tags(alarm.tags_propagation.as_ref()),
    band,
    metrics_insights,
    math,
];

const WEEK: i64 = 604_800;
const DAY: i64 = 86_400;
const HOUR: i64 = 3600;

fn name(alarm: &MetricAlarm) -> Result<(), MetricError> {
    refusal::name(&alarm.name)
}

fn description(alarm: &MetricAlarm) -> Result<(), MetricError> {
    refusal::description(alarm.description.as_deref())
}

fn actions(alarm: &MetricAlarm) -> Result<(), MetricError> {
    refusal::actions(
        &alarm.ok_actions,
        &alarm.alarm_actions,
        &alarm.insufficient_data_actions,
    )
}

fn metrics(alarm: &MetricAlarm) -> Result<(), MetricError> {
    let AlarmMetric::Math(queries) = &alarm.metric else {
        return Ok(());
    };
    refuse(alarm.metric.stats().len() > 10, || {
        "Metrics list must contain no more than 10 metrics".to_owned()
    })?;
    let returned = queries.iter().filter(|query| query.return_data).count();
    match alarm.threshold.band() {
        Some(_) => refuse(returned != 2, || {
            "Exactly two elements of the metrics list should return data: the metric and its band."
                .to_owned()
        }),
        None => refuse(returned != 1, || {
            "Exactly one element of the metrics list should return data.".to_owned()
        }),
    }?;
    let mut periods: Vec<_> = alarm.metric.stats().iter().map(|s| s.period).collect();
    periods.extend(queries.iter().filter_map(|query| match &query.kind {
        QueryKind::Expression { period, .. } => *period,
        QueryKind::Metric(_) => None,
    }));
    periods.dedup();
    refuse(periods.len() > 1, || {
        format!(
            "metrics of different periods in one alarm ({}) are not evaluated by this endpoint; \
             give all of them one Period",
            periods
                .iter()
                .map(i64::to_string)
                .collect::<Vec<_>>()
                .join(", ")
        )
    })
}

fn period(alarm: &MetricAlarm) -> Result<(), MetricError> {
    let period = alarm.period();
    let is_fine = matches!(period, 10 | 20 | 30) || (period > 0 && period % 60 == 0);
    refuse(!is_fine, || {
        "Period must be 10, 20, 30 or a multiple of 60".to_owned()
    })
}

fn span(alarm: &MetricAlarm) -> Result<(), MetricError> {
    refuse(alarm.evaluation_periods == 0, || {
        constraint(
            "0",
            "evaluationPeriods",
            "have value greater than or equal to 1",
        )
    })?;
    let limit = if alarm.period() < HOUR { DAY } else { WEEK };
    let within = if limit == DAY { "a day" } else { "a week" };
    refuse(alarm.span() > limit, || {
        format!(
            "Metrics cannot be checked across more than {within} \
             (EvaluationPeriods * Period must be <= {limit})."
        )
    })
}

fn datapoints(alarm: &MetricAlarm) -> Result<(), MetricError> {
    let Some(datapoints) = alarm.datapoints_to_alarm else {
        return Ok(());
    };
    refuse(datapoints == 0, || {
        constraint(
            "0",
            "datapointsToAlarm",
            "have value greater than or equal to 1",
        )
    })?;
    refuse(datapoints > alarm.evaluation_periods, || {
        "DatapointsToAlarm must be less than or equal to EvaluationPeriods".to_owned()
    })
}

fn threshold(alarm: &MetricAlarm) -> Result<(), MetricError> {
    let number = alarm.threshold.value();
    refuse(number.is_some_and(|number| !number.is_finite()), || {
        "Threshold must be a finite number".to_owned()
    })
}

/// Operators of bands go with bands, the others with a threshold.
fn operator(alarm: &MetricAlarm) -> Result<(), MetricError> {
    let operator = alarm.comparison_operator;
    let has_band = alarm.threshold.band().is_some();
    refuse(operator.is_band() != has_band, || {
        let (name, member) = (
            operator.as_str(),
            if has_band {
                "ThresholdMetricId"
            } else {
                "Threshold"
            },
        );
        format!("ComparisonOperator {name} is not valid for an alarm with {member}")
    })
}

fn low_samples(alarm: &MetricAlarm) -> Result<(), MetricError> {
    let given = alarm.evaluate_low_sample_count_percentile.as_deref();
    let is_known = matches!(given, None | Some("evaluate" | "ignore"));
    refuse(!is_known, || {
        format!(
            "Option {} is not supported for EvaluateLowSampleCountPercentile. \
             Supported options are evaluate and ignore.",
            given.unwrap_or_default()
        )
    })
}

/// An expression that the evaluator refuses is refused when it is put, not at each evaluation.
fn math(alarm: &MetricAlarm) -> Result<(), MetricError> {
    let AlarmMetric::Math(queries) = &alarm.metric else {
        return Ok(());
    };
    if alarm.threshold.band().is_some() {
        return Ok(());
    }
    for query in queries {
        if let QueryKind::Expression { text, .. } = &query.kind {
            refuse(text.to_ascii_uppercase().contains("SEARCH("), || {
                "SEARCH is not supported on Metric Alarms.".to_owned()
            })?;
        }
    }
    let grid = Grid {
        start: Millis(0),
        period: alarm.period(),
        count: 1,
    };
    series_on_grid(&MetricStore::default(), queries, grid).map(|_| ())
}

/// Metrics Insights answers over three hours (user guide); a wall-clock window needs one period more.
fn metrics_insights(alarm: &MetricAlarm) -> Result<(), MetricError> {
    const MOST_SECONDS: i64 = 3 * HOUR;
    if !alarm.metric.is_metrics_insights() {
        return Ok(());
    }
    let is_wall_clock = matches!(
        alarm.evaluation_window,
        Some(EvaluationWindow::WallClock { .. })
    );
    let more = if is_wall_clock { alarm.period() } else { 0 };
    refuse(alarm.span().saturating_add(more) > MOST_SECONDS, || {
        format!(
            "Metrics Insights alarms cannot be checked across more than 3 hours \
             (EvaluationPeriods * Period must be <= {}).",
            MOST_SECONDS - more
        )
    })
}
