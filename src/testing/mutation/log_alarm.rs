use belfry_engine::alarms::{Aggregation, Schedule};
use belfry_engine::insights;

use super::amount::neighbours;
use super::any_alarm::AnyAlarm;
use super::comparison::{other_treatments, others, sign};
use super::mutant::{Changed, Mutant};
use super::pieces::{Pieces, is_quoted, turned, with_greater_numbers};
use super::variant::Variant;
use crate::suite::{LogAlarm, Suite};

type Variants = Vec<Variant<LogAlarm>>;

const KIND: AnyAlarm<LogAlarm> = AnyAlarm {
    list: "log_alarm",
    ways: &[
        query,
        aggregation,
        schedule,
        range,
        comparison,
        threshold,
        results,
        treat_missing_data,
    ],
    head: |alarm| &mut alarm.head,
    changed: Changed::LogAlarm,
};

pub(super) fn mutants(suite: &Suite, source: &str) -> Vec<Mutant> {
    KIND.mutants(suite.log_alarms.iter().enumerate(), source)
}

/// What a piece of a query is mistaken for.
const PIECES: Pieces = &[
    (" != ", " = "),
    (" = ", " != "),
    (" >= ", " > "),
    (" > ", " >= "),
    (" <= ", " < "),
    (" < ", " <= "),
    (" and ", " or "),
    (" or ", " and "),
    (" not like ", " like "),
    (" like ", " not like "),
    (" not in ", " in "),
    (" in ", " not in "),
];

/// Every operator turned, every number one greater, every filter left out.
fn query(alarm: &LogAlarm, variants: &mut Variants) {
    let mut others = turned(&alarm.query, PIECES);
    others.extend(with_greater_numbers(&alarm.query));
    others.extend(without_filters(&alarm.query));
    others.retain(|text| insights::compile(text).is_ok());
    for text in others {
        variants.push(Variant {
            key: "query",
            becomes: format!("'{text}'"),
            was: format!("'{}'", alarm.query),
            changed: LogAlarm {
                query: text,
                ..alarm.clone()
            },
        });
    }
}

fn without_filters(query: &str) -> Vec<String> {
    let mut bounds = vec![0];
    bounds.extend(
        query
            .match_indices('|')
            .map(|(at, _)| at)
            .filter(|at| !is_quoted(query, *at)),
    );
    bounds.push(query.len());
    let stages: Vec<&str> = bounds
        .windows(2)
        .filter_map(|pair| query.get(*pair.first()?..*pair.last()?))
        .map(|stage| stage.trim_start_matches('|').trim())
        .collect();
    let filters = (0..stages.len()).filter(|n| {
        stages
            .get(*n)
            .is_some_and(|stage| stage.starts_with("filter ") || stage.starts_with("where "))
    });
    let without = filters.map(|left_out| {
        let rest = stages.iter().enumerate().filter(|(n, _)| *n != left_out);
        rest.map(|(_, stage)| *stage)
            .collect::<Vec<_>>()
            .join(" | ")
    });
    without.collect()
}

/// Other functions of the field, and no groups.
fn aggregation(alarm: &LogAlarm, variants: &mut Variants) {
    const FUNCTIONS: [&str; 4] = ["avg(", "sum(", "min(", "max("];
    let own = alarm.aggregation.as_str();
    let mut others: Vec<String> = Vec::new();
    for function in FUNCTIONS
        .iter()
        .filter(|function| own.starts_with(**function))
    {
        let rest = own.strip_prefix(function).unwrap_or_default();
        let beside = FUNCTIONS.iter().filter(|other| *other != function);
        others.extend(beside.map(|other| format!("{other}{rest}")));
    }
    if let Some((function, _)) = own.split_once(" by ") {
        others.push(function.to_owned());
    }
    others.retain(|text| Aggregation::parse(text).is_ok());
    for text in others {
        variants.push(Variant {
            key: "aggregation",
            becomes: format!("'{text}'"),
            was: format!("'{own}'"),
            changed: LogAlarm {
                aggregation: text,
                ..alarm.clone()
            },
        });
    }
}

