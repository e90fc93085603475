use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::{Action, IamPlace, On, Role};
use crate::cost::COST_NAMESPACE;

/// The longest managed policy, white space not counted (IAM user guide, "IAM and AWS STS quotas").
pub const LONGEST_POLICY: usize = 6144;

/// The tag that says to which suite a resource belongs.
const SUITE_TAG: &str = "aws:ResourceTag/belfry:suite";

/// Of PutMetricData (CloudWatch user guide, "Using condition keys to limit access to CloudWatch namespaces").
const NAMESPACE: &str = "cloudwatch:namespace";

/// What the role may do, in as few documents as fit.
pub fn policies(actions: &[Action], role: Role, place: &IamPlace) -> Vec<Value> {
    let mut parts: Vec<Vec<Value>> = Vec::new();
    for statement in statements(actions, role, place) {
        match parts.last_mut() {
            Some(last) if fits(last, &statement) => last.push(statement),
            _ => parts.push(vec![statement]),
        }
    }
    parts.iter().map(|part| document(part)).collect()
}

/// Its length as IAM counts it. No name in a policy of Belfry holds white space.
pub fn size(policy: &Value) -> usize {
    policy
        .to_string()
        .chars()
        .filter(|c| !c.is_whitespace())
        .count()
}

fn fits(part: &[Value], statement: &Value) -> bool {
    let all: Vec<Value> = part.iter().chain([statement]).cloned().collect();
    size(&document(&all)) <= LONGEST_POLICY
}

fn document(statements: &[Value]) -> Value {
    json!({ "Version": "2012-10-17", "Statement": statements })
}

/// One statement for all actions on the same resources.
fn statements(actions: &[Action], role: Role, place: &IamPlace) -> Vec<Value> {
    let mut by_resources: BTreeMap<&str, (On, BTreeSet<&str>)> = BTreeMap::new();
    for action in actions.iter().filter(|action| action.roles.contains(&role)) {
        let entry = by_resources.entry(action.on.title());
        entry
            .or_insert_with(|| (action.on, BTreeSet::new()))
            .1
            .insert(action.name);
    }
    let mut statements = Vec::new();
    for (title, (on, names)) in by_resources {
        let resources = on.arns(place);
        if resources.is_empty() {
            continue;
        }
        let mut statement =
            json!({ "Sid": title, "Effect": "Allow", "Action": names, "Resource": resources });
        let condition = match on {
            On::OwnLogGroupsBeside => Some((SUITE_TAG, place.suite.as_str())),
            On::CostNamespace => Some((NAMESPACE, COST_NAMESPACE)),
            _ => None,
        };
        if let Some((key, value)) = condition {
            statement["Condition"] = json!({ "StringEquals": { key: value } });
        }
        statements.push(statement);
    }
    statements
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place() -> IamPlace {
        IamPlace {
            partition: "aws",
            account: "111122223333".to_owned(),
            region: "eu-west-1".to_owned(),
            alarm_regions: BTreeSet::from(["eu-west-1".to_owned()]),
            suite: "fraud".to_owned(),
            prefix: "fraud-".to_owned(),
            log_groups: vec!["/ecs/fraud/app".to_owned(), "plain".to_owned()],
            athena: None,
            has_budgets: false,
            topics: vec!["fraud-alerts".to_owned(), "pager".to_owned()],
            buckets: Vec::new(),
            load_balancers: Vec::new(),
            query_roles: Vec::new(),
        }
    }

    const PLAN: &[Role] = &[Role::Plan];

    fn statement(on: On) -> String {
        let action = Action::new("do_it", "logs:DoIt", on, PLAN);
        let policies = policies(&[action], Role::Plan, &place());
        policies[0]["Statement"][0].to_string()
    }

    #[test]
    fn resources_are_those_of_the_suite() {
        let topics = statement(On::Topics);
        assert!(topics.contains(r#"["arn:aws:sns:eu-west-1:111122223333:fraud-*","arn:aws:sns:eu-west-1:111122223333:pager"]"#), "{topics}");
        let groups = statement(On::LogGroups);
        assert!(groups.contains(":log-group:/ecs/fraud/app\""), "{groups}");
        assert!(groups.contains(":log-group:/ecs/fraud/app:*\""), "{groups}");
        let dashboards = statement(On::Dashboards);
        assert!(
            dashboards.contains("arn:aws:cloudwatch::111122223333:dashboard/fraud-*"),
            "{dashboards}"
        );
    }

    #[test]
    fn groups_beside_are_changed_only_where_they_carry_the_tag() {
        let own = statement(On::OwnLogGroupsBeside);
        assert!(
            own.contains(
                r#""Condition":{"StringEquals":{"aws:ResourceTag/belfry:suite":"fraud"}}"#
            ),
            "{own}"
        );
        assert!(
            own.contains(":log-group:/ecs/fraud/*\"") && own.contains(":log-group:plain*\""),
            "{own}"
        );
        assert!(!statement(On::LogGroupsBeside).contains("Condition"));
    }

    #[test]
    fn a_role_gets_its_own_actions_alone() {
        let action = Action::new("do_it", "logs:DoIt", On::Alarms, PLAN);
        let policies = policies(&[action], Role::OnCall, &place());
        assert!(policies.is_empty());
    }

    #[test]
    fn what_one_policy_cannot_hold_is_split() {
        let mut place = place();
        place.log_groups = (0..60).map(|n| format!("/ecs/fraud/group-{n}")).collect();
        let on = [On::LogGroups, On::Alarms, On::LogGroupsBeside];
        let actions = on.map(|on| Action::new("do_it", "logs:DoIt", on, PLAN));
        let policies = policies(&actions, Role::Plan, &place);
        assert_eq!(policies.len(), 3);
        assert!(size(&policies[0]) < LONGEST_POLICY);
    }
}
