use std::net::SocketAddr;

use aws_sdk_elasticloadbalancingv2::types::{
    Action as ListenerAction, ActionTypeEnum, ForwardActionConfig, Matcher, ProtocolEnum,
    TargetDescription, TargetGroupAttribute, TargetGroupTuple, TargetTypeEnum,
};

use super::{CloudError, Session};
use crate::iam::{Action, LOCALLY, On};
use crate::suite::HealthCheck;

/// What this file asks of the local endpoint. On AWS others make load balancers.
pub(super) const ACTIONS: &[Action] = &[
    Action::new(
        "create_load_balancer",
        "elasticloadbalancing:CreateLoadBalancer",
        On::Everything(MAKING),
        LOCALLY,
    ),
    Action::new(
        "create_target_group",
        "elasticloadbalancing:CreateTargetGroup",
        On::Everything(MAKING),
        LOCALLY,
    ),
    Action::new(
        "describe_target_groups",
        "elasticloadbalancing:DescribeTargetGroups",
        On::Everything(MAKING),
        LOCALLY,
    ),
    Action::new(
        "modify_target_group",
        "elasticloadbalancing:ModifyTargetGroup",
        On::Everything(MAKING),
        LOCALLY,
    ),
    Action::new(
        "modify_target_group_attributes",
        "elasticloadbalancing:ModifyTargetGroupAttributes",
        On::Everything(MAKING),
        LOCALLY,
    ),
    Action::new(
        "create_listener",
        "elasticloadbalancing:CreateListener",
        On::Everything(MAKING),
        LOCALLY,
    ),
    Action::new(
        "describe_listeners",
        "elasticloadbalancing:DescribeListeners",
        On::Everything(MAKING),
        LOCALLY,
    ),
    Action::new(
        "modify_listener",
        "elasticloadbalancing:ModifyListener",
        On::Everything(MAKING),
        LOCALLY,
    ),
    Action::new(
        "delete_listener",
        "elasticloadbalancing:DeleteListener",
        On::Everything(MAKING),
        LOCALLY,
    ),
    Action::new(
        "register_targets",
        "elasticloadbalancing:RegisterTargets",
        On::Everything(MAKING),
        LOCALLY,
    ),
    Action::new(
        "deregister_targets",
        "elasticloadbalancing:DeregisterTargets",
        On::Everything(MAKING),
        LOCALLY,
    ),
    Action::new(
        "describe_target_health",
        "elasticloadbalancing:DescribeTargetHealth",
        On::Everything(MAKING),
        LOCALLY,
    ),
];

const MAKING: &str = "only `belfry up` makes load balancers, on its own machine";

/// Where the targets of a local group listen, unless they say otherwise.
const SERVICE_PORT: i32 = 8000;

/// Seconds for which a deregistered target is draining. AWS's default is 300; a laptop does not wait so long.
const DEREGISTRATION_DELAY: &str = "5";

/// The records of a local load balancer with a blue and a green target group: what ECS has of one on AWS.
#[derive(Clone, Debug)]
pub struct LocalFleet {
    session: Session,
    balancer: String,
    groups: Vec<String>,
}

/// What DescribeTargetHealth says of a target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetStanding {
    /// `127.0.0.1`.
    pub id: String,
    /// Where it listens.
    pub port: i32,
    /// `initial`, `healthy`, `unhealthy`, `draining`, `unused`.
    pub state: String,
    /// Such as `Target.Timeout`; none where it is healthy.
    pub reason: Option<String>,
}

impl LocalFleet {
    /// Makes the load balancer and its target groups, as far as they are not there, with the numbers of `check`; their ids
    /// come from their names. What an earlier run left behind them is taken away: its listeners and its targets.
    pub async fn make(
        session: &Session,
        balancer: &str,
        groups: &[&str],
        check: &HealthCheck,
    ) -> Result<Self, CloudError> {
        let elb = session.elb();
        let request = elb.create_load_balancer().name(balancer);
        let request = request.subnets("subnet-local-a").subnets("subnet-local-b");
        let answer = request.send().await;
        let answer =
            answer.map_err(|e| CloudError::from_sdk("CreateLoadBalancer", balancer, &e))?;
        let made = answer.load_balancers().first();
        let arn = made.and_then(|made| made.load_balancer_arn());
        let mut fleet = Self {
            session: session.clone(),
            balancer: arn.unwrap_or_default().to_owned(),
            groups: Vec::new(),
        };
        for group in groups {
            let arn = fleet.make_group(group, check).await?;
            fleet.groups.push(arn);
        }
        fleet.tidy_up().await?;
        Ok(fleet)
    }