/// Half and twice as often.
fn schedule(alarm: &LogAlarm, variants: &mut Variants) {
    let read = |text: &str| Schedule::read(text, alarm.start_offset, Some(alarm.end_offset));
    let Ok(own) = read(&alarm.schedule) else {
        return;
    };
    let minutes = own.interval() / 60_000;
    for other in [minutes * 2, minutes / 2] {
        let text = match other {
            1 => "rate(1 minute)".to_owned(),
            minutes => format!("rate({minutes} minutes)"),
        };
        if read(&text).is_ok() {
            variants.push(Variant {
                key: "schedule",
                becomes: text.clone(),
                was: alarm.schedule.clone(),
                changed: LogAlarm {
                    schedule: text,
                    ..alarm.clone()
                },
            });
        }
    }
}

/// A range that begins twice and half as early.
fn range(alarm: &LogAlarm, variants: &mut Variants) {
    for start_offset in [alarm.start_offset * 2, alarm.start_offset / 2] {
        if Schedule::read(&alarm.schedule, start_offset, Some(alarm.end_offset)).is_ok() {
            variants.push(Variant {
                key: "start_offset",
                becomes: start_offset.to_string(),
                was: alarm.start_offset.to_string(),
                changed: LogAlarm {
                    start_offset,
                    ..alarm.clone()
                },
            });
        }
    }
}

fn comparison(alarm: &LogAlarm, variants: &mut Variants) {
    for (name, becomes) in others(alarm.comparison) {
        variants.push(Variant {
            key: "comparison",
            becomes: becomes.to_owned(),
            was: sign(alarm.comparison).to_owned(),
            changed: LogAlarm {
                comparison: name,
                ..alarm.clone()
            },
        });
    }
}

fn threshold(alarm: &LogAlarm, variants: &mut Variants) {
    for threshold in neighbours(alarm.threshold) {
        variants.push(Variant {
            key: "threshold",
            becomes: threshold.to_string(),
            was: alarm.threshold.to_string(),
            changed: LogAlarm {
                threshold,
                ..alarm.clone()
            },
        });
    }
}

/// One result more and less of N and of M.
fn results(alarm: &LogAlarm, variants: &mut Variants) {
    let (evaluated, to_alarm) = (alarm.results_to_evaluate, alarm.results_to_alarm);
    for other in [evaluated + 1, evaluated - 1] {
        if (to_alarm..=100).contains(&other) {
            variants.push(Variant {
                key: "results_to_evaluate",
                becomes: other.to_string(),
                was: evaluated.to_string(),
                changed: LogAlarm {
                    results_to_evaluate: other,
                    ..alarm.clone()
                },
            });
        }
    }
    for other in [to_alarm + 1, to_alarm - 1] {
        if (1..=evaluated).contains(&other) {
            variants.push(Variant {
                key: "results_to_alarm",
                becomes: other.to_string(),
                was: to_alarm.to_string(),
                changed: LogAlarm {
                    results_to_alarm: other,
                    ..alarm.clone()
                },
            });
        }
    }
}

fn treat_missing_data(alarm: &LogAlarm, variants: &mut Variants) {
    let own = alarm.treat_missing_data.as_deref().unwrap_or("missing");
    for other in other_treatments(own) {
        variants.push(Variant {
            key: "treat_missing_data",
            becomes: other.to_owned(),
            was: own.to_owned(),
            changed: LogAlarm {
                treat_missing_data: Some(other.to_owned()),
                ..alarm.clone()
            },
        });
    }
}

#[cfg(test)]
mod tests {
    use super::without_filters;

    #[test]
    fn each_filter_is_left_out_once() {
        assert_eq!(
            without_filters("fields a | filter a = \"x|y\" | where b > 1 | limit 5"),
            [
                "fields a | where b > 1 | limit 5",
                "fields a | filter a = \"x|y\" | limit 5"
            ]
        );
    }
}
