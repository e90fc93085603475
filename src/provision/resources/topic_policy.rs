//! The access policy of a topic: what the suite wants, and how two policies are compared.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::provision::Place;

/// The access policy of a topic of the suite: SNS's own default statement, and the two services that publish to it.
/// CloudWatch and Budgets are let in for this account alone, so that no other account's alarm can write to whoever
/// is on call (cross-service confused deputy, SNS and Budgets guides).
pub fn desired(topic: &str, place: &Place) -> Value {
    let arn = place.topic_arn(topic);
    let publishes = |sid: &str, service: &str, source: &str| {
        json!({
            "Sid": sid,
            "Effect": "Allow",
            "Principal": { "Service": service },
            "Action": "SNS:Publish",
            "Resource": arn,
            "Condition": {
                "StringEquals": { "aws:SourceAccount": place.account },
                "ArnLike": { "aws:SourceArn": source },
            },
        })
    };
    json!({
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "__default_statement_ID",
                "Effect": "Allow",
                "Principal": { "AWS": "*" },
                "Action": [
                    "SNS:GetTopicAttributes", "SNS:SetTopicAttributes", "SNS:AddPermission",
                    "SNS:RemovePermission", "SNS:DeleteTopic", "SNS:Subscribe",
                    "SNS:ListSubscriptionsByTopic", "SNS:Publish",
                ],
                "Resource": arn,
                "Condition": { "StringEquals": { "AWS:SourceOwner": place.account } },
            },
            publishes("belfry-alarms", "cloudwatch.amazonaws.com", &place.alarm_arn("*")),
            publishes(
                "belfry-budgets",
                "budgets.amazonaws.com",
                &format!("arn:{}:budgets::{}:*", place.partition, place.account),
            ),
        ],
    })
}

/// A policy in one form, however it was written: statements by their text, single values out of their lists, lists in
/// order, and the service of actions in capitals: `sns:Publish` and `SNS:Publish` are one.
pub fn normal(policy: &Value) -> Value {
    let Some(members) = policy.as_object() else {
        return policy.clone();
    };
    let mut normal = members.clone();
    normal.shift_remove("Id");
    let statements = match members.get("Statement") {
        Some(Value::Array(all)) => all.clone(),
        Some(one) => vec![one.clone()],
        None => Vec::new(),
    };
    let mut statements: Vec<Value> = statements.iter().map(statement).collect();
    statements.sort_by_key(Value::to_string);
    normal.insert("Statement".to_owned(), statements.into());
    Value::Object(normal)
}

/// A policy in the form of [`normal`] as text of a plan: a line for each statement, so that a plan shows which one
/// differs.
pub fn shown(policy: &Value) -> Value {
    let Some(members) = policy.as_object() else {
        return policy.clone();
    };
    let mut lines = Vec::new();
    for (key, value) in members {
        match (key.as_str(), value) {
            ("Version", Value::String(version)) if version == "2012-10-17" => {}
            ("Statement", Value::Array(all)) => lines.extend(all.iter().map(Value::to_string)),
            _ => lines.push(format!("{key}: {value}")),
        }
    }
    lines.join("\n").into()
}

fn statement(statement: &Value) -> Value {
    let Some(members) = statement.as_object() else {
        return statement.clone();
    };
    let normal = members.iter().map(|(key, value)| {
        let value = match key.as_str() {
            "Action" | "NotAction" => capitals(value),
            "Principal" if value == "*" => json!({ "AWS": "*" }),
            _ => value.clone(),
        };
        (key.clone(), plain(&value))
    });
    sorted(normal)
}

fn capitals(value: &Value) -> Value {
    match value {
        Value::String(action) => match action.split_once(':') {
            Some((service, name)) => format!("{}:{name}", service.to_uppercase()).into(),
            None => value.clone(),
        },
        Value::Array(items) => items.iter().map(capitals).collect(),
        other => other.clone(),
    }
}

fn sorted(members: impl Iterator<Item = (String, Value)>) -> Value {
    let members: BTreeMap<String, Value> = members.collect();
    Value::Object(members.into_iter().collect())
}

/// Lists and names sorted, a list of one as that one.
fn plain(value: &Value) -> Value {
    match value {
        Value::Array(items) => {
            let mut items: Vec<Value> = items.iter().map(plain).collect();
            items.sort_by_key(Value::to_string);
            match items.as_slice() {
                [one] => one.clone(),
                _ => items.into(),
            }
        }
        Value::Object(members) => sorted(
            members
                .iter()
                .map(|(key, value)| (key.clone(), plain(value))),
        ),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_written_another_way_is_the_same_policy() {
        let one = json!({ "Statement": { "Effect": "Allow", "Sid": "a" } });
        let other = json!({ "Statement": { "Sid": "a", "Effect": "Allow" } });
        assert_eq!(shown(&normal(&one)), shown(&normal(&other)));
        let ours = json!({ "Version": "2012-10-17", "Id": "x", "Statement": [
            { "Sid": "b", "Action": ["sns:Subscribe", "SNS:Publish"], "Principal": "*" },
            { "Sid": "a", "Action": "SNS:Publish", "Principal": { "Service": ["a", "b"] } },
        ] });
        let theirs = json!({ "Version": "2012-10-17", "Statement": [
            { "Sid": "a", "Action": ["sns:Publish"], "Principal": { "Service": ["b", "a"] } },
            { "Sid": "b", "Action": ["SNS:Publish", "SNS:Subscribe"], "Principal": { "AWS": "*" } },
        ] });
        assert_eq!(normal(&ours), normal(&theirs));
    }

    #[test]
    fn another_condition_is_another_policy() {
        let policy = |account: &str| json!({ "Statement": { "Condition": { "StringEquals": { "aws:SourceAccount": account } } } });
        assert_ne!(normal(&policy("1")), normal(&policy("2")));
    }
}
