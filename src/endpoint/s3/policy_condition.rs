use serde_json::{Map, Value};

use super::policy::matches;

/// What is known of a request: condition keys in lower case, with their values.
#[derive(Clone, Copy, Debug)]
pub(in crate::endpoint) struct Facts<'a>(pub(in crate::endpoint) &'a [(&'a str, &'a str)]);

impl<'a> Facts<'a> {
    fn get(&self, key: &str) -> Option<&'a str> {
        let key = key.to_ascii_lowercase();
        let fact = self.0.iter().find(|(name, _)| *name == key);
        fact.map(|(_, value)| *value)
    }
}

type Compare = fn(pattern: &str, value: &str) -> bool;

/// The operators of IAM that are evaluated: name, comparison, and whether it is the contrary.
const OPERATORS: &[(&str, Compare, bool)] = &[
    ("StringEquals", |pattern, value| pattern == value, false),
    ("StringNotEquals", |pattern, value| pattern == value, true),
    ("StringEqualsIgnoreCase", str::eq_ignore_ascii_case, false),
    ("StringLike", matches, false),
    ("StringNotLike", matches, true),
    ("ArnEquals", matches, false),
    ("ArnLike", matches, false),
    ("ArnNotEquals", matches, true),
    ("ArnNotLike", matches, true),
    ("Bool", str::eq_ignore_ascii_case, false),
];

/// Whether every condition holds. The error names an operator that is not evaluated here.
pub(super) fn holds(condition: &Map<String, Value>, facts: &Facts<'_>) -> Result<bool, String> {
    for (operator, keys) in condition {
        let (name, is_optional) = match operator.strip_suffix("IfExists") {
            Some(name) => (name, true),
            None => (operator.as_str(), false),
        };
        let known = OPERATORS.iter().find(|(other, _, _)| *other == name);
        let Some((_, compare, is_contrary)) = known else {
            return Err(format!(
                "the condition operator {operator} is not evaluated by this endpoint"
            ));
        };
        for (key, patterns) in keys.as_object().into_iter().flatten() {
            let Some(value) = facts.get(key) else {
                // A key that the request lacks fits nothing, so it fits every contrary.
                if is_optional || *is_contrary {
                    continue;
                }
                return Ok(false);
            };
            let fits = texts(patterns)
                .iter()
                .any(|pattern| compare(pattern, value));
            if fits == *is_contrary {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Bool(value) => vec![value.to_string()],
        Value::Number(number) => vec![number.to_string()],
        Value::Array(list) => list.iter().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(condition: &Value) -> Result<bool, String> {
        let facts = [
            (
                "aws:sourcearn",
                "arn:aws:elasticloadbalancing:us-east-1:1:loadbalancer/app/a/b",
            ),
            ("s3:x-amz-acl", "bucket-owner-full-control"),
        ];
        holds(condition.as_object().unwrap(), &Facts(&facts))
    }

    #[test]
    fn every_operator_and_every_key_must_hold() {
        let arn =
            json!({"aws:SourceArn": "arn:aws:elasticloadbalancing:us-east-1:1:loadbalancer/*"});
        let acl = json!({"s3:x-amz-acl": ["private", "bucket-owner-full-control"]});
        assert_eq!(
            check(&json!({"ArnLike": arn, "StringEquals": acl})),
            Ok(true)
        );
        assert_eq!(check(&json!({"ArnNotLike": arn})), Ok(false));
        assert_eq!(
            check(&json!({"StringEquals": {"aws:SourceAccount": "1"}})),
            Ok(false)
        );
        assert_eq!(
            check(&json!({"StringEqualsIfExists": {"aws:SourceAccount": "1"}})),
            Ok(true)
        );
        assert_eq!(
            check(&json!({"StringNotEquals": {"aws:SourceAccount": "1"}})),
            Ok(true)
        );
    }

    #[test]
    fn what_is_not_evaluated_is_named() {
        let error = check(&json!({"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}})).unwrap_err();
        assert!(error.contains("IpAddress"), "{error}");
    }
}
