use std::collections::BTreeMap;

use crate::aws::{CloudError, LocalFleet, Session};
use crate::suite::Suite;

/// The share of the group that takes all requests.
pub(super) const ALL: u32 = 100;

/// The names under which the suite's dashboards and alarms know what stands in front of the service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fleet {
    /// `app/fraud-detection-alb/ID`.
    pub(super) load_balancer: String,
    /// `targetgroup/fraud-detection-blue/ID`.
    pub(super) blue: String,
    /// `targetgroup/fraud-detection-green/ID`.
    pub(super) green: String,
    /// The service of ECS: `ClusterName` and `ServiceName`.
    pub(super) cluster: String,
    pub(super) service: String,
}

impl Fleet {
    /// From the suite's variables; a suite that has none of them gets the names of the fraud service.
    pub(super) fn of(suite: &Suite) -> Self {
        let named = |name: &str, otherwise: &str| {
            let variable = suite.environment.variables.get(name);
            variable.map_or(otherwise, String::as_str).to_owned()
        };
        Self {
            load_balancer: named("load_balancer", "app/fraud-detection-alb/0000000000000000"),
            blue: named(
                "target_group_blue",
                "targetgroup/fraud-detection-blue/0000000000000000",
            ),
            green: named(
                "target_group_green",
                "targetgroup/fraud-detection-green/0000000000000000",
            ),
            cluster: named("cluster", "fraud-detection-cluster"),
            service: named("service", "fraud-detection-service"),
        }
    }

    /// Makes the records of the load balancer and its groups, so that the suite finds them, with the numbers of its health
    /// check. Variables that name others, as those of an account on AWS do, are left as they are: then the records stand
    /// beside.
    pub(super) async fn make(
        &self,
        session: &Session,
        suite: &Suite,
    ) -> Result<LocalFleet, CloudError> {
        let groups = [name(&self.blue), name(&self.green)];
        LocalFleet::make(
            session,
            name(&self.load_balancer),
            &groups,
            &suite.health_check,
        )
        .await
    }
}

impl Fleet {
    /// What metrics call the target groups, by their names.
    pub(super) fn dimensions(&self) -> BTreeMap<String, String> {
        let groups = [&self.blue, &self.green];
        let groups = groups.map(|dimension| (name(dimension).to_owned(), dimension.clone()));
        groups.into()
    }
}

/// The weights of blue and green before and after a deployment.
pub(super) const BLUE_ALONE: [u32; 2] = [ALL, 0];

/// `fraud-detection-blue` of `targetgroup/fraud-detection-blue/ID`.
pub(super) fn name(dimension: &str) -> &str {
    dimension.split('/').nth(1).unwrap_or(dimension)
}
