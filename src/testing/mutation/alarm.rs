use super::alarm_metric::{dimensions, expression, period, statistic, unit};
use super::amount::neighbours;
use super::comparison::{other_treatments, others, sign};
use super::mutant::{Changed, Mutant};
use super::variant::{Subject, Variant, without_each};
use crate::suite::{Alarm, Limit, Suite};

type Variants = Vec<Variant<Alarm>>;

/// The ways to change an alarm.
const WAYS: &[fn(&Alarm, &mut Variants)] = &[
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
    actions,
];

pub(super) fn mutants(suite: &Suite, source: &str) -> Vec<Mutant> {
    let mut mutants = Vec::new();
    for (number, alarm) in suite.alarms.iter().enumerate() {
        if alarm.unevaluated().is_some() {
            continue;
        }
        let mut variants = Vec::new();
        for way in WAYS {
            way(alarm, &mut variants);
        }
        let subject = Subject {
            name: &format!("alarm {}", alarm.name),
            list: "alarm",
            at: alarm.place(),
            source,
        };
        let of = |alarm| Changed::Alarm(number, Box::new(alarm));
        mutants.extend(variants.into_iter().map(|v| subject.mutant(v, of)));
    }
    mutants
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

fn actions(alarm: &Alarm, variants: &mut Variants) {
    without_each(
        alarm,
        &[
            ("actions", |alarm| &mut alarm.actions),
            ("ok_actions", |alarm| &mut alarm.ok_actions),
            ("insufficient_data_actions", |alarm| {
                &mut alarm.insufficient_data_actions
            }),
        ],
        variants,
    );
}
