use serde_json::{Map, Value};

use super::refusals::invalid;
use crate::endpoint::Fault;

/// What a topic's policy can allow ("Valid Amazon SNS policy actions", SNS developer guide), and `Receive`, which
/// the default policy of older topics names.
const ACTIONS: &[&str] = &[
    "AddPermission",
    "DeleteTopic",
    "GetDataProtectionPolicy",
    "GetTopicAttributes",
    "ListSubscriptionsByTopic",
    "ListTagsForResource",
    "Publish",
    "PutDataProtectionPolicy",
    "Receive",
    "RemovePermission",
    "SetTopicAttributes",
    "Subscribe",
];
const STATEMENT_KEYS: &[&str] = &[
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
];

/// Checks a topic's access policy. SNS answers most mistakes with `Policy Error: null`; where it does, the reason
/// follows here in parentheses.
pub(super) fn check(text: &str, topic_arn: &str) -> Result<(), Fault> {
    let policy: Map<String, Value> =
        serde_json::from_str(text).map_err(|_| refused("it is no JSON object"))?;
    if let Some(key) = unknown(&policy, &["Version", "Id", "Statement"]) {
        return Err(refused(&format!("unknown key `{key}`")));
    }
    let version = policy.get("Version").and_then(Value::as_str);
    if !matches!(version, None | Some("2008-10-17" | "2012-10-17")) {
        return Err(refused("Version is 2008-10-17 or 2012-10-17"));
    }
    let statements = one_or_more(policy.get("Statement"));
    if statements.is_empty() {
        return Err(refused("it has no Statement"));
    }
    let mut sids = Vec::new();
    for statement in statements {
        check_statement(statement, topic_arn)?;
        let sid = statement.get("Sid").and_then(Value::as_str);
        if sid.is_some_and(|sid| sids.contains(&sid)) {
            return Err(refused("a Sid stands twice"));
        }
        sids.extend(sid);
    }
    Ok(())
}

fn check_statement(statement: &Value, topic_arn: &str) -> Result<(), Fault> {
    let Some(members) = statement.as_object() else {
        return Err(refused("a Statement is no object"));
    };
    if let Some(key) = unknown(members, STATEMENT_KEYS) {
        return Err(refused(&format!("unknown key `{key}` in a Statement")));
    }
    if !matches!(statement["Effect"].as_str(), Some("Allow" | "Deny")) {
        return Err(refused("Effect is Allow or Deny"));
    }
    if members.contains_key("Principal") == members.contains_key("NotPrincipal") {
        return Err(refused("a Statement has Principal or NotPrincipal"));
    }
    check_actions(members)?;
    let resources = one_or_more(
        members
            .get("Resource")
            .or_else(|| members.get("NotResource")),
    );
    match resources.as_slice() {
        [Value::String(resource)] if resource == "*" || resource == topic_arn => Ok(()),
        [Value::String(_)] => Err(refused("the Resource is another than the topic")),
        _ => Err(invalid("Policy statement must apply to a single resource!")),
    }
}

/// Actions of other services are refused, and so is `sns:*`: only [`ACTIONS`] are of a topic.
fn check_actions(members: &Map<String, Value>) -> Result<(), Fault> {
    let actions = one_or_more(members.get("Action").or_else(|| members.get("NotAction")));
    if actions.is_empty() {
        return Err(refused("a Statement has Action or NotAction"));
    }
    let is_known = |action: &Value| {
        let name = action.as_str().and_then(|a| a.split_once(':'));
        name.is_some_and(|(service, name)| {
            let known = |other: &&str| other.eq_ignore_ascii_case(name);
            service.eq_ignore_ascii_case("sns") && ACTIONS.iter().any(known)
        })
    };
    match actions.into_iter().all(is_known) {
        true => Ok(()),
        false => Err(invalid("Policy statement action out of service scope!")),
    }
}

fn one_or_more(value: Option<&Value>) -> Vec<&Value> {
    match value {
        None => Vec::new(),
        Some(Value::Array(items)) => items.iter().collect(),
        Some(one) => vec![one],
    }
}

fn unknown<'a>(members: &'a Map<String, Value>, known: &[&str]) -> Option<&'a String> {
    members.keys().find(|key| !known.contains(&key.as_str()))
}

fn refused(reason: &str) -> Fault {
    invalid(&format!("Policy Error: null ({reason})"))
}

/// The policy of a topic that was given none.
pub(super) fn default_policy(arn: &str, account_id: &str) -> String {
    serde_json::json!({
        "Version": "2008-10-17",
        "Id": "__default_policy_ID",
        "Statement": [{
            "Sid": "__default_statement_ID",
            "Effect": "Allow",
            "Principal": { "AWS": "*" },
            "Action": [
                "SNS:GetTopicAttributes", "SNS:SetTopicAttributes", "SNS:AddPermission",
                "SNS:RemovePermission", "SNS:DeleteTopic", "SNS:Subscribe",
                "SNS:ListSubscriptionsByTopic", "SNS:Publish",
            ],
            "Resource": arn,
            "Condition": { "StringEquals": { "AWS:SourceOwner": account_id } },
        }],
    })
    .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARN: &str = "arn:aws:sns:us-east-1:000000000000:alerts";

    fn message(statement: &Value) -> String {
        let policy = serde_json::json!({ "Version": "2012-10-17", "Statement": [statement] });
        check(&policy.to_string(), ARN).unwrap_err().message
    }

    #[test]
    fn the_default_policy_is_a_policy() {
        assert_eq!(check(&default_policy(ARN, "000000000000"), ARN), Ok(()));
    }

    #[test]
    fn an_action_of_another_service_or_a_star_is_out_of_scope() {
        for action in ["sns:*", "sqs:SendMessage", "sns:CreateTopic"] {
            let statement = serde_json::json!({ "Effect": "Allow", "Principal": "*", "Action": action, "Resource": ARN });
            assert_eq!(
                message(&statement),
                "Invalid parameter: Policy statement action out of service scope!"
            );
        }
    }

    #[test]
    fn a_policy_is_about_its_own_topic_only() {
        let other = serde_json::json!({ "Effect": "Allow", "Principal": "*", "Action": "SNS:Publish",
            "Resource": "arn:aws:sns:us-east-1:000000000000:other" });
        assert!(message(&other).contains("another than the topic"));
        let two = serde_json::json!({ "Effect": "Allow", "Principal": "*", "Action": "SNS:Publish", "Resource": [ARN, "*"] });
        assert!(message(&two).contains("a single resource"));
    }

    #[test]
    fn a_misspelt_key_is_no_policy() {
        let statement = serde_json::json!({ "Efect": "Allow" });
        assert!(message(&statement).contains("`Efect`"));
    }
}
