use std::collections::BTreeMap;

use super::budget::Budget;

/// The budgets of the account: they belong to no region.
#[derive(Debug, Default)]
pub struct BudgetStore {
    /// By name.
    pub budgets: BTreeMap<String, Budget>,
    /// By ARN.
    pub(super) tags: BTreeMap<String, BTreeMap<String, String>>,
}
