use super::fixture::{BELFRY_TOML, Folder};

#[test]
fn an_alarm_on_a_metric_that_nothing_publishes_ends_with_4() {
    let folder = Folder::with_suite();
    let toml = BELFRY_TOML
        .replace(
            "metric = { namespace = \"Demo\", name = \"Errors\" }",
            "metric = { namespace = \"Demo\", name = \"Error\" }",
        )
        .replace(
            "actions = [\"demo-alerts\"]",
            "ok_actions = [\"demo-alerts\"]",
        );
    folder.write("belfry.toml", &toml);
    insta::assert_snapshot!(folder.belfry(&["check"]), @r###"
    exit 4
    ----- stdout -----
    error[C0101]: the alarm `demo-errors` watches `Error` of `Demo` without dimensions, which nothing publishes
      --> belfry.toml:21:8
       |
    21 | name = "demo-errors"
       |        ^^^^^^^^^^^^^
       |
       = help: a metric with a similar name is published: `Errors`

    warning[C0102]: the alarm `demo-errors` tells nobody
      --> belfry.toml:21:8
       |
    21 | name = "demo-errors"
       |        ^^^^^^^^^^^^^
       |
       = help: name a topic: `actions = ["…"]`

    20 checks found 2 problems
    ----- stderr -----
    "###);
}

#[test]
fn the_suite_of_this_repository_has_no_findings() {
    let folder = Folder::with_suite();
    let ours = env!("CARGO_MANIFEST_DIR");
    insta::assert_snapshot!(folder.belfry(&["check", "--suite", ours]), @r###"
    exit 0
    ----- stdout -----
    20 checks found 0 problems
    ----- stderr -----
    "###);
}

const CONTRACT: &str = r#"{"metrics": [], "log": {"fields": [{"name": "level"}, {"name": "status"}, {"name": "endpoint"}]}}"#;

/// With a contract, a query over its fields, and one that misspells two of them.
fn with_contract() -> Folder {
    let folder = Folder::with_suite();
    folder.write("scoring-service/signals.json", CONTRACT);
    folder.write(
        "queries/insights/wrong.cwli",
        "# description: Wrong.\n# log-groups: /demo/app\nfilter statsu >= 500 and levle = \"ERROR\"\n| stats cuont(*) as n by statsu, colour\n",
    );
    folder
}

#[test]
fn misspelt_fields_are_corrected_where_the_suite_says_so() {
    let folder = with_contract();
    insta::assert_snapshot!(folder.belfry(&["check", "--fix"]), @r###"
    exit 4
    ----- stdout -----
    error[C0103]: the query `wrong` reads `colour`, which no log line has
     --> queries/insights/wrong.cwli:4:34
      |
    4 | | stats count(*) as n by status, colour
      |                                  ^^^^^^
      |
      = help: the service's fields stand in scoring-service/signals.json

    20 checks found 1 problem
    ----- stderr -----
    queries/insights/wrong.cwli: 1 correction made
    queries/insights/wrong.cwli: 3 corrections made
    "###);
    let text = std::fs::read_to_string(folder.path().join("queries/insights/wrong.cwli")).unwrap();
    insta::assert_snapshot!(text, @r###"
    # description: Wrong.
    # log-groups: /demo/app
    filter status >= 500 and level = "ERROR"
    | stats count(*) as n by status, colour
    "###);
}

#[test]
fn the_aggregation_of_a_log_alarm_is_judged_with_its_query() {
    let folder = with_contract();
    std::fs::remove_file(folder.path().join("queries/insights/wrong.cwli")).unwrap();
    let alarm = "\n[[log_alarm]]\nname = \"demo-log\"\ndescription = \"d\"\nowner = \"team\"\nrunbook = \"runbook.md\"\nquery = 'filter level = \"ERROR\"'\nlog_groups = [\"/demo/app\"]\naggregation = \"count(*) by statsu\"\nschedule = \"rate(5 minutes)\"\nstart_offset = 300\nrole = \"arn:aws:iam::000000000000:role/r\"\nresults_to_evaluate = 1\nresults_to_alarm = 1\nthreshold = 1\ncomparison = \">\"\nactions = [\"demo-alerts\"]\n";
    folder.write("belfry.toml", &format!("{BELFRY_TOML}{alarm}"));
    let found = folder.belfry(&["check"]);
    assert!(
        found.contains("error[C0103]: the alarm `demo-log` reads `statsu`, which no log line has"),
        "{found}"
    );
    folder.write(
        "belfry.toml",
        &format!("{BELFRY_TOML}{alarm}").replace("statsu", "status"),
    );
    let mended = folder.belfry(&["check"]);
    assert!(mended.contains("found 0 problems"), "{mended}");
}

#[test]
fn a_widget_with_a_renamed_field_fails_the_check() {
    let folder = with_contract();
    std::fs::remove_file(folder.path().join("queries/insights/wrong.cwli")).unwrap();
    let body = r#"{"widgets": [{"type": "log", "x": 0, "y": 0, "width": 6, "height": 2, "properties": {"region": "${region}", "view": "table", "query": "SOURCE '/demo/app' | filter severity = 1 | stats count(*) as n by level"}}]}"#;
    folder.write("dashboards/main.json", body);
    insta::assert_snapshot!(folder.belfry(&["check"]), @r###"
    exit 4
    ----- stdout -----
    error[C0103]: a widget reads `severity`, which no log line has
     --> dashboards/main.json:1:164
      |
    1 | ...n}", "view": "table", "query": "SOURCE '/demo/app' | filter severity = 1 | stats count(*) as n by level"}}]}
      |                                                                ^^^^^^^^
      |
      = help: the service's fields stand in scoring-service/signals.json

    20 checks found 1 problem
    ----- stderr -----
    "###);
}
