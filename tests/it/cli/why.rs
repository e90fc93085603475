use super::fixture::{BELFRY_TOML, Folder};

const COMPOSITE_HINT: &str = "hint: an alarm with a similar name exists: demo-errors";

#[test]
fn an_alarm_without_data_says_so() {
    let folder = Folder::with_suite();
    folder.belfry(&["apply", "--yes"]);
    let answer = folder.stdout(&["why", "demo-errors"]);
    for text in [
        "demo-errors: INSUFFICIENT_DATA since ",
        "Sum of Demo Errors > 10 in 1 of 1 buckets of 60 s; missing buckets: missing",
        "nothing was published in the 3 buckets looked at; missing data are treated as `missing`",
        "metric filter Errors of /demo/app: its log group got no event in that time, so it published nothing",
        "belfry tail /demo/app --filter '{ $.level = \"ERROR\" }' --since ",
        "no datapoint in that time",
        "Unchecked: Initial alarm creation",
    ] {
        assert!(answer.contains(text), "{text}\n{answer}");
    }
}

#[test]
fn the_json_has_the_documented_members() {
    let folder = Folder::with_suite();
    folder.belfry(&["apply", "--yes"]);
    let answer = folder.stdout(&["why", "demo-errors", "--format", "json", "--no-lines"]);
    let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
    let members: Vec<_> = answer.as_object().unwrap().keys().cloned().collect();
    assert_eq!(
        members.join(" "),
        "version alarm kind at reported rule evaluation tree contributors agrees because metrics actions remarks"
    );
    assert_eq!(answer["evaluation"]["branch"], "no_data");
    assert_eq!(answer["evaluation"]["buckets"].as_array().unwrap().len(), 3);
    assert_eq!(answer["because"][0]["code"], "nothing_published");
    assert_eq!(answer["agrees"], true);
}

#[test]
fn an_unknown_alarm_is_told_its_neighbour_and_the_future_is_refused() {
    let folder = Folder::with_suite();
    let answer = folder.belfry(&["why", "demo-errors"]);
    assert!(answer.starts_with("exit 1"), "{answer}");
    assert!(
        answer.contains("the suite declares it: `belfry apply` makes it"),
        "{answer}"
    );
    folder.belfry(&["apply", "--yes"]);
    let answer = folder.belfry(&["why", "demo-error"]);
    assert!(
        answer.starts_with("exit 1") && answer.contains(COMPOSITE_HINT),
        "{answer}"
    );
    let answer = folder.belfry(&["why", "demo-errors", "--at", "2999-01-01T00:00:00Z"]);
    assert!(
        answer.starts_with("exit 2") && answer.contains("has not come yet"),
        "{answer}"
    );
    let answer = folder.belfry(&["why", "demo-errors", "--format", "csv"]);
    assert!(answer.starts_with("exit 2"), "{answer}");
}

#[test]
fn without_a_name_the_alarms_are_listed() {
    let folder = Folder::with_suite();
    folder.write("belfry.toml", BELFRY_TOML);
    folder.belfry(&["apply", "--yes"]);
    let answer = folder.stdout(&["why"]);
    assert!(
        answer.contains("demo-errors") && answer.contains("INSUFFICIENT_DATA"),
        "{answer}"
    );
}

const LOG_ALARMS: &str = r#"
[[log_alarm]]
name = "demo-fatal"
description = "fatal lines"
owner = "o"
runbook = "https://runbooks"
query = "filter level = 'FATAL'"
log_groups = ["/demo/app"]
aggregation = "count(*)"
schedule = "rate(1 minute)"
start_offset = 120
role = "arn:aws:iam::${account}:role/logs"
results_to_evaluate = 3
results_to_alarm = 2
threshold = 0
comparison = ">"

[[composite_alarm]]
name = "demo-any"
description = "either"
owner = "o"
runbook = "https://runbooks"
rule = 'ALARM("demo-fatal") OR ALARM("demo-errors")'

[[alarm]]
name = "demo-unusual"
description = "unusual"
owner = "o"
runbook = "https://runbooks"
metric = { namespace = "Demo", name = "Errors" }
statistic = "Sum"
period = 60
evaluation_periods = 1
anomaly_band = 2
comparison = "<>"
"#;

#[test]
fn a_log_alarm_is_explained_by_its_newest_runs_made_again() {
    let folder = Folder::with_suite();
    folder.write("belfry.toml", &format!("{BELFRY_TOML}{LOG_ALARMS}"));
    folder.belfry(&["apply", "--yes"]);
    assert!(folder.stdout(&["plan"]).starts_with("no changes"));
    let answer = folder.stdout(&["why", "demo-fatal"]);
    for text in [
        "count(*) of `filter level = 'FATAL'` > 0 in 2 of 3 results, rate(1 minute) over 120 s; missing results: missing",
        "nothing was published in the 3 runs looked at; missing data are treated as `missing`",
        "0 runs of its query made again: 0 bytes scanned",
    ] {
        assert!(answer.contains(text), "{text}\n{answer}");
    }
    let answer = folder.stdout(&["why", "demo-any"]);
    assert!(
        answer.contains("ALARM(demo-fatal): does not hold"),
        "{answer}"
    );
    let answer = folder.belfry(&["why", "demo-unusual"]);
    assert!(
        answer.starts_with("exit 1") && answer.contains("anomaly detection band"),
        "{answer}"
    );
    let answer = folder.stdout(&["why"]);
    for name in ["demo-fatal", "demo-any", "demo-unusual"] {
        assert!(answer.contains(name), "{answer}");
    }
}
