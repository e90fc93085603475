use std::time::Duration;

use crate::aws::{CloudError, Session};
use crate::balancer::{GroupSettings, HealthCheck};
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

/// Where the service listens in a task.
const SERVICE_PORT: u16 = 8000;

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

    /// Makes the records of the load balancer and its groups, so that the suite finds them. Variables that name others, as
    /// those of an account on AWS do, are left as they are: then the records stand beside.
    pub(super) async fn declare(&self, session: &Session, port: u16) -> Result<(), CloudError> {
        let groups = [name(&self.blue), name(&self.green)];
        let port = if port == 0 { SERVICE_PORT } else { port };
        session
            .create_local_fleet(name(&self.load_balancer), &groups, port)
            .await
    }

    /// Blue takes all requests, green none.
    pub(super) fn groups(&self, suite: &Suite) -> Vec<GroupSettings> {
        let check = check(suite);
        let group = |dimension: &str, weight| GroupSettings {
            name: name(dimension).to_owned(),
            arn: format!(
                "arn:aws:elasticloadbalancing:{}:{}:{dimension}",
                suite.environment.region, suite.environment.account
            ),
            weight,
            check: check.clone(),
        };
        vec![group(&self.blue, ALL), group(&self.green, 0)]
    }
}

/// `fraud-detection-blue` of `targetgroup/fraud-detection-blue/ID`.
pub(super) fn name(dimension: &str) -> &str {
    dimension.split('/').nth(1).unwrap_or(dimension)
}

fn check(suite: &Suite) -> HealthCheck {
    let declared = &suite.health_check;
    let seconds = |seconds: u32| Duration::from_secs(seconds.into());
    HealthCheck {
        path: declared.path.clone(),
        interval: seconds(declared.interval),
        timeout: seconds(declared.timeout),
        healthy_threshold: declared.healthy_threshold,
        unhealthy_threshold: declared.unhealthy_threshold,
        matcher: declared.matcher.parse().unwrap_or_default(),
    }
}
