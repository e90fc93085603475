//! The loader as a whole, over small suites in temporary folders.

use std::fs;
use std::path::Path;

use belfry_engine::base::Millis;
use belfry_engine::pattern::SystemFields;

use super::{Request, Suite, SuiteError};

const HEAD: &str = "[suite]\nname = \"s\"\nowner = \"o\"\nprefix = \"s-\"\n";

fn load(folder: &Path, environment: &str) -> Result<Suite, SuiteError> {
    Suite::load(&Request {
        folder,
        environment,
        region: None,
    })
}

fn load_text(toml: &str) -> Result<Suite, SuiteError> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("belfry.toml"), format!("{HEAD}{toml}")).unwrap();
    fs::write(folder.path().join("runbook.md"), "").unwrap();
    load(folder.path(), "local")
}

fn findings(result: Result<Suite, SuiteError>) -> Vec<String> {
    let Err(SuiteError::Wrong(files)) = result else {
        panic!("a suite with mistakes was expected, found {result:?}");
    };
    files
        .iter()
        .flat_map(|file| &file.diagnostics)
        .map(ToString::to_string)
        .collect()
}

const ALARM: &str = r#"
[[topic]]
name = "s-alerts"
[[alarm]]
name = "s-errors"
description = "d"
owner = "o"
runbook = "runbook.md#x"
metric = { namespace = "N", name = "M", dimensions = { Region = "${region}" } }
statistic = "Sum"
period = 300
evaluation_periods = 1
threshold = 10
comparison = ">"
actions = ["s-alerts"]
"#;

#[test]
fn the_suite_of_this_repository_is_right_in_every_environment() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    for environment in ["local", "aws"] {
        let suite = load(folder, environment).unwrap_or_else(|e| panic!("{e:#?}"));
        assert_eq!(suite.log_groups.len(), 3);
        assert_eq!(suite.metric_filters.len(), 3);
        assert_eq!(suite.alarms.len(), 8);
        assert!(suite.queries.len() >= 5);
    }
}

#[test]
fn an_alarm_is_read_with_its_variables_replaced() {
    let suite = load_text(ALARM).unwrap();
    let alarm = &suite.alarms[0];
    let super::Watch::Metric(stat) = &alarm.watch else {
        panic!("one metric was expected");
    };
    assert_eq!(stat.metric.dimensions["Region"], "us-east-1");
    assert_eq!(alarm.comparison, "GreaterThanThreshold");
    assert_eq!(
        alarm.head.full_description(),
        "d\nOwner: o\nRunbook: runbook.md#x"
    );
}

