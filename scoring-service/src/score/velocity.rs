use std::time::Duration;

use super::{Evidence, Factor};

/// Many transactions of one customer in a short time.
pub(super) const FACTOR: Factor = Factor {
    name: "high_velocity",
    weight: 30,
    description: "the customer's sixth transaction within 60 seconds (15 points), the tenth or later (30)",
    assess,
};

const WINDOW: Duration = Duration::from_secs(60);

fn assess(evidence: &Evidence<'_>) -> Option<(u8, String)> {
    let count = evidence.history.arrivals_within(evidence.now, WINDOW) + 1;
    let points = match count {
        0..6 => return None,
        6..10 => 15,
        _ => 30,
    };
    Some((
        points,
        format!("{count} transactions within {} s", WINDOW.as_secs()),
    ))
}

#[cfg(test)]
mod tests {
    use crate::score::testing::{Case, transaction};

    #[test]
    fn the_sixth_and_the_tenth_transaction_within_a_minute_count() {
        let points = |before| {
            Case::new(transaction())
                .after(before)
                .points(&super::FACTOR)
        };
        assert_eq!(
            (points(4), points(5), points(8), points(9)),
            (None, Some(15), Some(15), Some(30))
        );
    }

    #[test]
    fn transactions_of_an_earlier_minute_do_not_count() {
        let case = Case::new(transaction()).after(20).at_second(60);
        assert_eq!(case.points(&super::FACTOR), None);
    }
}
