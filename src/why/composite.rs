use belfry_engine::alarms::{Amount, RuleExpression, StateValue};
use serde::Serialize;

/// A part of the rule of a composite alarm and whether it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RuleTruth {
    /// The part as it would be written; `AND` and `OR` stand for all their parts.
    pub text: String,
    /// Whether it holds.
    pub holds: bool,
    /// The state of the alarm it reads, where it reads one.
    pub state: Option<&'static str>,
    /// What it is made of.
    pub parts: Vec<Self>,
}

impl RuleTruth {
    /// The truth of every part of `rule`, where `state` tells an alarm's state by what the rule calls it.
    pub fn of(rule: &RuleExpression, state: &dyn Fn(&str) -> StateValue) -> Self {
        let node = |text: String, parts: Vec<Self>| Self {
            text,
            holds: rule.holds(state),
            state: None,
            parts,
        };
        let all =
            |parts: &[RuleExpression]| parts.iter().map(|part| Self::of(part, state)).collect();
        match rule {
            RuleExpression::Constant(true) => node("TRUE".to_owned(), Vec::new()),
            RuleExpression::Constant(false) => node("FALSE".to_owned(), Vec::new()),
            RuleExpression::Is(wanted, alarm) => Self {
                state: Some(state(alarm).as_str()),
                ..node(format!("{}({alarm})", wanted.as_str()), Vec::new())
            },
            RuleExpression::Not(inner) => node("NOT".to_owned(), vec![Self::of(inner, state)]),
            RuleExpression::And(parts) => node("AND".to_owned(), all(parts)),
            RuleExpression::Or(parts) => node("OR".to_owned(), all(parts)),
            RuleExpression::AtLeast {
                amount,
                negated,
                state: wanted,
                alarms,
            } => {
                let child = |alarm: &String| {
                    let found = state(alarm);
                    Self {
                        text: alarm.clone(),
                        holds: (found == *wanted) != *negated,
                        state: Some(found.as_str()),
                        parts: Vec::new(),
                    }
                };
                let amount = match amount {
                    Amount::Count(count) => count.to_string(),
                    Amount::Percent(percent) => format!("{percent}%"),
                };
                let not = if *negated { "NOT " } else { "" };
                let text = format!("AT_LEAST({amount}, {not}{}, …)", wanted.as_str());
                node(text, alarms.iter().map(child).collect())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use belfry_engine::alarms::AlarmRule;

    use super::*;

    fn lines(truth: &RuleTruth, depth: usize, found: &mut Vec<String>) {
        let sign = if truth.holds { '+' } else { '-' };
        found.push(format!("{}{sign} {}", "  ".repeat(depth), truth.text));
        truth
            .parts
            .iter()
            .for_each(|part| lines(part, depth + 1, found));
    }

    #[test]
    fn every_part_says_whether_it_holds() {
        let rule = "ALARM(a) AND (NOT ALARM(b) OR AT_LEAST(2, NOT OK, (a, b, c)))";
        let rule = AlarmRule::parse(rule).unwrap();
        let state = |name: &str| match name {
            "a" => StateValue::Alarm,
            "b" => StateValue::Ok,
            _ => StateValue::InsufficientData,
        };
        let mut found = Vec::new();
        lines(&RuleTruth::of(rule.expression(), &state), 0, &mut found);
        assert_eq!(
            found,
            [
                "+ AND",
                "  + ALARM(a)",
                "  + OR",
                "    + NOT",
                "      - ALARM(b)",
                "    + AT_LEAST(2, NOT OK, …)",
                "      + a",
                "      - b",
                "      + c",
            ]
        );
    }
}
