use belfry_engine::alarms::AlarmRule;

use super::any_alarm::AnyAlarm;
use super::mutant::{Changed, Mutant};
use super::pieces::{Pieces, is_quoted, replaced, turned};
use super::variant::Variant;
use crate::suite::{CompositeAlarm, Suite, Suppressor};

type Variants = Vec<Variant<CompositeAlarm>>;

const KIND: AnyAlarm<CompositeAlarm> = AnyAlarm {
    list: "composite_alarm",
    ways: &[rule, suppressor],
    head: |alarm| &mut alarm.head,
    changed: Changed::Composite,
};

pub(super) fn mutants(suite: &Suite, source: &str) -> Vec<Mutant> {
    KIND.mutants(suite.composite_alarms.iter().enumerate(), source)
}

/// What a piece of a rule is mistaken for.
const PIECES: Pieces = &[
    (" AND ", " OR "),
    (" OR ", " AND "),
    ("NOT ", ""),
    ("ALARM(", "OK("),
    ("ALARM(", "INSUFFICIENT_DATA("),
    ("OK(", "ALARM("),
    ("INSUFFICIENT_DATA(", "ALARM("),
    ("ALARM,", "OK,"),
    ("OK,", "ALARM,"),
];

/// Every operator and state turned, every alarm left out (never, or always true), one alarm more and less of `AT_LEAST`.
fn rule(alarm: &CompositeAlarm, variants: &mut Variants) {
    let own = alarm.rule.text();
    let mut others = turned(own, PIECES);
    others.extend(without_alarms(own));
    others.extend(other_amounts(own));
    for text in others {
        let Ok(rule) = AlarmRule::parse(&text) else {
            continue;
        };
        variants.push(Variant {
            key: "rule",
            becomes: format!("'{text}'"),
            was: format!("'{own}'"),
            changed: CompositeAlarm {
                rule,
                ..alarm.clone()
            },
        });
    }
}

fn without_alarms(rule: &str) -> Vec<String> {
    let mut changed = Vec::new();
    for state in ["ALARM(", "OK(", "INSUFFICIENT_DATA("] {
        for (at, _) in rule
            .match_indices(state)
            .filter(|(at, _)| !is_quoted(rule, *at))
        {
            let mut ends = rule.match_indices(')');
            let end = ends.find(|(end, _)| *end > at && !is_quoted(rule, *end));
            if let Some((end, _)) = end {
                changed.extend(["FALSE", "TRUE"].map(|word| replaced(rule, at, end + 1, word)));
            }
        }
    }
    changed
}

fn other_amounts(rule: &str) -> Vec<String> {
    const CALL: &str = "AT_LEAST(";
    let mut changed = Vec::new();
    for (at, _) in rule
        .match_indices(CALL)
        .filter(|(at, _)| !is_quoted(rule, *at))
    {
        let from = at + CALL.len();
        let rest = rule.get(from..).unwrap_or_default();
        let start = from + (rest.len() - rest.trim_start().len());
        let digits = rest.trim_start().bytes().take_while(u8::is_ascii_digit);
        let end = start + digits.count();
        let own = rule
            .get(start..end)
            .and_then(|number| number.parse::<u32>().ok());
        for other in own
            .into_iter()
            .flat_map(|own| [own + 1, own.saturating_sub(1)])
        {
            changed.push(replaced(rule, start, end, &other.to_string()));
        }
    }
    changed
}

/// None, and longer and shorter waits.
fn suppressor(alarm: &CompositeAlarm, variants: &mut Variants) {
    let Some(own) = &alarm.suppressed_by else {
        return;
    };
    let mut push = |becomes: String, suppressed_by| {
        variants.push(Variant {
            key: "suppressed_by",
            becomes,
            was: format!(
                "{} {} {}",
                own.alarm, own.wait_seconds, own.extension_seconds
            ),
            changed: CompositeAlarm {
                suppressed_by,
                ..alarm.clone()
            },
        });
    };
    push("none".to_owned(), None);
    for wait_seconds in around(own.wait_seconds) {
        let changed = Suppressor {
            wait_seconds,
            ..own.clone()
        };
        push(format!("with wait_seconds {wait_seconds}"), Some(changed));
    }
    for extension_seconds in around(own.extension_seconds) {
        let changed = Suppressor {
            extension_seconds,
            ..own.clone()
        };
        push(
            format!("with extension_seconds {extension_seconds}"),
            Some(changed),
        );
    }
}

/// Twice as long, and not at all; a minute where it is nothing.
fn around(seconds: i64) -> Vec<i64> {
    match seconds {
        0 => vec![60],
        seconds => vec![seconds.saturating_mul(2), 0],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alarms_are_left_out_and_amounts_changed() {
        assert_eq!(
            without_alarms("ALARM(\"a)\") OR OK(b)"),
            [
                "FALSE OR OK(b)",
                "TRUE OR OK(b)",
                "ALARM(\"a)\") OR FALSE",
                "ALARM(\"a)\") OR TRUE"
            ]
        );
        assert_eq!(
            other_amounts("AT_LEAST(2, ALARM, (a, b, c))"),
            [
                "AT_LEAST(3, ALARM, (a, b, c))",
                "AT_LEAST(1, ALARM, (a, b, c))"
            ]
        );
    }
}
