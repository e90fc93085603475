use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};

use super::tell::Teller;
use crate::balancer::{
    Balancer, ForwardedFor, GroupSettings, Health, HealthCheck, LogKind, LogSettings, Settings,
    TargetHealth,
};
use crate::endpoint::Endpoint;
use crate::endpoint::elb::{GroupOrders, Orders, TargetReport, TargetState};

/// How often the records are looked at. On AWS changes take seconds to reach a load balancer.
const EVERY: Duration = Duration::from_millis(100);

/// Makes a load balancer do what its records in the endpoint say (attributes, weights, targets, health checks), and tells
/// the endpoint how its targets are, so that DescribeTargetHealth knows.
#[derive(Debug)]
pub struct Follower {
    endpoint: Arc<Endpoint>,
    region: String,
    balancer: Arc<Balancer>,
    tell: Teller,
    /// What metrics call groups, where it is not as their records do: by name.
    dimensions: BTreeMap<String, String>,
    /// What is done already.
    done: Option<Orders>,
    reported: Vec<TargetReport>,
}

impl Follower {
    /// For the load balancer of this name in the endpoint's records.
    pub fn new(endpoint: &Arc<Endpoint>, balancer: &Arc<Balancer>, tell: Teller) -> Self {
        Self {
            endpoint: Arc::clone(endpoint),
            region: balancer.settings().region.clone(),
            balancer: Arc::clone(balancer),
            tell,
            dimensions: BTreeMap::new(),
            done: None,
            reported: Vec::new(),
        }
    }

    /// With other names for groups than their records have: `targetgroup/fraud-detection-blue/ID` by `fraud-detection-blue`.
    #[must_use]
    pub fn naming(self, dimensions: BTreeMap<String, String>) -> Self {
        Self { dimensions, ..self }
    }

    /// Follows until dropped.
    pub async fn run(mut self) {
        let mut every = interval(EVERY);
        every.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            every.tick().await;
            self.follow();
            self.report();
        }
    }

    /// Does what is new in the records.
    pub fn follow(&mut self) {
        let name = self.balancer.settings().name.clone();
        let short = name.split('/').nth(1).unwrap_or(&name);
        let orders = self.endpoint.load_balancer(&self.region, short);
        if orders == self.done {
            return;
        }
        let before = std::mem::replace(&mut self.done, orders);
        let Some(orders) = &self.done else {
            // The record is gone: nothing is forwarded any more.
            self.balancer.set_groups(Vec::new());
            return;
        };
        let told = before.as_ref().map(|before| &before.attributes);
        for note in notes(&orders.attributes, told) {
            self.tell.say(format_args!("load balancer: {note}"));
        }
        let settings = settings(&orders.attributes, &self.balancer.settings());
        self.balancer.set(settings);
        self.forward(orders);
    }

    fn forward(&self, orders: &Orders) {
        let port = i64::from(self.balancer.address().port());
        let listener = orders
            .listeners
            .iter()
            .find(|listener| listener.port == port);
        let weights = listener.map_or(&[][..], |listener| listener.forward.as_slice());
        let groups = weights.iter().filter_map(|(arn, weight)| {
            let group = orders.groups.iter().find(|group| group.arn == *arn)?;
            Some((group, u32::try_from(*weight).unwrap_or_default()))
        });
        let groups: Vec<(&GroupOrders, u32)> = groups.collect();
        let settings = groups
            .iter()
            .map(|(group, weight)| of_group(group, self.arn(group), *weight));
        self.balancer.set_groups(settings.collect());
        let now = self.balancer.targets();
        for (group, _) in groups {
            let wanted: Vec<SocketAddr> = group.targets.iter().filter_map(address).collect();
            let registered = now.iter().filter(|(name, _)| name.name == group.name);
            for (target, _) in registered.flat_map(|(_, targets)| targets) {
                if !wanted.contains(target) {
                    self.balancer.deregister(&group.name, *target);
                }
            }
            for target in wanted {
                self.balancer.register(&group.name, target);
            }
        }
    }

    /// The ARN under which logs and metrics know a group.
    fn arn(&self, group: &GroupOrders) -> String {
        let (Some(dimension), Some((place, _))) = (
            self.dimensions.get(&group.name),
            group.arn.split_once(":targetgroup/"),
        ) else {
            return group.arn.clone();
        };
        format!("{place}:{dimension}")
    }

    /// Tells the endpoint what changed.
    pub fn report(&mut self) {
        let targets = self.balancer.targets();
        let orders = self.done.iter().flat_map(|orders| &orders.groups);
        let records: BTreeMap<&str, &str> = orders
            .map(|group| (group.name.as_str(), group.arn.as_str()))
            .collect();
        let known = targets
            .iter()
            .filter_map(|(group, targets)| Some((records.get(group.name.as_str())?, targets)));
        let reports = known.flat_map(|(arn, targets)| {
            targets.iter().map(|(target, health)| TargetReport {
                group: (*arn).to_owned(),
                id: target.ip().to_string(),
                port: i64::from(target.port()),
                state: state(health),
            })
        });
        let reports: Vec<TargetReport> = reports.collect();
        if reports != self.reported {
            self.endpoint.report_targets(&self.region, reports.clone());
            self.reported = reports;
        }
    }
}

