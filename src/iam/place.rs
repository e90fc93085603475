use std::collections::BTreeSet;

use crate::suite::{Athena, Suite, Watch};

/// Where a suite's resources are, and what they are called, as far as ARNs need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IamPlace {
    /// `aws`, `aws-cn`, `aws-us-gov`.
    pub partition: &'static str,
    /// Twelve digits.
    pub account: String,
    /// The environment's region.
    pub region: String,
    /// That and the region of billing alarms, where the suite has some.
    pub alarm_regions: BTreeSet<String>,
    /// The suite's name, which its tag carries.
    pub suite: String,
    /// What the names of its resources begin with.
    pub prefix: String,
    /// Log groups.
    pub log_groups: Vec<String>,
    /// Topics.
    pub topics: Vec<String>,
    /// Buckets.
    pub buckets: Vec<String>,
    /// Load balancers.
    pub load_balancers: Vec<String>,
    /// Where load balancers' logs are asked with SQL.
    pub athena: Option<Athena>,
    /// Whether the suite has budgets.
    pub has_budgets: bool,
    /// The roles that run the queries of log alarms.
    pub query_roles: Vec<String>,
}

/// AWS/Billing has data in this region alone (user guide, "Monitor estimated charges").
const BILLING: (&str, &str) = ("AWS/Billing", "us-east-1");

impl IamPlace {
    /// That of a suite in its environment.
    pub fn of(suite: &Suite) -> Self {
        let environment = &suite.environment;
        let mut alarm_regions = BTreeSet::from([environment.region.clone()]);
        if suite.alarms.iter().any(|alarm| is_billing(&alarm.watch)) {
            alarm_regions.insert(BILLING.1.to_owned());
        }
        Self {
            partition: partition(&environment.region),
            account: environment.account.clone(),
            region: environment.region.clone(),
            alarm_regions,
            suite: suite.name.clone(),
            prefix: suite.prefix.clone(),
            log_groups: suite.log_groups.iter().map(|g| g.name.clone()).collect(),
            athena: suite.athena.clone(),
            has_budgets: !suite.budgets.is_empty(),
            topics: suite.topics.iter().map(|t| t.name.clone()).collect(),
            buckets: suite.buckets.iter().map(|b| b.name.clone()).collect(),
            load_balancers: suite
                .load_balancers
                .iter()
                .map(|b| b.name.clone())
                .collect(),
            query_roles: suite.log_alarms.iter().map(|a| a.role.clone()).collect(),
        }
    }
}

fn is_billing(watch: &Watch) -> bool {
    match watch {
        Watch::Metric(stat) => stat.metric.namespace == BILLING.0,
        Watch::Math { metrics, .. } => metrics
            .iter()
            .any(|query| query.stat.metric.namespace == BILLING.0),
    }
}

/// The partition of a region, by its prefix (AWS General Reference, "ARN format").
fn partition(region: &str) -> &'static str {
    const BY_PREFIX: &[(&str, &str)] = &[("cn-", "aws-cn"), ("us-gov-", "aws-us-gov")];
    let mut all = BY_PREFIX.iter();
    all.find(|(prefix, _)| region.starts_with(prefix))
        .map_or("aws", |(_, partition)| partition)
}