    async fn make_group(&self, name: &str, check: &HealthCheck) -> Result<String, CloudError> {
        let elb = self.session.elb();
        let request = elb.create_target_group().name(name).vpc_id("vpc-local");
        let request = request.protocol(ProtocolEnum::Http).port(SERVICE_PORT);
        let made = request.target_type(TargetTypeEnum::Ip).send().await;
        let arn = match made {
            Ok(made) => made.target_groups.unwrap_or_default().pop(),
            Err(error) => {
                let error = CloudError::from_sdk("CreateTargetGroup", name, &error);
                if error.code.as_deref() != Some("DuplicateTargetGroupName") {
                    return Err(error);
                }
                // Made by an earlier run, with other numbers.
                let found = elb.describe_target_groups().names(name).send().await;
                let found =
                    found.map_err(|e| CloudError::from_sdk("DescribeTargetGroups", name, &e))?;
                found.target_groups.unwrap_or_default().pop()
            }
        };
        let arn = arn
            .and_then(|group| group.target_group_arn)
            .unwrap_or_default();
        let number = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
        let matcher = Matcher::builder().http_code(&check.matcher).build();
        let request = elb.modify_target_group().target_group_arn(&arn);
        let request = request
            .health_check_path(&check.path)
            .health_check_interval_seconds(number(check.interval))
            .health_check_timeout_seconds(number(check.timeout))
            .healthy_threshold_count(number(check.healthy_threshold))
            .unhealthy_threshold_count(number(check.unhealthy_threshold))
            .matcher(matcher);
        let changed = request.send().await;
        changed.map_err(|e| CloudError::from_sdk("ModifyTargetGroup", name, &e))?;
        let delay = TargetGroupAttribute::builder()
            .key("deregistration_delay.timeout_seconds")
            .value(DEREGISTRATION_DELAY);
        let request = elb.modify_target_group_attributes().target_group_arn(&arn);
        let changed = request.attributes(delay.build()).send().await;
        changed.map_err(|e| CloudError::from_sdk("ModifyTargetGroupAttributes", name, &e))?;
        Ok(arn)
    }

    async fn tidy_up(&self) -> Result<(), CloudError> {
        for group in &self.groups {
            for target in self.standings(group).await? {
                if target.state != "draining" {
                    self.deregister(group, &target.id, target.port).await?;
                }
            }
        }
        let elb = self.session.elb();
        let listeners = elb.describe_listeners().load_balancer_arn(&self.balancer);
        let listeners = listeners.send().await;
        let listeners =
            listeners.map_err(|e| CloudError::from_sdk("DescribeListeners", &self.balancer, &e))?;
        for listener in listeners.listeners() {
            let arn = listener.listener_arn().unwrap_or_default();
            let gone = elb.delete_listener().listener_arn(arn).send().await;
            gone.map_err(|e| CloudError::from_sdk("DeleteListener", arn, &e))?;
        }
        Ok(())
    }

    /// The ARN of the group that was named in this place.
    pub fn group(&self, place: usize) -> &str {
        self.groups.get(place).map_or("", String::as_str)
    }

    /// A listener on `port` that forwards by these weights; gives its ARN.
    pub async fn listen(&self, port: u16, weights: &[u32]) -> Result<String, CloudError> {
        let request = self.session.elb().create_listener();
        let request = request
            .load_balancer_arn(&self.balancer)
            .protocol(ProtocolEnum::Http)
            .port(i32::from(port))
            .default_actions(self.forward(weights));
        let made = request.send().await;
        let made = made.map_err(|e| CloudError::from_sdk("CreateListener", &self.balancer, &e))?;
        let made = made.listeners.unwrap_or_default().pop();
        Ok(made.and_then(|made| made.listener_arn).unwrap_or_default())
    }

    /// Shifts requests from group to group.
    pub async fn shift(&self, listener: &str, weights: &[u32]) -> Result<(), CloudError> {
        let request = self.session.elb().modify_listener().listener_arn(listener);
        let changed = request.default_actions(self.forward(weights)).send().await;
        changed.map_err(|e| CloudError::from_sdk("ModifyListener", listener, &e))?;
        Ok(())
    }

    fn forward(&self, weights: &[u32]) -> ListenerAction {
        let groups = self.groups.iter().zip(weights).map(|(arn, weight)| {
            TargetGroupTuple::builder()
                .target_group_arn(arn)
                .weight(i32::try_from(*weight).unwrap_or(i32::MAX))
                .build()
        });
        let config = ForwardActionConfig::builder().set_target_groups(Some(groups.collect()));
        ListenerAction::builder()
            .r#type(ActionTypeEnum::Forward)
            .forward_config(config.build())
            .build()
    }

    /// Puts a target into a group.
    pub async fn register(&self, group: &str, target: SocketAddr) -> Result<(), CloudError> {
        let request = self
            .session
            .elb()
            .register_targets()
            .target_group_arn(group);
        let target = describe(&target.ip().to_string(), i32::from(target.port()));
        let done = request.targets(target).send().await;
        done.map_err(|e| CloudError::from_sdk("RegisterTargets", group, &e))?;
        Ok(())
    }

    /// Takes a target out of a group.
    pub async fn deregister(&self, group: &str, id: &str, port: i32) -> Result<(), CloudError> {
        let request = self.session.elb().deregister_targets();
        let request = request.target_group_arn(group).targets(describe(id, port));
        let done = request.send().await;
        done.map_err(|e| CloudError::from_sdk("DeregisterTargets", group, &e))?;
        Ok(())
    }

    /// How the targets of a group are.
    pub async fn standings(&self, group: &str) -> Result<Vec<TargetStanding>, CloudError> {
        let request = self.session.elb().describe_target_health();
        let answer = request.target_group_arn(group).send().await;
        let answer = answer.map_err(|e| CloudError::from_sdk("DescribeTargetHealth", group, &e))?;
        let told = answer
            .target_health_descriptions()
            .iter()
            .filter_map(|told| {
                let (target, health) = (told.target()?, told.target_health()?);
                Some(TargetStanding {
                    id: target.id().unwrap_or_default().to_owned(),
                    port: target.port()?,
                    state: health.state()?.as_str().to_owned(),
                    reason: health.reason().map(|reason| reason.as_str().to_owned()),
                })
            });
        Ok(told.collect())
    }
}

fn describe(id: &str, port: i32) -> TargetDescription {
    TargetDescription::builder().id(id).port(port).build()
}
