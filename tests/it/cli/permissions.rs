//! What commands ask AWS, and what they say where they may not.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use belfry::aws::actions;

use super::between::Between;
use super::fixture::Folder;
use super::served::Served;

#[test]
fn without_the_index_of_tags_there_is_no_plan_and_nothing_is_written() {
    let (folder, served) = (Folder::with_suite(), Served::new());
    let between = Between::new(&served, &["GetResources"]);
    insta::assert_snapshot!(folder.belfry_with(&between.variables(), &["plan"]), @r"
    exit 5
    ----- stdout -----
    ----- stderr -----
    error: GetResources failed for `belfry:suite=demo`: AccessDeniedException: User: arn:aws:iam::000000000000:user/ci is not authorized to perform this
    hint: a plan finds what the suite owns by its tag, with the action tag:GetResources; `belfry iam plan` prints the policy
    ");
    for arguments in [
        &["apply", "--yes"][..],
        &["drift"],
        &["destroy", "--yes", "demo"],
    ] {
        let said = folder.belfry_with(&between.variables(), arguments);
        assert!(said.starts_with("exit 5\n"), "{arguments:?}: {said}");
        assert!(said.contains("`belfry iam plan`"), "{arguments:?}: {said}");
    }
    let writes = ["Create", "Put", "Delete", "Tag", "Subscribe"];
    let mut seen = between.seen().into_iter();
    assert_eq!(
        seen.find(|operation| writes.iter().any(|w| operation.starts_with(w))),
        None
    );
}

/// `belfry` over the suite of this repository, which has a resource of every kind.
fn belfry(variables: &[(&str, &str)], arguments: &[&str]) -> String {
    let folder = Folder::with_suite();
    let mut command: Command = folder.command(variables, arguments);
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    let output = command.output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{arguments:?}: {errors}");
    String::from_utf8(output.stdout).unwrap()
}

/// The actions that the printed policy of a role allows.
fn allowed(role: &str) -> BTreeSet<String> {
    let printed = belfry(&[], &["iam", role, "--env", "aws"]);
    let policy: serde_json::Value = serde_json::from_str(&printed).unwrap();
    let statements = policy["Statement"].as_array().unwrap().iter();
    let actions = statements.flat_map(|statement| statement["Action"].as_array().unwrap());
    actions.map(|a| a.as_str().unwrap().to_owned()).collect()
}

/// What was asked for and is not allowed. Which actions a call needs is what `src/aws` says of it.
fn forbidden(seen: &[String], allowed: &BTreeSet<String>) -> BTreeSet<String> {
    let mut needed: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for action in actions() {
        let operation: String = action.call.split('_').map(capitalised).collect();
        needed.entry(operation).or_default().insert(action.name);
    }
    let is_free = |operation: &str| operation == "GetCallerIdentity";
    let is_allowed = |operation: &String| {
        let names = needed.get(operation);
        names.is_some_and(|names| names.iter().any(|name| allowed.contains(*name)))
    };
    let seen = seen.iter().filter(|operation| !is_free(operation));
    seen.filter(|operation| !is_allowed(operation))
        .cloned()
        .collect()
}

fn capitalised(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    first.to_ascii_uppercase() + rest
}

#[test]
fn what_plan_apply_and_drift_ask_for_is_what_the_printed_policies_allow() {
    let served = Served::new();
    let between = Between::new(&served, &[]);
    let variables = between.variables();
    for (role, arguments) in [
        ("plan", &["plan"][..]),
        ("apply", &["apply", "--yes"]),
        ("plan", &["drift"]),
        ("plan", &["plan", "--exit-code"]),
    ] {
        belfry(&variables, arguments);
        let seen = between.seen();
        assert!(seen.contains(&"GetResources".to_owned()), "{seen:?}");
        assert_eq!(
            forbidden(&seen, &allowed(role)),
            BTreeSet::new(),
            "{arguments:?}"
        );
    }
}
