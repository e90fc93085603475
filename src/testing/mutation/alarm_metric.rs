use super::pieces::{self, Pieces, turned, with_greater_numbers};
use super::variant::Variant;
use crate::suite::{Alarm, MetricStat, Watch};

type Variants = Vec<Variant<Alarm>>;

/// The statistics that a plain one is mistaken for, and those beside a percentile.
const PLAIN: &[&str] = &["Sum", "Average", "Maximum", "Minimum", "SampleCount"];
const BESIDE_PERCENTILES: &[&str] = &["p50", "p90", "p95", "p99", "Average", "Maximum"];

pub(super) fn statistic(alarm: &Alarm, variants: &mut Variants) {
    each_stat(alarm, &mut |stat, with| {
        let others = match PLAIN.contains(&stat.statistic.as_str()) {
            true => PLAIN,
            false => BESIDE_PERCENTILES,
        };
        for other in others.iter().filter(|other| **other != stat.statistic) {
            variants.push(Variant {
                key: "statistic",
                becomes: (*other).to_owned(),
                was: stat.statistic.clone(),
                changed: with(&MetricStat {
                    statistic: (*other).to_owned(),
                    ..stat.clone()
                }),
            });
        }
    });
}

pub(super) fn period(alarm: &Alarm, variants: &mut Variants) {
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
            changed,
        });
    }
}

/// What a piece of metric math is mistaken for. Functions in a row take the same arguments.
const PIECES: Pieces = &[
    (" AND ", " OR "),
    (" OR ", " AND "),
    (" && ", " || "),
    (" || ", " && "),
    ("AVG(", "MAX("),
    ("MAX(", "MIN("),
    ("MIN(", "MAX("),
    ("SUM(", "AVG("),
];

/// Signs between two operands; a longer one stands before its beginning.
const SIGNS: &[(&str, &str)] = &[
    (">=", ">"),
    ("<=", "<"),
    ("==", "!="),
    ("!=", "=="),
    (">", ">="),
    ("<", "<="),
    ("+", "-"),
    ("-", "+"),
    ("*", "/"),
    ("/", "*"),
];

/// Every operator, function and number of metric math turned.
pub(super) fn expression(alarm: &Alarm, variants: &mut Variants) {
    let Watch::Math { expression, .. } = &alarm.watch else {
        return;
    };
    let mut others = turned(expression, PIECES);
    others.extend(with_other_signs(expression));
    others.extend(with_greater_numbers(expression));
    for other in others {
        let mut changed = alarm.clone();
        if let Watch::Math { expression, .. } = &mut changed.watch {
            expression.clone_from(&other);
        }
        variants.push(Variant {
            key: "expression",
            becomes: format!("'{other}'"),
            was: format!("'{expression}'"),
            changed,
        });
    }
}

fn with_other_signs(text: &str) -> Vec<String> {
    let mut changed = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = text.get(at..).unwrap_or_default();
        let sign = SIGNS.iter().find(|(sign, _)| rest.starts_with(sign));
        let Some((sign, other)) = sign else {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        };
        if is_between_operands(text, at) && !pieces::is_quoted(text, at) {
            changed.push(pieces::replaced(text, at, at + sign.len(), other));
        }
        at += sign.len();
    }
    changed
}

/// Not the sign of a number, nor that of an exponent.
fn is_between_operands(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let is_exponent = before.ends_with(['e', 'E'])
        && before
            .trim_end_matches(['e', 'E'])
            .ends_with(|c: char| c.is_ascii_digit() || c == '.');
    let last = before.trim_end().chars().next_back();
    !is_exponent && last.is_some_and(|c| c.is_alphanumeric() || "_)]".contains(c))
}

/// Each dimension left out.
pub(super) fn dimensions(alarm: &Alarm, variants: &mut Variants) {
    each_stat(alarm, &mut |stat, with| {
        for name in stat.metric.dimensions.keys() {
            let mut changed = stat.clone();
            changed.metric.dimensions.remove(name);
            variants.push(Variant {
                key: "dimensions",
                becomes: format!("without {name}"),
                was: "with it".to_owned(),
                changed: with(&changed),
            });
        }
    });
}

/// None, and another one of its kind. (Where none is asked for, every unit counts: one more would be no mistake of a
/// letter but a decision.)
pub(super) fn unit(alarm: &Alarm, variants: &mut Variants) {
    each_stat(alarm, &mut |stat, with| {
        let Some(own) = &stat.unit else { return };
        let other = beside(own);
        for unit in [None, Some(other)] {
            variants.push(Variant {
                key: "unit",
                becomes: unit.unwrap_or("none").to_owned(),
                was: own.clone(),
                changed: with(&MetricStat {
                    unit: unit.map(str::to_owned),
                    ..stat.clone()
                }),
            });
        }
    });
}

/// What a unit is mistaken for.
pub(super) fn beside(unit: &str) -> &'static str {
    match unit {
        "Milliseconds" => "Seconds",
        "Seconds" | "Microseconds" => "Milliseconds",
        "Bytes" => "Kilobytes",
        "Count" => "None",
        _ => "Count",
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
        Watch::Math { metrics, .. } => {
            for (number, query) in metrics.iter().enumerate() {
                f(&query.stat, &|stat| {
                    let mut changed = alarm.clone();
                    if let Watch::Math { metrics, .. } = &mut changed.watch
                        && let Some(slot) = metrics.get_mut(number)
                    {
                        slot.stat = stat.clone();
                    }
                    changed
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::with_other_signs;

    #[test]
    fn signs_of_numbers_and_exponents_stay() {
        assert_eq!(
            with_other_signs("100*errors/requests - -5"),
            [
                "100/errors/requests - -5",
                "100*errors*requests - -5",
                "100*errors/requests + -5"
            ]
        );
        assert_eq!(with_other_signs("m1 >= 1e-5"), ["m1 > 1e-5"]);
    }
}
