//! What machines read of `belfry check`, by a reading of its own.

use serde_json::Value;

use super::fixture::{BELFRY_TOML, Folder};

/// Members of the objects that are used, as section 3 of SARIF 2.1.0 names them.
const MEMBERS: &[(&str, &[&str])] = &[
    ("log", &["$schema", "version", "runs"]),
    ("run", &["tool", "columnKind", "results"]),
    ("driver", &["name", "version", "rules"]),
    (
        "rule",
        &[
            "id",
            "shortDescription",
            "fullDescription",
            "help",
            "helpUri",
        ],
    ),
    (
        "result",
        &[
            "ruleId",
            "ruleIndex",
            "level",
            "message",
            "locations",
            "relatedLocations",
            "fixes",
        ],
    ),
    (
        "region",
        &["startLine", "startColumn", "endLine", "endColumn"],
    ),
];

fn members(object: &str, value: &Value) {
    let (_, known) = MEMBERS.iter().find(|(name, _)| *name == object).unwrap();
    for name in value.as_object().unwrap().keys() {
        assert!(known.contains(&name.as_str()), "{object} has `{name}`");
    }
}

fn text(value: &Value) -> &str {
    let text = value["text"].as_str().unwrap();
    assert!(!text.is_empty(), "a message has a text");
    text
}

/// Holds a log against the structural rules of SARIF 2.1.0; `read` gives the text of a file by its reference.
fn assert_sarif(log: &Value, read: &dyn Fn(&str) -> String) {
    members("log", log);
    assert_eq!(log["version"], "2.1.0");
    for run in log["runs"].as_array().unwrap() {
        members("run", run);
        assert_eq!(run["columnKind"], "unicodeCodePoints");
        let driver = &run["tool"]["driver"];
        members("driver", driver);
        assert_eq!(driver["name"], "belfry");
        let rules = driver["rules"].as_array().unwrap();
        for (index, rule) in rules.iter().enumerate() {
            members("rule", rule);
            text(&rule["shortDescription"]);
            text(&rule["fullDescription"]);
            text(&rule["help"]);
            let is_first = rules[..index].iter().all(|other| other["id"] != rule["id"]);
            assert!(is_first, "rules are unique");
        }
        for result in run["results"].as_array().unwrap() {
            assert_result(result, rules, read);
        }
    }
}

