use super::json_patterns::NumberedCondition;
use crate::pattern::conditions::Conditions;
use crate::pattern::json::Test;
use crate::pattern::operand::{Comparison, Operand};

/// Conditions of which at least one holds where `pattern` matches, chosen to hold seldom; `None` where only conditions
/// that the scanner cannot decide would do.
pub(super) fn of(
    pattern: &Conditions<usize>,
    conditions: &[NumberedCondition],
) -> Option<Vec<usize>> {
    rated(pattern, conditions).map(|(_, conditions)| conditions)
}

fn rated(
    pattern: &Conditions<usize>,
    conditions: &[NumberedCondition],
) -> Option<(u32, Vec<usize>)> {
    match pattern {
        Conditions::One(number) => {
            let condition = conditions.get(*number).filter(|c| c.is_scanned)?;
            Some((weight(&condition.test), vec![*number]))
        }
        Conditions::All(all) => {
            let each = all.iter().filter_map(|one| rated(one, conditions));
            each.min_by_key(|(weight, _)| *weight)
        }
        Conditions::Any(any) => {
            let mut together = (0_u32, Vec::new());
            for one in any {
                let (weight, numbers) = rated(one, conditions)?;
                together.0 = together.0.saturating_add(weight);
                together.1.extend(numbers);
            }
            Some(together)
        }
    }
}

/// How often a condition is thought to hold, and what it costs to see that it does.
fn weight(test: &Test) -> u32 {
    match test {
        Test::Compare(Comparison::Equal, Operand::Text { glob, .. }) => match glob.as_literal() {
            Some(_) => 1,
            None => 8,
        },
        Test::Compare(Comparison::Equal, Operand::Number(..)) => 1,
        Test::Compare(Comparison::Equal, Operand::Expression(_)) => 8,
        Test::Compare(Comparison::NotEqual, _) => 16,
        Test::Compare(..) | Test::IsBoolean(_) => 4,
        Test::IsNull | Test::NotExists => 32,
    }
}