#[test]
fn an_unknown_key_is_an_error_that_names_the_nearest_known_one() {
    let folder = tempfile::tempdir().unwrap();
    let text = format!("{HEAD}\n[[log_group]]\nname = \"/a\"\nretention_day = 30\n");
    fs::write(folder.path().join("belfry.toml"), text).unwrap();
    let Err(SuiteError::Wrong(files)) = load(folder.path(), "local") else {
        panic!("a mistake was expected");
    };
    insta::assert_snapshot!(files[0].render(false), @r###"
    error[S0102]: unknown key `retention_day`
     --> belfry.toml:8:1
      |
    8 | retention_day = 30
      | ^^^^^^^^^^^^^ not a key of log_group `/a`
      |
    help: a key with a similar name exists: `retention_days`
      |
    8 | retention_days = 30
      |              +
    "###);
}

#[test]
fn all_mistakes_are_reported_at_once() {
    let toml = ALARM
        .replace("owner = \"o\"\n", "")
        .replace("300", "50")
        .replace("runbook.md#x", "nowhere.md")
        .replace("[\"s-alerts\"]", "[\"s-alert\"]")
        .replace("${region}", "${regoin}")
        .replace("\">\"", "\"above\"");
    insta::assert_debug_snapshot!(findings(load_text(&toml)), @r###"
    [
        "[S0103] alarm `s-errors` needs the key `owner`",
        "[S0117] no file is at `nowhere.md`",
        "[S0109] no variable is called `regoin`",
        "[S0108] 50 seconds is no period of an alarm",
        "[S0105] `above` is not a value of `comparison`",
        "[S0107] no topic of the suite is called `s-alert`",
    ]
    "###);
}

#[test]
fn an_alarm_watches_exactly_one_thing() {
    let toml = ALARM.replace("metric = ", "expression = \"m1\"\nmetric = ");
    assert_eq!(
        findings(load_text(&toml)),
        ["[S0116] an alarm watches either `metric`, or `metrics` with an `expression`"]
    );
}

const COMPOSITE: &str = r#"
[[composite_alarm]]
name = "x-page"
description = "d"
owner = "o"
runbook = "runbook.md#x"
rule = 'ALARM("RULE")'
suppressed_by = { alarm = "RULE", wait_seconds = 60, extension_seconds = 0 }
"#;

fn composite(rule: &str) -> Vec<String> {
    let name = load_text(ALARM).unwrap().alarms[0].head.name.clone();
    let composite = COMPOSITE.replace("RULE", rule).replace("ALARM_NAME", &name);
    let prefix = name.split('-').next().unwrap_or_default();
    let composite = composite.replace("x-page", &format!("{prefix}-page"));
    match load_text(&format!("{ALARM}{composite}")) {
        Ok(suite) => vec![format!("{:?}", suite.composite_alarms[0].needs().len())],
        wrong => findings(wrong),
    }
}

#[test]
fn a_composite_alarm_reads_alarms_of_the_suite_and_not_itself() {
    assert_eq!(composite("ALARM_NAME"), ["2"]);
    let unknown = composite("ALARM_NAMEx");
    assert_eq!(unknown.len(), 2, "{unknown:?}");
    assert!(unknown[0].contains("no alarm of the suite is called"));
    let name = load_text(ALARM).unwrap().alarms[0].head.name.clone();
    let own = format!("{}-page", name.split('-').next().unwrap_or_default());
    let cycle = composite(&own);
    assert!(cycle[0].contains("needs itself"), "{cycle:?}");
}

#[test]
fn two_resources_with_one_name_are_a_mistake() {
    let group = "[[log_group]]\nname = \"/a\"\n";
    assert_eq!(
        findings(load_text(&format!("{group}{group}"))),
        ["[S0106] a second log group is called `/a`"]
    );
}

#[test]
fn a_wrong_pattern_points_into_the_file() {
    let toml = r#"
[[log_group]]
name = "/a"
[[metric_filter]]
name = "f"
log_group = "/a"
pattern = '{ $.level = }'
metric = { namespace = "N", name = "M", value = "1" }
"#;
    let found = findings(load_text(toml));
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("[S0114]"), "{found:?}");
}

#[test]
fn text_that_is_not_toml_is_reported_with_the_rest() {
    let found = findings(load_text("[[log_group]]\nname = \nretention = 3\n"));
    assert!(found.iter().any(|f| f.starts_with("[S0101]")), "{found:?}");
    assert!(found.iter().any(|f| f.starts_with("[S0102]")), "{found:?}");
}

#[test]
fn an_environment_that_is_not_declared_is_named_with_those_that_are() {
    let folder = tempfile::tempdir().unwrap();
    let text = format!("{HEAD}\n[env.aws]\naccount = \"111122223333\"\nregion = \"eu-west-1\"\n");
    fs::write(folder.path().join("belfry.toml"), text).unwrap();
    let error = load(folder.path(), "awz").unwrap_err();
    assert_eq!(
        error.to_string(),
        "no environment is called `awz`; belfry.toml declares local, aws"
    );
}

#[test]
fn a_dashboard_is_named_after_its_file_and_mended_by_variables() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("belfry.toml"), HEAD).unwrap();
    fs::create_dir(folder.path().join("dashboards")).unwrap();
    let body = r#"{"widgets": [], "region": "${region}", "label": "${LABEL}"}"#;
    fs::write(folder.path().join("dashboards/main.json"), body).unwrap();
    let suite = load(folder.path(), "local").unwrap();
    assert_eq!(suite.dashboards[0].name, "s-main");
    assert_eq!(suite.dashboards[0].body["region"], "us-east-1");
    assert_eq!(suite.dashboards[0].body["label"], "${LABEL}");
}

