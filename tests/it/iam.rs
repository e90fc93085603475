//! Every call to AWS has its action of IAM, and every action its call: what `belfry iam` prints is what the tool does.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use belfry::aws::actions;

/// Where IAM calls the action something else than the operation (Service Authorization Reference, pages of S3, Budgets and
/// Athena with Glue). All other actions are called as the operation is.
const CALLED_OTHERWISE: &[(&str, &str)] = &[
    // CloudWatch runs the query of a log alarm in the role that it is given.
    ("put_log_alarm", "iam:PassRole"),
    // The rule's tag is read beside the rule.
    ("get_alarm_mute_rule", "cloudwatch:ListTagsForResource"),
    ("create_budget", "budgets:ModifyBudget"),
    ("create_notification", "budgets:ModifyBudget"),
    ("create_subscriber", "budgets:ModifyBudget"),
    ("delete_budget", "budgets:ModifyBudget"),
    ("delete_bucket_encryption", "s3:PutEncryptionConfiguration"),
    ("delete_bucket_lifecycle", "s3:PutLifecycleConfiguration"),
    ("delete_bucket_tagging", "s3:PutBucketTagging"),
    ("delete_notification", "budgets:ModifyBudget"),
    ("delete_objects", "s3:DeleteObject"),
    (
        "delete_public_access_block",
        "s3:PutBucketPublicAccessBlock",
    ),
    ("delete_subscriber", "budgets:ModifyBudget"),
    ("describe_budget", "budgets:ViewBudget"),
    ("describe_budgets", "budgets:ViewBudget"),
    ("describe_notifications_for_budget", "budgets:ViewBudget"),
    (
        "describe_subscribers_for_notification",
        "budgets:ViewBudget",
    ),
    ("get_bucket_encryption", "s3:GetEncryptionConfiguration"),
    (
        "get_bucket_lifecycle_configuration",
        "s3:GetLifecycleConfiguration",
    ),
    ("get_public_access_block", "s3:GetBucketPublicAccessBlock"),
    ("head_bucket", "s3:ListBucket"),
    ("head_object", "s3:GetObject"),
    ("list_buckets", "s3:ListAllMyBuckets"),
    ("list_objects_v2", "s3:ListBucket"),
    ("put_bucket_encryption", "s3:PutEncryptionConfiguration"),
    (
        "put_bucket_lifecycle_configuration",
        "s3:PutLifecycleConfiguration",
    ),
    ("put_public_access_block", "s3:PutBucketPublicAccessBlock"),
    ("update_budget", "budgets:ModifyBudget"),
    ("update_notification", "budgets:ModifyBudget"),
    ("update_subscriber", "budgets:ModifyBudget"),
];

/// Services that AWS asks on behalf of the caller: a call needs their actions beside its own.
const ON_BEHALF: &[(&str, &str)] = &[("athena", "glue"), ("athena", "s3")];

/// A file of `src/aws` without comments, tests and white space.
struct Source {
    name: String,
    code: String,
}

fn sources() -> Vec<Source> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src/aws")];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let lines = text
                .lines()
                .take_while(|line| !line.starts_with("#[cfg(test)]"));
            let code: String = lines
                .map(|line| line.split("//").next().unwrap_or_default())
                .flat_map(|line| line.chars().filter(|c| !c.is_whitespace()))
                .collect();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            found.push(Source { name, code });
        }
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found
}

/// The names under which clients are reached: methods of the session, fields and variables.
fn clients(sources: &[Source]) -> BTreeSet<String> {
    let mut names = BTreeSet::from(["client".to_owned()]);
    for source in sources {
        for (at, _) in source.code.match_indices("(&self)->aws_sdk_") {
            let method = last_word(&source.code[..at]);
            let method = method.trim_start_matches("pub");
            names.insert(method.trim_start_matches("fn").to_owned());
        }
        for (at, _) in source.code.match_indices(":aws_sdk_") {
            let rest = &source.code[at + 1..];
            let path = rest.split([',', ')', '}', '=']).next().unwrap_or_default();
            if path.ends_with("::Client") {
                names.insert(last_word(&source.code[..at]).to_owned());
            }
        }
    }
    names
}

fn last_word(text: &str) -> &str {
    let start = text.rfind(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    &text[start.map_or(0, |at| at + 1)..]
}

/// The operations that a file calls on clients, as often as it does.
fn calls(source: &Source, clients: &BTreeSet<String>) -> Vec<String> {
    let code = &source.code;
    let mut found = Vec::new();
    for (at, _) in code.match_indices('.') {
        let owner = last_word(code[..at].trim_end_matches("()"));
        let rest = &code[at + 1..];
        let word: String = rest
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
            .collect();
        if clients.contains(owner)
            && rest[word.len()..].starts_with("()")
            && !clients.contains(&word)
        {
            found.push(word);
        }
    }
    found.retain(|word| word != "clone");
    found
}

#[test]
fn every_call_to_aws_has_its_action_and_every_action_its_call() {
    let sources = sources();
    let clients = clients(&sources);
    let mut wrong = Vec::new();
    for source in &sources {
        let calls = calls(source, &clients);
        let sends = source.code.matches(".send()").count();
        if calls.len() < sends {
            let known = calls.len();
            wrong.push(format!("{}: {sends} requests are sent, {known} are recognised: call operations on a client", source.name));
        }
        let table = source.code.split("ACTIONS:&[Action]=&[").nth(1);
        let table = table
            .and_then(|rest| rest.split("];").next())
            .unwrap_or_default();
        let listed: BTreeSet<&str> = table
            .split("Action::new(\"")
            .skip(1)
            .filter_map(|row| row.split('"').next())
            .collect();
        let called: BTreeSet<&str> = calls.iter().map(String::as_str).collect();
        for call in called.difference(&listed) {
            wrong.push(format!(
                "{}: `{call}` is called and not in ACTIONS",
                source.name
            ));
        }
        for call in listed.difference(&called) {
            wrong.push(format!(
                "{}: `{call}` is in ACTIONS and not called",
                source.name
            ));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_table_of_actions_is_among_those_of_the_room() {
    let all = sources();
    let list = all
        .iter()
        .find(|source| source.name == "actions.rs")
        .unwrap();
    for source in all.iter().filter(|s| s.code.contains("constACTIONS:")) {
        let table = format!("{}::ACTIONS,", source.name.trim_end_matches(".rs"));
        assert!(list.code.contains(&table), "actions.rs lacks {table}");
    }
}

#[test]
fn an_action_is_called_as_its_operation_is_or_as_the_reference_says() {
    for action in actions() {
        let operation: String = action.call.split('_').map(capitalised).collect();
        let (service, name) = action.name.split_once(':').unwrap();
        let is_tag = name == "TagResource" || name == "PutBucketTagging";
        let is_mapped = CALLED_OTHERWISE.contains(&(action.call, action.name));
        let is_behalf = ON_BEHALF.iter().any(|(_, behind)| *behind == service);
        assert!(
            name == operation || is_mapped || is_tag || is_behalf,
            "`{}` is allowed by `{}`?",
            action.call,
            action.name
        );
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_ascii_uppercase().to_string() + letters.as_str()
    })
}
