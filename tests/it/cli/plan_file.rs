use super::fixture::{BELFRY_TOML, Folder};

#[test]
fn a_plan_in_a_file_is_applied_without_a_question_while_nothing_has_moved() {
    let folder = Folder::with_suite();
    let said = folder.belfry(&["plan", "--out", "plan.json", "--exit-code"]);
    assert!(said.starts_with("exit 3\n"), "{said}");
    assert!(said.ends_with("the plan is in plan.json\n"), "{said}");
    assert!(
        folder
            .stdout(&["apply", "plan.json"])
            .ends_with("6 changes made\n")
    );
    assert_eq!(folder.stdout(&["plan"]), "no changes; 6 as declared\n");
}

#[test]
fn a_plan_whose_environment_has_moved_is_refused_with_what_moved() {
    let folder = Folder::with_suite();
    folder.stdout(&["apply", "--yes"]);
    let changed = BELFRY_TOML.replace("threshold = 10", "threshold = 12");
    folder.write("belfry.toml", &changed);
    folder.stdout(&["plan", "--out", "plan.json"]);
    // Somebody applies something else meanwhile.
    folder.write(
        "belfry.toml",
        &BELFRY_TOML.replace("threshold = 10", "threshold = 15"),
    );
    folder.stdout(&["apply", "--yes"]);
    folder.write("belfry.toml", &changed);
    insta::assert_snapshot!(folder.belfry(&["apply", "plan.json"]), @r"
    exit 4
    ----- stdout -----
    ----- stderr -----
      alarm.demo-errors: threshold: 10.0 → 15.0

    error: the environment has moved since the plan was made; nothing was changed
    hint: plan again and look at the new plan
    ");
}

#[test]
fn a_plan_for_files_that_were_edited_since_is_refused() {
    let folder = Folder::with_suite();
    folder.stdout(&["plan", "--out", "plan.json"]);
    folder.write(
        "belfry.toml",
        &BELFRY_TOML.replace("threshold = 10", "threshold = 12"),
    );
    insta::assert_snapshot!(folder.belfry(&["apply", "plan.json"]), @r"
    exit 4
    ----- stdout -----
    ----- stderr -----
      alarm.demo-errors: its text is another

    error: the suite was edited since the plan was made; nothing was changed
    hint: plan again and look at the new plan
    ");
}

#[test]
fn a_damaged_plan_file_and_one_for_another_region_are_refused() {
    let folder = Folder::with_suite();
    folder.stdout(&["plan", "--out", "plan.json"]);
    insta::assert_snapshot!(folder.belfry_with(&[("AWS_REGION", "eu-west-1")], &["apply", "plan.json"]), @r"
    exit 4
    ----- stdout -----
    ----- stderr -----
    error: the plan file is not for this run
      caused by: it was made for the region `us-east-1`, this is `eu-west-1`
    hint: choose with --env and --suite what it was made for
    ");
    let text = std::fs::read_to_string(folder.path().join("plan.json")).unwrap();
    folder.write("plan.json", &text.replacen("demo-alerts", "demo-alarms", 1));
    insta::assert_snapshot!(folder.belfry(&["apply", "plan.json"]), @r"
    exit 1
    ----- stdout -----
    ----- stderr -----
    error: `plan.json`
      caused by: it is no plan file, or a damaged one: its checksum does not fit its text
    hint: make it anew with `belfry plan --out`
    ");
    folder.write("plan.json", "{}");
    assert!(
        folder
            .belfry(&["apply", "plan.json"])
            .starts_with("exit 1\n")
    );
}

#[test]
fn a_plan_for_machines_names_widgets_and_lines_that_differ() {
    let folder = Folder::with_suite();
    folder.stdout(&["apply", "--yes"]);
    folder.write(
        "dashboards/main.json",
        r#"{"widgets": [{"type": "text", "x": 6, "y": 0, "width": 6, "height": 2, "properties": {"markdown": "hello ${region}\nbye"}}]}"#,
    );
    let text = folder.stdout(&["plan", "--format", "json"]);
    let plan: serde_json::Value = serde_json::from_str(&text).unwrap();
    let widget = &plan["changes"][0]["widgets"][0];
    assert_eq!(widget["title"], "hello us-east-1");
    assert_eq!(widget["place"], serde_json::json!({ "x": 6, "y": 0 }));
    let what: Vec<_> = widget["differences"]
        .as_array()
        .unwrap()
        .iter()
        .map(|d| &d["what"])
        .collect();
    assert_eq!(what, ["moved", "markdown"]);
    let diff = widget["differences"][1]["diff"].as_str().unwrap();
    assert!(diff.contains("\n+bye\n"), "{diff}");
    insta::assert_snapshot!(folder.belfry(&["plan"]), @r#"
    exit 0
    ----- stdout -----
    ~ dashboard.demo-main
        ~ widget "hello us-east-1" (at 6,0)
            moved: 0,0 → 6,0
            markdown:
                hello us-east-1
              + bye

    0 to create, 1 to update, 0 to delete, 5 unchanged
    a month: no change of price; $3.40
    ----- stderr -----
    "#);
}