fn assert_result(result: &Value, rules: &[Value], read: &dyn Fn(&str) -> String) {
    members("result", result);
    let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
    assert_eq!(rules[index]["id"], result["ruleId"]);
    assert!(["none", "note", "warning", "error"].contains(&result["level"].as_str().unwrap()));
    text(&result["message"]);
    let related = result.get("relatedLocations").and_then(Value::as_array);
    let related = related.into_iter().flatten();
    for location in result["locations"]
        .as_array()
        .unwrap()
        .iter()
        .chain(related)
    {
        let place = &location["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().unwrap();
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~/%".contains(c);
        assert!(uri.chars().all(is_plain), "a reference of RFC 3986: {uri}");
        assert_region(&place["region"], &read(uri));
    }
}

/// The region lies in the text; its end does not come before its start.
fn assert_region(region: &Value, source: &str) {
    members("region", region);
    let number = |name: &str| usize::try_from(region[name].as_u64().unwrap()).unwrap();
    let lines: Vec<&str> = source.split('\n').collect();
    let start = (number("startLine"), number("startColumn"));
    let end = (number("endLine"), number("endColumn"));
    assert!(start <= end, "{region}");
    for (line, column) in [start, end] {
        assert!(line >= 1 && line <= lines.len(), "{region}");
        assert!(column >= 1, "{region}");
        assert!(column <= lines[line - 1].chars().count() + 1, "{region}");
    }
}

fn with_findings() -> Folder {
    let folder = Folder::with_suite();
    let toml = BELFRY_TOML
        .replace("name = \"Errors\" }\nstat", "name = \"Error\" }\nstat")
        .replace(
            "actions = [\"demo-alerts\"]",
            "ok_actions = [\"demo-alerts\"]",
        );
    folder.write("belfry.toml", &toml);
    folder
}

fn sarif(folder: &Folder, code: i32, arguments: &[&str]) -> Value {
    let all = [&["check", "--format", "sarif"], arguments].concat();
    let output = folder.command(&[], &all).output().unwrap();
    assert_eq!(output.status.code(), Some(code));
    let log = serde_json::from_slice(&output.stdout).unwrap();
    assert_sarif(&log, &|path| {
        std::fs::read_to_string(folder.path().join(path)).unwrap()
    });
    log
}

#[test]
fn findings_are_a_valid_log_of_sarif() {
    let folder = with_findings();
    let log = sarif(&folder, 4, &["--docs-url", "https://example.org/errors.md"]);
    let run = &log["runs"][0];
    let ids: Vec<&str> = run["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|result| result["ruleId"].as_str().unwrap())
        .collect();
    assert_eq!(ids, ["C0101", "C0102"]);
    let uri = run["tool"]["driver"]["rules"][0]["helpUri"]
        .as_str()
        .unwrap();
    assert_eq!(
        uri,
        "https://example.org/errors.md#c0101-metric-that-nothing-publishes"
    );
}

#[test]
fn a_suite_without_findings_is_a_log_without_results() {
    let log = sarif(&Folder::with_suite(), 0, &[]);
    assert_eq!(log["runs"][0]["results"], serde_json::json!([]));
}

#[test]
fn texts_that_are_wrong_are_told_in_the_same_form() {
    let folder = Folder::with_suite();
    folder.write(
        "queries/insights/wrong.cwli",
        "# description: Wrong.\n# log-groups: /demo/app\nstats cuont(*)\n",
    );
    let log = sarif(&folder, 1, &[]);
    let result = &log["runs"][0]["results"][0];
    assert_eq!(result["level"], "error");
    assert_eq!(
        result["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"],
        "count"
    );
}

#[test]
fn a_suite_below_this_folder_is_named_from_here() {
    let folder = Folder::with_suite();
    let inner = with_findings();
    for name in ["belfry.toml", "runbook.md"] {
        let text = std::fs::read_to_string(inner.path().join(name)).unwrap();
        folder.write(&format!("my suite/{name}"), &text);
    }
    insta::assert_snapshot!(folder.belfry(&["check", "--suite", "my suite", "--format", "github"]), @r###"
    exit 4
    ----- stdout -----
    ::error file=my suite/belfry.toml,line=21,col=8,title=C0101 metric that nothing publishes::the alarm `demo-errors` watches `Error` of `Demo` without dimensions, which nothing publishes%0Aa metric with a similar name is published: `Errors`
    ::warning file=my suite/belfry.toml,line=21,col=8,title=C0102 alarm that tells nobody::the alarm `demo-errors` tells nobody%0Aname a topic: `actions = ["…"]`
    ----- stderr -----
    "###);
    let arguments = ["check", "--suite", "my suite", "--format", "sarif"];
    let output = folder.command(&[], &arguments).output().unwrap();
    let log: Value = serde_json::from_slice(&output.stdout).unwrap();
    let place = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "my%20suite/belfry.toml");
}

#[test]
fn a_place_in_a_dashboard_is_that_of_the_file_with_its_variables() {
    let folder = Folder::with_suite();
    folder.write("dashboards/main.json", "{\"widgets\": [{\"type\": \"metric\", \"x\": 0, \"y\": 0, \"width\": 6, \"height\": 6, \"properties\": {\"region\": \"${region}\", \"metrics\": [[\"Demo\", \"Erors\"]]}}]}");
    let log = sarif(&folder, 4, &[]);
    let region = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"];
    let source = std::fs::read_to_string(folder.path().join("dashboards/main.json")).unwrap();
    let column = source.find("\"Erors\"").unwrap() + 1;
    assert_eq!(region["startColumn"], column);
    assert_eq!(region["endColumn"], column + "\"Erors\"".len());
}

#[test]
fn flags_that_do_not_go_together_are_refused() {
    insta::assert_snapshot!(Folder::with_suite().belfry(&["check", "--docs-url", "x"]), @r###"
    exit 2
    ----- stdout -----
    ----- stderr -----
    error: `--docs-url` goes with `--format sarif`
    "###);
    insta::assert_snapshot!(Folder::with_suite().belfry(&["check", "--format", "csv"]), @r###"
    exit 2
    ----- stdout -----
    ----- stderr -----
    error: findings are printed as text, json, sarif or github
    "###);
}

#[test]
fn an_allowed_finding_is_counted_and_listed_for_machines() {
    let folder = Folder::with_suite();
    let toml = BELFRY_TOML.replace(
        "actions = [\"demo-alerts\"]",
        "ok_actions = [\"demo-alerts\"]",
    );
    let allow = "[[allow]]\ncode = \"C0102\"\non = \"alarm.demo-errors\"\nreason = \"a trial\"\nuntil = \"9999-12-31\"\n";
    folder.write("belfry.toml", &format!("{toml}\n{allow}"));
    insta::assert_snapshot!(folder.belfry(&["check"]), @r###"
    exit 0
    ----- stdout -----
    20 checks found 0 problems, 1 more allowed
    ----- stderr -----
    "###);
    insta::assert_snapshot!(folder.belfry(&["check", "--format", "json"]), @r###"
    exit 0
    ----- stdout -----
    {
      "version": 1,
      "files": [],
      "allowed": [
        {
          "path": "belfry.toml",
          "code": "C0102",
          "on": "alarm.demo-errors",
          "message": "the alarm `demo-errors` tells nobody",
          "reason": "a trial",
          "until": "9999-12-31"
        }
      ]
    }
    ----- stderr -----
    "###);
}

#[test]
fn an_allowance_is_read_strictly() {
    let folder = Folder::with_suite();
    let allow = "[[allow]]\ncode = \"S0102\"\non = \"alram.demo-errors\"\nreason = \" \"\nuntil = \"tomorrow\"\nowner = \"me\"\n";
    folder.write("belfry.toml", &format!("{BELFRY_TOML}\n{allow}"));
    let told = folder.belfry(&["check"]);
    for part in [
        "exit 1",
        "`S0102` is not a value of `code`",
        "`alarm.demo-errors`",
        "`reason` is empty",
        "`tomorrow` is no day",
        "unknown key `owner`",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
}
