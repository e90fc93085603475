use super::amount::neighbours;
use super::mutant::{Changed, Mutant};
use super::place::of_key;
use crate::suite::{Alarm, MetricStat, Suite, Watch};

/// A changed alarm: the key, what it becomes, and what it was.
struct Variant {
    key: &'static str,
    becomes: String,
    was: String,
    alarm: Alarm,
}

/// The ways to change an alarm.
const WAYS: &[fn(&Alarm, &mut Vec<Variant>)] = &[
    comparison,
    threshold,
    statistic,
    period,
    evaluation_periods,
    datapoints_to_alarm,
    treat_missing_data,
    actions,
];

pub(super) fn mutants(suite: &Suite, source: &str) -> Vec<Mutant> {
    let mut mutants = Vec::new();
    for (number, alarm) in suite.alarms.iter().enumerate() {
        let mut variants = Vec::new();
        for way in WAYS {
            way(alarm, &mut variants);
        }
        mutants.extend(variants.into_iter().map(|variant| Mutant {
            name: format!("alarm {}: {} {}", alarm.name, variant.key, variant.becomes),
            at: of_key(source, "alarm", alarm.place(), variant.key),
            subject_at: alarm.place(),
            change: format!(
                "`{}` {} instead of {}",
                variant.key, variant.becomes, variant.was
            ),
            changed: Changed::Alarm(number, Box::new(variant.alarm)),
        }));
    }
    mutants
}

const COMPARISONS: &[(&str, &str)] = &[
    ("GreaterThanThreshold", ">"),
    ("GreaterThanOrEqualToThreshold", ">="),
    ("LessThanThreshold", "<"),
    ("LessThanOrEqualToThreshold", "<="),
];

fn comparison(alarm: &Alarm, variants: &mut Vec<Variant>) {
    let own = COMPARISONS
        .iter()
        .find(|(name, _)| *name == alarm.comparison);
    let Some((_, was)) = own else { return };
    for (name, sign) in COMPARISONS {
        if *name != alarm.comparison {
            variants.push(Variant {
                key: "comparison",
                becomes: (*sign).to_owned(),
                was: (*was).to_owned(),
                alarm: Alarm {
                    comparison: name,
                    ..alarm.clone()
                },
            });
        }
    }
}

fn threshold(alarm: &Alarm, variants: &mut Vec<Variant>) {
    for threshold in neighbours(alarm.threshold) {
        variants.push(Variant {
            key: "threshold",
            becomes: threshold.to_string(),
            was: alarm.threshold.to_string(),
            alarm: Alarm {
                threshold,
                ..alarm.clone()
            },
        });
    }
}

/// The statistics that a plain one is mistaken for, and those beside a percentile.
const PLAIN: &[&str] = &["Sum", "Average", "Maximum", "Minimum", "SampleCount"];
const BESIDE_PERCENTILES: &[&str] = &["p50", "p90", "p95", "p99", "Average", "Maximum"];

fn statistic(alarm: &Alarm, variants: &mut Vec<Variant>) {
    each_stat(alarm, &mut |stat, with| {
        let others = match PLAIN.contains(&stat.statistic.as_str()) {
            true => PLAIN,
            false => BESIDE_PERCENTILES,
        };
        for other in others {
            if *other != stat.statistic {
                variants.push(Variant {
                    key: "statistic",
                    becomes: (*other).to_owned(),
                    was: stat.statistic.clone(),
                    alarm: with(&MetricStat {
                        statistic: (*other).to_owned(),
                        ..stat.clone()
                    }),
                });
            }
        }
    });
}

