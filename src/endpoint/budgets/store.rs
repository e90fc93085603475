use std::collections::BTreeMap;

use belfry_engine::base::Millis;

use super::budget::Budget;

/// The budgets of the account: they belong to no region.
#[derive(Debug, Default)]
pub struct BudgetStore {
    /// By name.
    pub budgets: BTreeMap<String, Budget>,
    /// By ARN.
    pub(super) tags: BTreeMap<String, BTreeMap<String, String>>,
    /// What is to be said of them: those that are not evaluated here, and why.
    pub(in crate::endpoint) remarks: Vec<String>,
}

impl BudgetStore {
    /// Deletes the budgets whose end has come ("after the end date, … deletes the budget and all the associated
    /// notifications and subscribers", API reference of Budget).
    pub(super) fn delete_ended(&mut self, now: Millis) {
        let ended = self
            .budgets
            .extract_if(.., |_, budget| budget.period.1 <= now);
        for (name, _) in ended {
            let suffix = format!(":budget/{name}");
            self.tags.retain(|arn, _| !arn.ends_with(&suffix));
        }
    }
}

impl BudgetStore {
    /// The tags of budgets, by ARN.
    pub(in crate::endpoint) fn tagged(
        &self,
    ) -> impl Iterator<Item = (&str, &BTreeMap<String, String>)> {
        self.tags.iter().map(|(arn, tags)| (arn.as_str(), tags))
    }
}