fn address((id, port): &(String, i64)) -> Option<SocketAddr> {
    let ip: IpAddr = id.parse().ok()?;
    Some(SocketAddr::from((ip, u16::try_from(*port).ok()?)))
}

fn state(health: &TargetHealth) -> TargetState {
    let failure = health
        .failure
        .map(|failure| (failure.code(), failure.status()));
    match health.health {
        Health::Initial => TargetState {
            state: "initial",
            reason: Some(("Elb.InitialHealthChecking", None)),
        },
        Health::Healthy => TargetState {
            state: "healthy",
            reason: None,
        },
        Health::Unhealthy => TargetState {
            state: "unhealthy",
            reason: Some(failure.unwrap_or(("Target.FailedHealthChecks", None))),
        },
    }
}

fn of_group(group: &GroupOrders, arn: String, weight: u32) -> GroupSettings {
    let seconds = |seconds: i64| Duration::from_secs(u64::try_from(seconds).unwrap_or_default());
    let count = |count: i64| u32::try_from(count).unwrap_or(1);
    GroupSettings {
        name: group.name.clone(),
        arn,
        weight,
        check: HealthCheck {
            port: group.check_port.parse().ok(),
            path: group.check_path.clone(),
            interval: seconds(group.interval),
            timeout: seconds(group.timeout),
            healthy_threshold: count(group.healthy_threshold),
            unhealthy_threshold: count(group.unhealthy_threshold),
            matcher: group.check_codes.parse().unwrap_or_default(),
        },
        deregistration_delay: seconds(group.deregistration_delay),
    }
}

type Attributes = BTreeMap<&'static str, String>;

/// The settings that attributes ask for; what no attribute says stays.
fn settings(attributes: &Attributes, before: &Settings) -> Settings {
    let text = |key: &str| attributes.get(key).map_or("", String::as_str);
    let flag = |key| text(key) == "true";
    let seconds = |key: &str, before: Duration| {
        let seconds = text(key).parse().ok();
        seconds.map_or(before, Duration::from_secs)
    };
    let logs = LogKind::ALL.into_iter().filter_map(|kind| {
        let part = |part: &str| text(&format!("{}.s3.{part}", kind.attribute())).to_owned();
        (part("enabled") == "true").then(|| {
            let to = LogSettings {
                bucket: part("bucket"),
                prefix: part("prefix"),
            };
            (kind, to)
        })
    });
    Settings {
        idle_timeout: seconds("idle_timeout.timeout_seconds", before.idle_timeout),
        client_keep_alive: seconds("client_keep_alive.seconds", before.client_keep_alive),
        drop_invalid_headers: flag("routing.http.drop_invalid_header_fields.enabled"),
        forwarded_for: match text("routing.http.xff_header_processing.mode") {
            "preserve" => ForwardedFor::Preserve,
            "remove" => ForwardedFor::Remove,
            _ => ForwardedFor::Append,
        },
        forwarded_port: flag("routing.http.xff_client_port.enabled"),
        preserve_host: flag("routing.http.preserve_host_header.enabled"),
        logs: logs.collect(),
        ..before.clone()
    }
}