fn period(alarm: &Alarm, variants: &mut Vec<Variant>) {
    let old = alarm.watch.period();
    let valid = |period: i64| {
        let longest = if period < 3600 { 86_400 } else { 604_800 };
        (matches!(period, 10 | 20 | 30) || (period > 0 && period % 60 == 0))
            && period.saturating_mul(alarm.evaluation_periods) <= longest
    };
    let mut candidates = vec![old.saturating_mul(2)];
    if old % 2 == 0 {
        candidates.push(old / 2);
    }
    for period in candidates.into_iter().filter(|period| valid(*period)) {
        let mut changed = alarm.clone();
        match &mut changed.watch {
            Watch::Metric(stat) => stat.period = period,
            Watch::Math { metrics, .. } => {
                metrics
                    .iter_mut()
                    .for_each(|query| query.stat.period = period);
            }
        }
        variants.push(Variant {
            key: "period",
            becomes: period.to_string(),
            was: old.to_string(),
            alarm: changed,
        });
    }
}

/// Makes the alarm with another metric in the place of one.
type With<'a> = dyn Fn(&MetricStat) -> Alarm + 'a;

/// Calls `f` with every metric of the alarm and with what puts another in its place.
fn each_stat(alarm: &Alarm, f: &mut dyn FnMut(&MetricStat, &With<'_>)) {
    match &alarm.watch {
        Watch::Metric(stat) => f(stat, &|stat| Alarm {
            watch: Watch::Metric(stat.clone()),
            ..alarm.clone()
        }),
        Watch::Math {
            metrics,
            expression,
        } => {
            for (number, query) in metrics.iter().enumerate() {
                f(&query.stat, &|stat| {
                    let mut metrics = metrics.clone();
                    if let Some(slot) = metrics.get_mut(number) {
                        slot.stat = stat.clone();
                    }
                    let expression = expression.clone();
                    Alarm {
                        watch: Watch::Math {
                            metrics,
                            expression,
                        },
                        ..alarm.clone()
                    }
                });
            }
        }
    }
}

fn evaluation_periods(alarm: &Alarm, variants: &mut Vec<Variant>) {
    let own = alarm.evaluation_periods;
    let least = alarm.datapoints_to_alarm.unwrap_or(1).max(1);
    for other in [own + 1, own - 1] {
        if other >= least {
            variants.push(Variant {
                key: "evaluation_periods",
                becomes: other.to_string(),
                was: own.to_string(),
                alarm: Alarm {
                    evaluation_periods: other,
                    ..alarm.clone()
                },
            });
        }
    }
}

fn datapoints_to_alarm(alarm: &Alarm, variants: &mut Vec<Variant>) {
    let own = alarm
        .datapoints_to_alarm
        .unwrap_or(alarm.evaluation_periods);
    for other in [own + 1, own - 1] {
        if (1..=alarm.evaluation_periods).contains(&other) {
            variants.push(Variant {
                key: "datapoints_to_alarm",
                becomes: other.to_string(),
                was: own.to_string(),
                alarm: Alarm {
                    datapoints_to_alarm: Some(other),
                    ..alarm.clone()
                },
            });
        }
    }
}

fn treat_missing_data(alarm: &Alarm, variants: &mut Vec<Variant>) {
    let own = alarm.treat_missing_data.as_deref().unwrap_or("missing");
    for other in ["missing", "notBreaching", "breaching", "ignore"] {
        if other != own {
            variants.push(Variant {
                key: "treat_missing_data",
                becomes: other.to_owned(),
                was: own.to_owned(),
                alarm: Alarm {
                    treat_missing_data: Some(other.to_owned()),
                    ..alarm.clone()
                },
            });
        }
    }
}

fn actions(alarm: &Alarm, variants: &mut Vec<Variant>) {
    type List = fn(&mut Alarm) -> &mut Vec<String>;
    let lists: [(&'static str, List); 3] = [
        ("actions", |alarm| &mut alarm.actions),
        ("ok_actions", |alarm| &mut alarm.ok_actions),
        ("insufficient_data_actions", |alarm| {
            &mut alarm.insufficient_data_actions
        }),
    ];
    for (key, list) in lists {
        for number in 0..list(&mut alarm.clone()).len() {
            let mut changed = alarm.clone();
            let topic = list(&mut changed).remove(number);
            variants.push(Variant {
                key,
                becomes: format!("without {topic}"),
                was: "with it".to_owned(),
                alarm: changed,
            });
        }
    }
}
