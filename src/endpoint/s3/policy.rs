use serde_json::{Map, Value};

use super::policy_condition::{Facts, holds};
use crate::endpoint::Fault;

/// A bucket's policy, read.
#[derive(Debug)]
pub(in crate::endpoint) struct Policy {
    statements: Vec<Statement>,
}

#[derive(Debug)]
struct Statement {
    allows: bool,
    /// Kind (`AWS`, `Service`, `*`) and value.
    principals: Vec<(String, String)>,
    is_not_principal: bool,
    actions: Vec<String>,
    is_not_action: bool,
    resources: Vec<String>,
    is_not_resource: bool,
    condition: Map<String, Value>,
}

/// A request, as a policy sees it.
#[derive(Debug)]
pub(in crate::endpoint) struct Asked<'a> {
    /// Kind and value under any of which the caller is known: `("Service", "logdelivery…")`.
    pub(in crate::endpoint) principals: &'a [(&'a str, &'a str)],
    /// `s3:PutObject`
    pub(in crate::endpoint) action: &'a str,
    /// `arn:aws:s3:::bucket/key`
    pub(in crate::endpoint) resource: &'a str,
    /// Condition keys, in lower case, and their values.
    pub(in crate::endpoint) facts: Facts<'a>,
}

impl Policy {
    /// Reads the policy of `bucket`, or refuses it in S3's words.
    pub(in crate::endpoint) fn parse(text: &str, bucket: &str) -> Result<Self, Fault> {
        let root = serde_json::from_str::<Value>(text).ok();
        let Some(Value::Object(root)) = root else {
            return Err(malformed(
                "Policies must be valid JSON and the first byte must be '{'",
            ));
        };
        if let Some(unknown) = root
            .keys()
            .find(|k| !["Version", "Id", "Statement"].contains(&k.as_str()))
        {
            return Err(malformed(&format!("Unknown field {unknown}")));
        }
        match root.get("Version").map(Value::as_str) {
            None | Some(Some("2012-10-17" | "2008-10-17")) => {}
            Some(_) => return Err(malformed("The policy must contain a valid version string")),
        }
        let statements = match root.get("Statement") {
            None => return Err(malformed("Missing required field Statement")),
            Some(Value::Array(list)) if !list.is_empty() => list.iter().collect(),
            Some(one @ Value::Object(_)) => vec![one],
            Some(_) => return Err(malformed("Could not parse the policy: Statement is empty!")),
        };
        let statements = statements
            .into_iter()
            .map(|one| Statement::read(one, bucket));
        Ok(Self {
            statements: statements.collect::<Result<_, _>>()?,
        })
    }

    /// Whether the policy lets everybody do something: the caller is anybody, and no condition narrows it.
    pub(in crate::endpoint) fn is_public(&self) -> bool {
        self.statements.iter().any(|statement| {
            let is_anybody = |(kind, value): &(String, String)| kind != "Service" && value == "*";
            statement.allows
                && (statement.is_not_principal || statement.principals.iter().any(is_anybody))
                && statement.condition.is_empty()
        })
    }

    /// Whether the policy allows what is asked: some statement allows it and none denies it. The error names an
    /// operator of a condition that is not evaluated here.
    pub(in crate::endpoint) fn allows(&self, asked: &Asked<'_>) -> Result<bool, String> {
        let mut is_allowed = false;
        for statement in &self.statements {
            if statement.is_about(asked) && holds(&statement.condition, &asked.facts)? {
                if !statement.allows {
                    return Ok(false);
                }
                is_allowed = true;
            }
        }
        Ok(is_allowed)
    }
}

