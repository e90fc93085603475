use std::collections::BTreeMap;

use super::athena::AthenaStore;
use super::budgets::BudgetStore;
use super::elb::ElbStore;
use super::logs::SubscriptionFilters;
use super::s3::S3Store;
use crate::cost::store::CostStore;

/// What the services beside CloudWatch, Logs and SNS keep: one field for each service, whose types live in its
/// own room. A service that AWS keeps apart by region has a [`Regional`] store; one that is the same in every
/// region of the account (names of buckets, budgets, costs) has a store without regions.
///
/// Everything here is built by journaled calls alone, so that a replay builds it again.
#[derive(Debug, Default)]
pub struct Stores {
    /// Subscription filters of log groups.
    pub subscription_filters: Regional<SubscriptionFilters>,
    /// What was paid, for Cost Explorer: read from exports when the endpoint opens, and metered by a local run.
    pub cost: CostStore,
    /// Buckets and objects.
    pub s3: S3Store,
    /// Load balancers.
    pub elb: Regional<ElbStore>,
    /// Catalogue, workgroups, queries.
    pub athena: Regional<AthenaStore>,
    /// Budgets, and whom they tell.
    pub budgets: BudgetStore,
}

/// One store for each region, made when it is first asked for.
#[derive(Clone, Debug)]
pub struct Regional<T> {
    regions: BTreeMap<String, T>,
}

impl<T> Default for Regional<T> {
    fn default() -> Self {
        Self {
            regions: BTreeMap::new(),
        }
    }
}

impl<T: Default> Regional<T> {
    /// The store of `region`, such as `us-east-1`.
    pub fn of(&mut self, region: &str) -> &mut T {
        self.regions.entry(region.to_owned()).or_default()
    }

    /// The store of `region`, where something asked for it before.
    pub fn get(&self, region: &str) -> Option<&T> {
        self.regions.get(region)
    }

    /// Every region that was asked for, by name.
    pub fn all(&mut self) -> impl Iterator<Item = (&str, &mut T)> {
        let regions = self.regions.iter_mut();
        regions.map(|(region, store)| (region.as_str(), store))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_region_has_a_store_of_its_own() {
        let mut stores = Regional::<Vec<&str>>::default();
        stores.of("us-east-1").push("a");
        stores.of("eu-west-1").push("b");
        assert_eq!(stores.get("us-east-1"), Some(&vec!["a"]));
        assert_eq!(stores.get("ap-south-1"), None);
        assert_eq!(stores.all().count(), 2);
    }
}
