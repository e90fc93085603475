use super::{Evidence, Factor};

/// A place where a known customer has not been lately.
pub(super) const FACTOR: Factor = Factor {
    name: "unusual_location",
    weight: 30,
    description: "the customer is known and none of the latest 16 places was this one",
    assess,
};

fn assess(evidence: &Evidence<'_>) -> Option<(u8, String)> {
    let location = &evidence.transaction.location;
    let usual = !evidence.history.is_known() || evidence.history.has_been_at(location);
    (!usual).then(|| (FACTOR.weight, format!("not seen at `{location}` before")))
}

#[cfg(test)]
mod tests {
    use crate::score::testing::{Case, transaction};

    #[test]
    fn a_known_customer_elsewhere_is_unusual() {
        let mut elsewhere = transaction();
        elsewhere.location = "Nome, AK".to_owned();
        let case = |before| Case::new(elsewhere.clone()).after(before);
        assert_eq!(case(3).points(&super::FACTOR), Some(30));
        assert_eq!(
            case(2).points(&super::FACTOR),
            None,
            "not known well enough"
        );
    }

    #[test]
    fn a_known_customer_at_home_is_not() {
        assert_eq!(
            Case::new(transaction()).after(9).points(&super::FACTOR),
            None
        );
    }
}