const STATEMENT: &[&str] = &[
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

impl Statement {
    fn read(value: &Value, bucket: &str) -> Result<Self, Fault> {
        let Value::Object(members) = value else {
            return Err(malformed("Statement must be an object"));
        };
        if let Some(unknown) = members.keys().find(|k| !STATEMENT.contains(&k.as_str())) {
            return Err(malformed(&format!("Unknown field {unknown}")));
        }
        let allows = match members.get("Effect").and_then(Value::as_str) {
            Some("Allow") => true,
            Some("Deny") => false,
            Some(other) => return Err(malformed(&format!("Invalid effect: {other}"))),
            None => return Err(malformed("Missing required field Effect")),
        };
        let (principals, is_not_principal) = one_of(members, "Principal", "NotPrincipal")?;
        let (actions, is_not_action) = one_of(members, "Action", "NotAction")?;
        let (resources, is_not_resource) = one_of(members, "Resource", "NotResource")?;
        let actions = texts(actions).filter(|list| list.iter().all(|a| is_action(a)));
        let resources = texts(resources).filter(|list| list.iter().all(|r| is_of(r, bucket)));
        let condition = match members.get("Condition") {
            None => Map::new(),
            Some(Value::Object(condition)) => condition.clone(),
            Some(_) => return Err(malformed("Conditions must be a map")),
        };
        Ok(Self {
            allows,
            principals: read_principals(principals)
                .ok_or_else(|| malformed("Invalid principal in policy"))?,
            is_not_principal,
            actions: actions.ok_or_else(|| malformed("Policy has invalid action"))?,
            is_not_action,
            resources: resources.ok_or_else(|| malformed("Policy has invalid resource"))?,
            is_not_resource,
            condition,
        })
    }

    fn is_about(&self, asked: &Asked<'_>) -> bool {
        let is_caller = |(kind, value): &(String, String)| {
            let same = |(other, name): &(&str, &str)| kind == other && value == name;
            (value == "*" && kind != "Service") || asked.principals.iter().any(same)
        };
        let any = |patterns: &[String], text: &str| patterns.iter().any(|p| matches(p, text));
        let lower = asked.action.to_ascii_lowercase();
        let is_action = self
            .actions
            .iter()
            .any(|a| matches(&a.to_ascii_lowercase(), &lower));
        self.principals.iter().any(is_caller) != self.is_not_principal
            && is_action != self.is_not_action
            && any(&self.resources, asked.resource) != self.is_not_resource
    }
}

/// The member `name`, or `other`; exactly one of them.
fn one_of<'a>(
    members: &'a Map<String, Value>,
    name: &str,
    other: &str,
) -> Result<(&'a Value, bool), Fault> {
    match (members.get(name), members.get(other)) {
        (Some(value), None) => Ok((value, false)),
        (None, Some(value)) => Ok((value, true)),
        _ => Err(malformed(&format!("Missing required field {name}"))),
    }
}

/// One text, or a list of them that is not empty.
fn texts(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::String(text) => Some(vec![text.clone()]),
        Value::Array(list) if !list.is_empty() => {
            let texts = list.iter().map(|item| item.as_str().map(str::to_owned));
            texts.collect()
        }
        _ => None,
    }
}

fn read_principals(value: &Value) -> Option<Vec<(String, String)>> {
    match value {
        Value::String(text) if text == "*" => Some(vec![("*".to_owned(), "*".to_owned())]),
        Value::Object(kinds) if !kinds.is_empty() => {
            let mut principals = Vec::new();
            for (kind, names) in kinds {
                if !["AWS", "Service", "Federated", "CanonicalUser"].contains(&kind.as_str()) {
                    return None;
                }
                for name in texts(names)? {
                    let is_known = kind != "AWS" || is_aws(&name);
                    let is_known = is_known && (kind != "Service" || name.contains('.'));
                    principals.push((kind.clone(), is_known.then(|| full(kind, name))?));
                }
            }
            Some(principals)
        }
        _ => None,
    }
}

/// `*`, an account, or an ARN of IAM or STS.
fn is_aws(name: &str) -> bool {
    name == "*"
        || (name.len() == 12 && name.bytes().all(|b| b.is_ascii_digit()))
        || (name.starts_with("arn:aws") && (name.contains(":iam::") || name.contains(":sts::")))
}

/// An account stands for its root.
fn full(kind: &str, name: String) -> String {
    if kind == "AWS" && name.len() == 12 {
        return format!("arn:aws:iam::{name}:root");
    }
    name
}

fn is_action(action: &str) -> bool {
    action == "*" || action.to_ascii_lowercase().starts_with("s3:")
}

/// The bucket itself, or what is in it.
fn is_of(resource: &str, bucket: &str) -> bool {
    let mut parts = resource.splitn(4, ':');
    let (arn, partition, service) = (parts.next(), parts.next(), parts.next());
    let rest = parts.next().and_then(|rest| rest.strip_prefix("::"));
    let is_s3 = arn == Some("arn") && service == Some("s3");
    let is_s3 = is_s3 && partition.is_some_and(|partition| partition.starts_with("aws"));
    is_s3
        && rest.is_some_and(|rest| {
            let name = rest.split_once('/').map_or(rest, |(name, _)| name);
            matches(name, bucket)
        })
}

/// Whether `text` fits `pattern`, in which `*` stands for any text and `?` for one character.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) =
        (pattern.chars().collect(), text.chars().collect());
    let (mut at, mut read) = (0, 0);
    // Where to go on when what follows the last `*` does not fit.
    let mut star: Option<(usize, usize)> = None;
    while read < text.len() {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, read));
                at += 1;
            }
            Some(letter) if *letter == '?' || *letter == text[read] => {
                at += 1;
                read += 1;
            }
            _ => match star {
                Some((star_at, star_read)) => {
                    at = star_at + 1;
                    read = star_read + 1;
                    star = Some((star_at, star_read + 1));
                }
                None => return false,
            },
        }
    }
    pattern[at..].iter().all(|letter| *letter == '*')
}