/// Attributes that are kept and read back, and change nothing here: key, the value that asks for nothing, and why. Those
/// that only matter with TLS, HTTP/2 or AWS WAF, of which there is none, change nothing for plain HTTP on AWS either and are
/// not named.
const WITHOUT_EFFECT: &[(&str, &str, &str)] = &[
    (
        "routing.http.desync_mitigation_mode",
        "defensive",
        "requests are not classified here; what is no HTTP is refused with 400 in every mode",
    ),
    (
        "zonal_shift.config.enabled",
        "false",
        "there are no Availability Zones here",
    ),
    (
        "ipv6.deny_all_igw_traffic",
        "false",
        "there is no internet gateway here",
    ),
];

/// What is to be said of attributes that were changed and have no effect here.
fn notes(attributes: &Attributes, before: Option<&Attributes>) -> Vec<String> {
    let changed = |key: &str| {
        let before = before.map(|before| before.get(key));
        before != Some(attributes.get(key))
    };
    let asking = WITHOUT_EFFECT.iter().filter_map(|(key, idle, why)| {
        let value = attributes.get(key).filter(|value| value != idle)?;
        changed(key).then(|| format!("`{key}` = `{value}` has no effect on this machine: {why}"))
    });
    asking.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attributes(pairs: &[(&'static str, &str)]) -> Attributes {
        pairs
            .iter()
            .map(|(key, value)| (*key, (*value).to_owned()))
            .collect()
    }

    #[test]
    fn attributes_become_settings() {
        let before = Settings::of("app/a/1", "1", "us-east-1");
        let after = settings(
            &attributes(&[
                ("idle_timeout.timeout_seconds", "5"),
                ("client_keep_alive.seconds", "60"),
                ("routing.http.drop_invalid_header_fields.enabled", "true"),
                ("routing.http.xff_header_processing.mode", "remove"),
                ("health_check_logs.s3.enabled", "true"),
                ("health_check_logs.s3.bucket", "logs"),
                ("health_check_logs.s3.prefix", "checks"),
                ("access_logs.s3.enabled", "false"),
                ("access_logs.s3.bucket", "logs"),
            ]),
            &before,
        );
        assert_eq!(after.idle_timeout, Duration::from_secs(5));
        assert_eq!(after.client_keep_alive, Duration::from_secs(60));
        assert!(after.drop_invalid_headers && !after.preserve_host);
        assert_eq!(after.forwarded_for, ForwardedFor::Remove);
        let logs: Vec<_> = after.logs.iter().collect();
        assert_eq!(logs.len(), 1);
        assert_eq!(
            (*logs[0].0, logs[0].1.prefix.as_str()),
            (LogKind::HealthCheck, "checks")
        );
    }

    #[test]
    fn what_has_no_effect_is_said_once() {
        let strict = attributes(&[("routing.http.desync_mitigation_mode", "strictest")]);
        let idle = attributes(&[("routing.http.desync_mitigation_mode", "defensive")]);
        let said = notes(&strict, None);
        assert_eq!(said.len(), 1);
        assert!(
            said[0].starts_with("`routing.http.desync_mitigation_mode` = `strictest` has no effect on this machine: "),
            "{}",
            said[0]
        );
        assert!(notes(&strict, Some(&strict)).is_empty());
        assert_eq!(notes(&strict, Some(&idle)).len(), 1);
        assert!(notes(&idle, Some(&strict)).is_empty());
    }
}