#[test]
fn a_dashboard_that_is_not_json_points_at_the_place() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("belfry.toml"), HEAD).unwrap();
    fs::create_dir(folder.path().join("dashboards")).unwrap();
    fs::write(
        folder.path().join("dashboards/main.json"),
        "{\n  \"widgets\": [,]\n}",
    )
    .unwrap();
    let Err(SuiteError::Wrong(files)) = load(folder.path(), "local") else {
        panic!("a mistake was expected");
    };
    insta::assert_snapshot!(files[0].render(false), @r###"
    error[S0112]: not JSON: expected value
     --> dashboards/main.json:2:15
      |
    2 |   "widgets": [,]
      |               ^
    "###);
}

#[test]
fn a_dashboard_that_cloudwatch_would_refuse_points_at_the_place() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("belfry.toml"), HEAD).unwrap();
    fs::create_dir(folder.path().join("dashboards")).unwrap();
    let body = "{\n  \"widgets\": [\n    {\"type\": \"text\", \"width\": 99, \"properties\": {\"markdown\": \"${region}\"}}\n  ]\n}";
    fs::write(folder.path().join("dashboards/main.json"), body).unwrap();
    let Err(SuiteError::Wrong(files)) = load(folder.path(), "local") else {
        panic!("a mistake was expected");
    };
    let diagnostic = &files[0].diagnostics[0];
    assert_eq!(diagnostic.code.name, "S0113");
    assert_eq!(diagnostic.primary.span.text(body), "99");
}

#[test]
fn a_metric_filter_is_held_against_the_rules_of_put_metric_filter() {
    let toml = r#"
[[log_group]]
name = "/a"
[[metric_filter]]
name = "f"
log_group = "/a"
pattern = '{ $.level = "ERROR" }'
metric = { namespace = "N", name = "M", value = "1", default = 0, dimensions = { Endpoint = "$.endpoint" } }
"#;
    let found = findings(load_text(toml));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("[S0119]"), "{found:?}");
}

#[test]
fn a_metric_filters_selection_is_read_and_refused_in_its_place() {
    let load = |selection: &str| {
        load_text(&format!(
            r#"
[[log_group]]
name = "/a"
[[metric_filter]]
name = "f"
log_group = "/a"
pattern = 'ERROR'
selection = '{selection}'
metric = {{ namespace = "N", name = "M", value = "1" }}
"#
        ))
    };
    let suite = load(r#"@aws.account IN ["111122223333"]"#).unwrap();
    let filter = &suite.metric_filters[0];
    assert!(filter.selection.is_some());
    let at = |account| SystemFields {
        account,
        region: "us-east-1",
    };
    let event = |account| {
        let filter = filter.compiled(at(account)).unwrap();
        filter.publish("ERROR", Millis(0), Millis(0)).is_some()
    };
    assert!(event("111122223333") && !event("000000000000"));
    let found = findings(load("@aws.account LIKE 1"));
    assert!(found[0].starts_with("[S0119]"), "{found:?}");
}

#[test]
fn a_query_of_the_suite_needs_its_log_groups() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("belfry.toml"), HEAD).unwrap();
    fs::create_dir_all(folder.path().join("queries/insights")).unwrap();
    let path = folder.path().join("queries/insights/q.cwli");
    fs::write(path, "fields @message\n").unwrap();
    assert_eq!(
        findings(load(folder.path(), "local")),
        ["[S0111] the query names no log group"]
    );
}