fn malformed(message: &str) -> Fault {
    Fault::new("MalformedPolicy", message)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn policy(statement: &Value) -> Result<Policy, Fault> {
        let text = json!({"Version": "2012-10-17", "Statement": statement}).to_string();
        Policy::parse(&text, "logs")
    }

    fn asked<'a>(facts: &'a [(&'a str, &'a str)]) -> Asked<'a> {
        Asked {
            principals: &[("Service", "logdelivery.elasticloadbalancing.amazonaws.com")],
            action: "s3:PutObject",
            resource: "arn:aws:s3:::logs/alb/AWSLogs/1/x",
            facts: Facts(facts),
        }
    }

    fn allowing() -> Value {
        json!({
            "Effect": "Allow",
            "Principal": {"Service": "logdelivery.elasticloadbalancing.amazonaws.com"},
            "Action": "s3:PutObject",
            "Resource": "arn:aws:s3:::logs/alb/AWSLogs/*"
        })
    }

    #[test]
    fn a_statement_allows_what_it_is_about() {
        assert_eq!(policy(&allowing()).unwrap().allows(&asked(&[])), Ok(true));
        for (member, other) in [
            ("Resource", json!("arn:aws:s3:::logs/other/*")),
            ("Action", json!("s3:GetObject")),
            (
                "Principal",
                json!({"Service": "logdelivery.elb.amazonaws.com"}),
            ),
        ] {
            let mut statement = allowing();
            statement[member] = other;
            assert_eq!(
                policy(&statement).unwrap().allows(&asked(&[])),
                Ok(false),
                "{member}"
            );
        }
    }

    #[test]
    fn what_is_denied_is_not_allowed() {
        let mut deny = allowing();
        deny["Effect"] = "Deny".into();
        deny["Principal"] = "*".into();
        let both = json!([allowing(), deny]);
        assert_eq!(policy(&both).unwrap().allows(&asked(&[])), Ok(false));
    }

    #[test]
    fn conditions_narrow_a_statement() {
        let mut statement = allowing();
        statement["Condition"] = json!({"StringEquals": {"aws:SourceAccount": "1"}});
        let policy = policy(&statement).unwrap();
        assert_eq!(
            policy.allows(&asked(&[("aws:sourceaccount", "1")])),
            Ok(true)
        );
        assert_eq!(
            policy.allows(&asked(&[("aws:sourceaccount", "2")])),
            Ok(false)
        );
        assert_eq!(policy.allows(&asked(&[])), Ok(false));
    }

    #[test]
    fn policies_for_everybody_are_public() {
        let mut statement = allowing();
        assert!(!policy(&statement).unwrap().is_public());
        for anybody in [json!("*"), json!({"AWS": "*"}), json!({"AWS": ["*"]})] {
            statement["Principal"] = anybody;
            assert!(policy(&statement).unwrap().is_public());
        }
        statement["Condition"] = json!({"StringEquals": {"aws:SourceAccount": "1"}});
        assert!(!policy(&statement).unwrap().is_public());
    }

    #[test]
    fn what_is_no_policy_of_the_bucket_is_refused() {
        for (member, other, message) in [
            (
                "Resource",
                json!("arn:aws:s3:::other/*"),
                "invalid resource",
            ),
            ("Resource", json!([]), "invalid resource"),
            ("Action", json!("sns:Publish"), "invalid action"),
            ("Principal", json!({"AWS": "somebody"}), "Invalid principal"),
            ("Principal", json!("me"), "Invalid principal"),
            ("Effect", json!("Maybe"), "Invalid effect"),
            ("Extra", json!(1), "Unknown field Extra"),
        ] {
            let mut statement = allowing();
            statement[member] = other;
            let fault = policy(&statement).unwrap_err();
            assert_eq!(fault.code, "MalformedPolicy");
            assert!(fault.message.contains(message), "{}", fault.message);
        }
        assert!(Policy::parse("[]", "logs").is_err());
        assert!(Policy::parse("{", "logs").is_err());
    }

    #[test]
    fn patterns_have_stars_and_question_marks() {
        for (pattern, text, fits) in [
            ("*", "", true),
            ("a*c", "abc", true),
            ("a*c", "abcd", false),
            ("a?c", "abc", true),
            ("a?c", "ac", false),
            ("*a*b", "xaxxab", true),
            ("", "a", false),
        ] {
            assert_eq!(matches(pattern, text), fits, "{pattern} {text}");
        }
    }
}
