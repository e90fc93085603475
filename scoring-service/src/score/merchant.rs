use super::{Evidence, Factor};

/// A merchant whom a known customer has not paid lately.
pub(super) const FACTOR: Factor = Factor {
    name: "new_merchant",
    weight: 15,
    description: "the customer is known and none of the latest 16 merchants was this one",
    assess,
};

fn assess(evidence: &Evidence<'_>) -> Option<(u8, String)> {
    let merchant = &evidence.transaction.merchant_name;
    let usual = !evidence.history.is_known() || evidence.history.has_paid(merchant);
    (!usual).then(|| (FACTOR.weight, format!("has not paid `{merchant}` before")))
}

#[cfg(test)]
mod tests {
    use crate::score::testing::{Case, transaction};

    #[test]
    fn a_known_customer_who_pays_someone_else_pays_a_new_merchant() {
        let mut other = transaction();
        other.merchant_name = "Somebody".to_owned();
        assert_eq!(
            Case::new(other.clone()).after(3).points(&super::FACTOR),
            Some(15)
        );
        assert_eq!(Case::new(other).after(2).points(&super::FACTOR), None);
        assert_eq!(
            Case::new(transaction()).after(3).points(&super::FACTOR),
            None
        );
    }
}
