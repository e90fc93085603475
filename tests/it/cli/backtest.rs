use std::fmt::Write as _;
use std::process::Command;

use belfry_engine::base::Millis;

use super::fixture::{BELFRY_TOML, Folder};

/// 2026-04-20T10:00:00Z
const START: Millis = Millis(1_776_679_200_000);

/// A log of `minutes`: a line every ten seconds, and `errors` of them in the minutes that are named.
fn log(minutes: i64, errors: &[(i64, usize)]) -> String {
    let mut text = String::new();
    for minute in 0..minutes {
        for second in (0..60).step_by(10) {
            let at = START.plus(minute * 60_000 + second * 1000).to_rfc3339();
            writeln!(text, r#"{{"timestamp":"{at}","level":"INFO","ms":5}}"#).unwrap();
        }
        let count = errors
            .iter()
            .find(|(of, _)| *of == minute)
            .map_or(0, |(_, count)| *count);
        for _ in 0..count {
            let at = START.plus(minute * 60_000 + 55_000).to_rfc3339();
            writeln!(text, r#"{{"timestamp":"{at}","level":"ERROR","ms":5}}"#).unwrap();
        }
    }
    text
}

const INCIDENTS: &str = r#"
[[incident]]
name = "database failover"
from = 2026-04-20T10:10:00Z
to = 2026-04-20T10:12:00Z
alarms = ["demo-errors"]

[[incident]]
name = "slow disk"
from = 2026-04-20T10:40:00Z
to = 2026-04-20T10:45:00Z
alarms = ["demo-errors"]
"#;

fn folder() -> Folder {
    let folder = Folder::with_suite();
    folder.write("logs/app.jsonl", &log(60, &[(10, 20), (30, 11), (40, 8)]));
    folder.write("incidents.toml", INCIDENTS);
    folder
}

#[test]
fn firings_incidents_and_false_pages_are_reported() {
    let answer = folder().belfry(&[
        "backtest",
        "--quiet",
        "--file",
        "logs/app.jsonl",
        "--incidents",
        "incidents.toml",
    ]);
    insta::assert_snapshot!(answer, @r#"
    exit 0
    ----- stdout -----
    2026-04-20 10:00 to 2026-04-20 11:00 UTC, 1 h
    399 events, 24.7 kB, 0 data fed

    working tree: 2 pages, 336.0 a week
    ┌─────────────┬──────────────────┬──────────────────┬──────────┬──────┐
    │ alarm       ┆ fired            ┆ cleared          ┆ in ALARM ┆ page │
    ╞═════════════╪══════════════════╪══════════════════╪══════════╪══════╡
    │ demo-errors ┆ 2026-04-20 10:11 ┆ 2026-04-20 10:12 ┆ 1 min    ┆ yes  │
    │ demo-errors ┆ 2026-04-20 10:31 ┆ 2026-04-20 10:32 ┆ 1 min    ┆ yes  │
    └─────────────┴──────────────────┴──────────────────┴──────────┴──────┘
    + database failover (2026-04-20 10:10): detected after 1 min by demo-errors
    - slow disk (2026-04-20 10:40): missed; silent: demo-errors
    1 page outside every incident
      demo-errors 2026-04-20 10:31 to 2026-04-20 10:32
    ----- stderr -----
    "#);
}

#[test]
fn the_budget_and_a_missed_incident_decide_the_exit_code() {
    let folder = folder();
    let base = [
        "backtest",
        "--quiet",
        "--file",
        "logs",
        "--incidents",
        "incidents.toml",
    ];
    let run = |more: &[&str]| {
        let answer = folder.belfry(&[&base[..], more].concat());
        answer.lines().next().unwrap().to_owned()
    };
    assert_eq!(run(&[]), "exit 0");
    assert_eq!(run(&["--require-detected"]), "exit 4");
    assert_eq!(run(&["--max-pages-per-week", "400"]), "exit 0");
    assert_eq!(run(&["--max-pages-per-week", "300"]), "exit 4");
    let answer = folder.belfry(
        &[
            &base[..],
            &["--max-pages-per-week", "300", "--format", "github"],
        ]
        .concat(),
    );
    assert!(answer.contains("::error title=pages a week::"), "{answer}");
    assert!(
        answer.contains("::error title=slow disk::missed; silent: demo-errors"),
        "{answer}"
    );
}

fn git(folder: &Folder, arguments: &[&str]) {
    let output = Command::new("git")
        .current_dir(folder.path())
        .args(["-c", "user.name=t", "-c", "user.email=t@example.org"])
        .args(arguments)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// The suite with a threshold of 10 as `HEAD`, and one of 7 in the working tree.
fn changed() -> Folder {
    let folder = folder();
    git(&folder, &["init", "-q"]);
    git(&folder, &["add", "."]);
    git(&folder, &["commit", "-q", "-m", "suite"]);
    git(&folder, &["tag", "before"]);
    folder.write(
        "belfry.toml",
        &BELFRY_TOML.replace("threshold = 10", "threshold = 7"),
    );
    folder
}

#[test]
fn a_lower_threshold_adds_a_page_and_the_way_back_removes_it() {
    let folder = changed();
    let json = |folder: &Folder| -> serde_json::Value {
        let answer = folder.stdout(&[
            "backtest",
            "--file",
            "logs/app.jsonl",
            "--against",
            "before",
            "--format",
            "json",
        ]);
        serde_json::from_str(&answer).unwrap()
    };
    let there = json(&folder);
    let comparison = &there["comparison"];
    assert_eq!(comparison["same"], 2, "{comparison:#}");
    assert_eq!(comparison["added"][0]["fired"], "2026-04-20T10:41:00.000Z");
    assert_eq!(comparison["removed"].as_array().unwrap().len(), 0);
    assert_eq!(there["versions"][1]["name"], "before");
    git(&folder, &["commit", "-q", "-a", "-m", "lower"]);
    git(&folder, &["tag", "-f", "before"]);
    folder.write("belfry.toml", BELFRY_TOML);
    let back = json(&folder);
    assert_eq!(
        back["comparison"]["removed"][0]["fired"],
        "2026-04-20T10:41:00.000Z"
    );
    assert_eq!(back["comparison"]["added"].as_array().unwrap().len(), 0);
    let members: Vec<_> = back.as_object().unwrap().keys().cloned().collect();
    assert_eq!(
        members.join(" "),
        "version from to seconds fed versions comparison budget"
    );
    let markdown = folder.stdout(&[
        "backtest",
        "--file",
        "logs/app.jsonl",
        "--against",
        "before",
        "--format",
        "markdown",
    ]);
    assert!(
        markdown.contains("| removed | demo-errors | 2026-04-20 10:41 |"),
        "{markdown}"
    );
}

#[test]
fn what_git_cannot_read_is_said() {
    let answer = folder().belfry(&["backtest", "--file", "logs/app.jsonl", "--against", "main"]);
    assert!(answer.starts_with("exit 1"), "{answer}");
    assert!(
        answer.contains("error: git cannot read `main` of "),
        "{answer}"
    );
    let answer = changed().belfry(&[
        "backtest",
        "--file",
        "logs/app.jsonl",
        "--against",
        "nowhere",
    ]);
    assert!(
        answer.contains("no such revision, or the folder is not in it"),
        "{answer}"
    );
}

#[test]
fn missing_data_and_alarms_that_the_recording_cannot_judge_are_named() {
    let folder = folder();
    let more = r#"
[[alarm]]
name = "demo-cpu"
description = "d"
owner = "o"
runbook = "runbook.md"
metric = { namespace = "AWS/ECS", name = "CPUUtilization" }
statistic = "Average"
period = 60
evaluation_periods = 1
threshold = 80
comparison = ">"
actions = ["demo-alerts"]

[[alarm]]
name = "demo-quiet"
description = "no lines at all"
owner = "o"
runbook = "runbook.md"
metric = { namespace = "Demo", name = "Errors" }
statistic = "SampleCount"
period = 60
evaluation_periods = 3
threshold = 1
comparison = "<"
treat_missing_data = "breaching"
actions = ["demo-alerts"]
"#;
    folder.write("belfry.toml", &format!("{BELFRY_TOML}{more}"));
    let (early, late) = (log(5, &[]), log(30, &[]));
    let gap = late.lines().skip(20 * 6).collect::<Vec<_>>().join("\n");
    folder.write("gap.jsonl", &format!("{early}{gap}\n"));
    folder.write(
        "cpu.jsonl",
        "{\"timestamp\":\"2026-04-20T10:02:00Z\",\"namespace\":\"AWS/ECS\",\"metric\":\"CPUUtilization\",\"value\":95}\n",
    );
    let answer = folder.stdout(&["backtest", "--quiet", "--file", "gap.jsonl"]);
    insta::assert_snapshot!(answer, @r#"
    2026-04-20 10:00 to 2026-04-20 10:30 UTC, 30 min
    90 events, 5.5 kB, 0 data fed

    working tree: 1 page, 336.0 a week
    ┌────────────┬──────────────────┬──────────────────┬──────────┬──────┐
    │ alarm      ┆ fired            ┆ cleared          ┆ in ALARM ┆ page │
    ╞════════════╪══════════════════╪══════════════════╪══════════╪══════╡
    │ demo-quiet ┆ 2026-04-20 10:10 ┆ 2026-04-20 10:21 ┆ 11 min   ┆ yes  │
    └────────────┴──────────────────┴──────────────────┴──────────┴──────┘
    silent: demo-errors
    not judged: demo-cpu, the recording has no AWS/ECS CPUUtilization
    "#);
    let answer = folder.stdout(&[
        "backtest",
        "--quiet",
        "--data",
        "cpu.jsonl",
        "--file",
        "gap.jsonl",
        "--alarm",
        "demo-cpu",
    ]);
    assert!(answer.contains("working tree: 1 page"), "{answer}");
}

#[test]
fn files_are_fed_by_time_whatever_the_order_of_their_lines() {
    let folder = folder();
    let mut lines: Vec<String> = log(30, &[]).lines().map(str::to_owned).collect();
    let late = lines.remove(0);
    lines.push(late);
    folder.write("late/a.jsonl", &log(30, &[]));
    folder.write("late/b.jsonl", &lines.join("\n"));
    let answer = folder.stdout(&["backtest", "--quiet", "--file", "late", "--format", "json"]);
    let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
    assert_eq!(answer["fed"]["events"], 360);
    assert_eq!(answer["fed"]["not_fed"].as_array().unwrap().len(), 0);
    assert_eq!(answer["from"], "2026-04-20T10:00:00.000Z");
}

#[test]
fn an_environment_without_anything_to_read_is_refused() {
    let folder = folder();
    folder.belfry(&["apply", "--yes"]);
    for read in ["logs", "metrics"] {
        let answer = folder.belfry(&["backtest", "--read", read]);
        assert!(answer.starts_with("exit 1"), "{answer}");
        assert!(answer.contains("so nothing is judged"), "{answer}");
    }
}

#[test]
fn what_cannot_be_backtested_is_refused() {
    let folder = folder();
    folder.write("undated.log", "a\nb\n");
    folder.write("empty/none.txt", "");
    for (arguments, exit, text) in [
        (
            vec!["--file", "undated.log"],
            "exit 1",
            "no line of `undated.log` has a time",
        ),
        (vec!["--file", "nowhere"], "exit 1", "nowhere"),
        (
            vec!["--file", "logs", "--since", "2027-01-01"],
            "exit 1",
            "has no event in that time",
        ),
        (
            vec!["--file", "logs", "--alarm", "demo-error"],
            "exit 1",
            "an alarm with a similar name exists: demo-errors",
        ),
        (
            vec!["--file", "logs", "--format", "junit"],
            "exit 2",
            "no form of JUnit",
        ),
        (
            vec!["--data", "logs/app.jsonl"],
            "exit 1",
            "line 1 of `logs/app.jsonl` is no datum",
        ),
        (
            vec!["--file", "logs", "--max-pages-per-week=-1"],
            "exit 2",
            "no number of pages",
        ),
    ] {
        let answer = folder.belfry(&[&["backtest"], &arguments[..]].concat());
        assert!(
            answer.starts_with(exit) && answer.contains(text),
            "{arguments:?}\n{answer}"
        );
    }
}
