//! Every code of a check: an example that triggers it, and what mends that.

use belfry_engine::diag::check::CODES;

use super::fixture::{BELFRY_TOML, Folder};

/// A suite in which a code is found, by what differs from the small suite: `(file, from, to)`. An empty `from` is a new file, or
/// what is put at the end.
struct Example {
    code: &'static str,
    broken: &'static [Change],
    /// What mends it, over what is broken.
    mended: &'static [Change],
}

type Change = (&'static str, &'static str, &'static str);

const METRIC: &str = "metric = { namespace = \"Demo\", name = \"Errors\" }";
const CONTRACT: Change = (
    "scoring-service/signals.json",
    "",
    r#"{"metrics": [{"namespace": "Demo", "name": "Latency", "unit": "Milliseconds", "dimensions": [["Service"]]}], "log": {"fields": [{"name": "level"}, {"name": "status"}]}}"#,
);
const BODY: &str = r#""widgets": [{"type": "text", "x": 0, "y": 0, "width": 6, "height": 2, "properties": {"markdown": "hello ${region}"}}"#;
const LOG_WIDGET: &str = r#""start": "-P3M", "widgets": [{"type": "log", "width": 6, "height": 2, "properties": {"region": "${region}", "query": "SOURCE '/demo/app' | fields @message"}}"#;

const EXAMPLES: &[Example] = &[
    Example {
        code: "C0101",
        broken: &[(
            "belfry.toml",
            METRIC,
            "metric = { namespace = \"Demo\", name = \"Error\" }",
        )],
        mended: &[("belfry.toml", "name = \"Error\" }", "name = \"Errors\" }")],
    },
    Example {
        code: "C0102",
        broken: &[(
            "belfry.toml",
            "actions = [\"demo-alerts\"]",
            "ok_actions = [\"demo-alerts\"]",
        )],
        mended: &[("belfry.toml", "ok_actions =", "actions =")],
    },
    Example {
        code: "C0103",
        broken: &[
            CONTRACT,
            (
                "queries/insights/errors.cwli",
                "n by endpoint",
                "n by statsu",
            ),
        ],
        mended: &[("queries/insights/errors.cwli", "n by statsu", "n by status")],
    },
    Example {
        code: "C0104",
        broken: &[
            (
                "belfry.toml",
                "actions = [\"demo-alerts\"]",
                "ok_actions = [\"demo-alerts\"]",
            ),
            (
                "belfry.toml",
                "",
                "\n[[allow]]\ncode = \"C0102\"\non = \"alarm.demo-errors\"\nreason = \"r\"\nuntil = \"2020-01-01\"\n",
            ),
        ],
        mended: &[("belfry.toml", "2020-01-01", "2999-01-01")],
    },
    Example {
        code: "C0105",
        broken: &[(
            "belfry.toml",
            "",
            "\n[[allow]]\ncode = \"C0102\"\non = \"alarm.demo-errors\"\nreason = \"r\"\nuntil = \"2999-01-01\"\n",
        )],
        mended: &[(
            "belfry.toml",
            "actions = [\"demo-alerts\"]",
            "ok_actions = [\"demo-alerts\"]",
        )],
    },
    Example {
        code: "C0106",
        broken: &[(
            "belfry.toml",
            METRIC,
            "metric = { namespace = \"AWS/ECS\", name = \"CPUUtilisation\", dimensions = { ClusterName = \"c\" } }",
        )],
        mended: &[
            ("belfry.toml", "Utilisation", "Utilization"),
            ("belfry.toml", "\"Sum\"", "\"Average\""),
        ],
    },
    Example {
        code: "C0107",
        broken: &[(
            "dashboards/main.json",
            BODY,
            r#""widgets": [{"type": "text", "x": 0, "y": 0, "width": 6, "height": 2, "properties": {"markdown": "a"}}, {"type": "text", "x": 5, "y": 1, "width": 6, "height": 2, "properties": {"markdown": "b"}}"#,
        )],
        mended: &[("dashboards/main.json", "\"x\": 5", "\"x\": 6")],
    },
    Example {
        code: "C0108",
        broken: &[("belfry.toml", "[[alarm]]", SIX_EXPRESSIONS)],
        mended: &[("belfry.toml", "%a%", "a")],
    },
    Example {
        code: "C0109",
        broken: &[CONTRACT, ("belfry.toml", "$.level", "$.levle")],
        mended: &[("belfry.toml", "$.levle", "$.level")],
    },
    Example {
        code: "C0110",
        broken: &[("belfry.toml", "", "\n[variables]\ncluster = \"c\"\n")],
        mended: &[("dashboards/main.json", "hello", "hello ${cluster}")],
    },
    Example {
        code: "C0111",
        broken: &[("belfry.toml", "", "\n[[topic]]\nname = \"demo-pager\"\n")],
        mended: &[(
            "belfry.toml",
            "actions = [\"demo-alerts\"]",
            "actions = [\"demo-alerts\", \"demo-pager\"]",
        )],
    },
    Example {
        code: "C0112",
        broken: &[("belfry.toml", "runbook.md", "runbook.md#what-to-du")],
        mended: &[("belfry.toml", "#what-to-du", "#what-to-do")],
    },
    Example {
        code: "C0113",
        broken: &[("belfry.toml", "period = 60", "period = 10")],
        mended: &[("belfry.toml", "period = 10", "period = 60")],
    },
    Example {
        code: "C0114",
        broken: &[
            (
                "belfry.toml",
                METRIC,
                "metric = { namespace = \"AWS/ApplicationELB\", name = \"HTTPCode_Target_5XX_Count\", dimensions = { LoadBalancer = \"app/a/1\" } }",
            ),
            ("belfry.toml", "\"Sum\"", "\"Average\""),
        ],
        mended: &[("belfry.toml", "\"Average\"", "\"Sum\"")],
    },
    Example {
        code: "C0115",
        broken: &[(
            "belfry.toml",
            "comparison = \">\"",
            "comparison = \"<\"\ntreat_missing_data = \"notBreaching\"",
        )],
        mended: &[("belfry.toml", "notBreaching", "breaching")],
    },
    Example {
        code: "C0116",
        broken: &[(
            "dashboards/main.json",
            BODY,
            r#""widgets": [{"type": "log", "width": 6, "height": 2, "properties": {"region": "${region}", "query": "SOURCE '/demo/ap' | fields @message"}}"#,
        )],
        mended: &[("dashboards/main.json", "/demo/ap'", "/demo/app'")],
    },
    Example {
        code: "C0117",
        broken: &[("dashboards/main.json", BODY, LOG_WIDGET)],
        mended: &[("belfry.toml", "retention_days = 7", "retention_days = 90")],
    },
    Example {
        code: "C0118",
        broken: &[(
            "dashboards/main.json",
            BODY,
            r#""widgets": [{"type": "alarm", "width": 6, "height": 2, "properties": {"alarms": ["arn:aws:cloudwatch:${region}:${account}:alarm:demo-error"]}}"#,
        )],
        mended: &[("dashboards/main.json", ":demo-error\"", ":demo-errors\"")],
    },
    Example {
        code: "C0119",
        broken: &[(
            "dashboards/main.json",
            BODY,
            r#""widgets": [{"type": "metric", "width": 6, "height": 2, "properties": {"region": "${region}", "metrics": [["Demo", "Errors", {"id": "m1", "stat": "Sum"}], [{"expression": "SUM(m1"}]]}}"#,
        )],
        mended: &[("dashboards/main.json", "SUM(m1\"", "SUM([m1])\"")],
    },
    Example {
        code: "C0120",
        broken: &[
            ("belfry.toml", "", ATHENA),
            (
                "queries/athena/all.sql",
                "",
                "-- parameter: 'x', a part\nSELECT elb_status FROM alb_logs WHERE strpos(trace_id, ?) > 0\n",
            ),
        ],
        mended: &[("queries/athena/all.sql", "elb_status", "elb_status_code")],
    },
    Example {
        code: "C0121",
        broken: &[(
            "belfry.toml",
            "retention_days = 7",
            "retention_days = 7\nclass = \"INFREQUENT_ACCESS\"",
        )],
        mended: &[("belfry.toml", "INFREQUENT_ACCESS", "STANDARD")],
    },
    Example {
        code: "C0122",
        broken: &[(
            "dashboards/main.json",
            BODY,
            r#""widgets": [{"type": "log", "width": 6, "height": 2, "properties": {"region": "${region}", "view": "timeSeries", "query": "SOURCE '/demo/app' | stats count(*) by level"}}"#,
        )],
        mended: &[("dashboards/main.json", "by level", "by bin(5m)")],
    },
];

const ATHENA: &str = "\n[athena]\nworkgroup = \"demo\"\nresults = \"s3://demo-logs/results/\"\ndatabase = \"demo\"\n\n[athena.access_logs]\ntable = \"alb_logs\"\nlocation = \"s3://demo-logs/alb/\"\nsince = \"2026/01/01\"\n";

const SIX_EXPRESSIONS: &str = "\
[[metric_filter]]\nname = \"a\"\nlog_group = \"/demo/app\"\npattern = '%a%'\nmetric = { namespace = \"Demo\", name = \"A\", value = \"1\" }\n
[[metric_filter]]\nname = \"b\"\nlog_group = \"/demo/app\"\npattern = '%b%'\nmetric = { namespace = \"Demo\", name = \"B\", value = \"1\" }\n
[[metric_filter]]\nname = \"c\"\nlog_group = \"/demo/app\"\npattern = '%c%'\nmetric = { namespace = \"Demo\", name = \"C\", value = \"1\" }\n
[[metric_filter]]\nname = \"d\"\nlog_group = \"/demo/app\"\npattern = '%d%'\nmetric = { namespace = \"Demo\", name = \"D\", value = \"1\" }\n
[[metric_filter]]\nname = \"e\"\nlog_group = \"/demo/app\"\npattern = '%e%'\nmetric = { namespace = \"Demo\", name = \"E\", value = \"1\" }\n
[[metric_filter]]\nname = \"f\"\nlog_group = \"/demo/app\"\npattern = '%f%'\nmetric = { namespace = \"Demo\", name = \"F\", value = \"1\" }\n
[[alarm]]";

fn change(folder: &Folder, changes: &[Change]) {
    for (file, from, to) in changes {
        let path = folder.path().join(file);
        let text = std::fs::read_to_string(path).unwrap_or_default();
        assert!(text.contains(from), "{file} lacks `{from}`:\n{text}");
        let text = match from.is_empty() {
            true => text + to,
            false => text.replacen(from, to, 1),
        };
        folder.write(file, &text);
    }
}

/// The codes of `belfry check`.
fn codes(folder: &Folder) -> Vec<String> {
    let answer = folder.belfry(&["check", "--format", "json"]);
    let end = answer.find("----- stderr").unwrap();
    let start = answer.find('{').unwrap_or_else(|| panic!("{answer}"));
    let value: serde_json::Value = serde_json::from_str(&answer[start..end]).unwrap();
    let files = value["files"].as_array().unwrap();
    let findings = files
        .iter()
        .flat_map(|file| file["findings"].as_array().unwrap());
    findings
        .map(|finding| finding["code"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn every_code_of_a_check_has_an_example_that_triggers_it_and_what_mends_it() {
    assert!(BELFRY_TOML.contains(METRIC));
    for example in EXAMPLES {
        let folder = Folder::with_suite();
        change(&folder, example.broken);
        let found = codes(&folder);
        assert!(
            found.iter().any(|code| code == example.code),
            "{}: {found:?}",
            example.code
        );
        change(&folder, example.mended);
        let found = codes(&folder);
        assert!(
            !found.iter().any(|code| code == example.code),
            "{} stays",
            example.code
        );
    }
}

#[test]
fn every_code_of_a_check_is_among_the_examples_and_its_page_names_example_and_fix() {
    for code in CODES {
        let is_there = EXAMPLES.iter().any(|example| example.code == code.name);
        assert!(is_there, "{} has no example", code.name);
        for heading in ["Example: ", "Fix: "] {
            assert!(
                code.explanation.contains(heading),
                "{} lacks `{heading}`",
                code.name
            );
        }
    }
}
