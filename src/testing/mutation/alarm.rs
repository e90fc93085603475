use super::alarm_metric::{dimensions, expression, period, statistic, unit};
use super::amount::neighbours;
use super::any_alarm::AnyAlarm;
use super::comparison::{other_treatments, others, sign};
use super::mutant::{Changed, Mutant};
use super::variant::Variant;
use crate::suite::{Alarm, Limit, Suite};

type Variants = Vec<Variant<Alarm>>;

const KIND: AnyAlarm<Alarm> = AnyAlarm {
    list: "alarm",
    ways: &[
        comparison,
        threshold,
        statistic,
        period,
        expression,
        dimensions,
        unit,
        evaluation_periods,
        datapoints_to_alarm,
        treat_missing_data,
    ],
    head: |alarm| &mut alarm.head,
    changed: Changed::Alarm,
};

pub(super) fn mutants(suite: &Suite, source: &str) -> Vec<Mutant> {
    let alarms = suite.alarms.iter().enumerate();
    let alarms = alarms.filter(|(_, alarm)| alarm.unevaluated().is_none());
    KIND.mutants(alarms, source)
}

fn comparison(alarm: &Alarm, variants: &mut Variants) {
    for (name, becomes) in others(alarm.comparison) {
        variants.push(Variant {
            key: "comparison",
            becomes: becomes.to_owned(),
            was: sign(alarm.comparison).to_owned(),
            changed: Alarm {
                comparison: name,
                ..alarm.clone()
            },
        });
    }
}

fn threshold(alarm: &Alarm, variants: &mut Variants) {
    let Limit::Threshold(own) = alarm.limit else {
        return;
    };
    for threshold in neighbours(own) {
        variants.push(Variant {
            key: "threshold",
            becomes: threshold.to_string(),
            was: own.to_string(),
            changed: Alarm {
                limit: Limit::Threshold(threshold),
                ..alarm.clone()
            },
        });
    }
}

fn evaluation_periods(alarm: &Alarm, variants: &mut Variants) {
    let own = alarm.evaluation_periods;
    let least = alarm.datapoints_to_alarm.unwrap_or(1).max(1);
    for other in [own + 1, own - 1] {
        if other >= least {
            variants.push(Variant {
                key: "evaluation_periods",
                becomes: other.to_string(),
                was: own.to_string(),
                changed: Alarm {
                    evaluation_periods: other,
                    ..alarm.clone()
                },
            });
        }
    }
}

fn datapoints_to_alarm(alarm: &Alarm, variants: &mut Variants) {
    let own = alarm
        .datapoints_to_alarm
        .unwrap_or(alarm.evaluation_periods);
    for other in [own + 1, own - 1] {
        if (1..=alarm.evaluation_periods).contains(&other) {
            variants.push(Variant {
                key: "datapoints_to_alarm",
                becomes: other.to_string(),
                was: own.to_string(),
                changed: Alarm {
                    datapoints_to_alarm: Some(other),
                    ..alarm.clone()
                },
            });
        }
    }
}

fn treat_missing_data(alarm: &Alarm, variants: &mut Variants) {
    let own = alarm.treat_missing_data.as_deref().unwrap_or("missing");
    for other in other_treatments(own) {
        variants.push(Variant {
            key: "treat_missing_data",
            becomes: other.to_owned(),
            was: own.to_owned(),
            changed: Alarm {
                treat_missing_data: Some(other.to_owned()),
                ..alarm.clone()
            },
        });
    }
}
