use super::{Evidence, Factor};

/// A large sum. The steps are those between which most frauds of card test sets lie.
pub(super) const FACTOR: Factor = Factor {
    name: "high_amount",
    weight: 55,
    description: "the amount is 250 or more (20 points), 500 or more (40), 1000 or more (55)",
    assess,
};

/// Lowest amount and its points, highest first.
const STEPS: [(f64, u8); 3] = [(1000.0, 55), (500.0, 40), (250.0, 20)];

fn assess(evidence: &Evidence<'_>) -> Option<(u8, String)> {
    let amount = evidence.transaction.amount;
    let (from, points) = STEPS.into_iter().find(|(from, _)| amount >= *from)?;
    Some((points, format!("amount {amount:.2} is {from} or more")))
}

#[cfg(test)]
mod tests {
    use crate::score::testing::{Case, transaction};

    #[test]
    fn each_step_begins_at_its_amount() {
        for (amount, expected) in [
            (249.99, None),
            (250.0, Some(20)),
            (500.0, Some(40)),
            (999.99, Some(40)),
            (1e6, Some(55)),
        ] {
            let mut transaction = transaction();
            transaction.amount = amount;
            assert_eq!(
                Case::new(transaction).points(&super::FACTOR),
                expected,
                "{amount}"
            );
        }
    }
}
