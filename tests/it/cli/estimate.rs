use serde_json::Value;

use super::fixture::Folder;

const LINES: &str = "{\"level\":\"INFO\",\"request_id\":\"a\",\"endpoint\":\"/x\"}\n{\"level\":\"ERROR\",\"request_id\":\"b\"}\n";
const CONTRACT: &str = r#"{"metrics": [{"namespace": "Demo", "name": "Calls", "dimensions": [["Zone", "Kind"]]}],
    "dimension_values": {"Zone": ["a", "b", "c"], "Kind": ["x", "y"]}, "log": {"fields": []}}"#;

fn folder() -> Folder {
    let folder = Folder::with_suite();
    folder.write("app.jsonl", LINES);
    folder.write("scoring-service/signals.json", CONTRACT);
    folder
}

fn json(folder: &Folder, arguments: &[&str]) -> Value {
    serde_json::from_str(&folder.stdout(arguments)).unwrap()
}

#[test]
fn an_estimate_counts_metrics_by_the_values_of_their_dimensions() {
    let folder = folder();
    let told = json(
        &folder,
        &[
            "estimate",
            "--file",
            "app.jsonl",
            "--rate",
            "10",
            "--format",
            "json",
        ],
    );
    let lines = told["rates"][0]["lines"].as_array().unwrap();
    let metrics = lines
        .iter()
        .find(|line| line["what"] == "custom metrics")
        .unwrap();
    // Three zones times two kinds, and the metric filter's own.
    assert_eq!(
        (&metrics["quantity"], &metrics["amount"]),
        (&"7".into(), &"2.1".into())
    );
    assert_eq!(told["dimensions"][0]["name"], "Zone");
    assert_eq!(
        (
            &told["dimensions"][0]["metrics"],
            &told["dimensions"][0]["amount"]
        ),
        (&"4".into(), &"1.2".into())
    );
    // One more zone is two metrics more, one more kind three.
    assert_eq!(
        told["dimensions"][0]["one_more_value"],
        serde_json::json!({"metrics": "2", "amount": "0.6"})
    );
    assert_eq!(told["sample"]["requests"], 2);
    assert_eq!(told["estimate"], true);
}

#[test]
fn an_estimate_without_a_sample_or_with_a_wrong_word_is_refused() {
    let folder = Folder::with_suite();
    let told = folder.belfry(&["estimate"]);
    assert!(
        told.contains("exit 1") && told.contains("sample-log.jsonl` cannot be read"),
        "{told}"
    );
    folder.write("app.jsonl", LINES);
    let wrong = |arguments: &[&str]| {
        let all = [&["estimate", "--file", "app.jsonl"], arguments].concat();
        folder.belfry(&all)
    };
    assert!(
        wrong(&["--assume", "dayz=1"]).contains("`dayz` is no assumption; expected one of days,")
    );
    assert!(wrong(&["--rate", "0"]).contains("`0` is no rate"));
    folder.write("prices.json", "[]");
    let told = wrong(&["--prices", "prices.json"]);
    assert!(
        told.contains("the price of `Alarm, standard resolution` of `CloudWatch` is unknown"),
        "{told}"
    );
}

#[test]
fn what_is_written_is_measured_in_the_environment_or_refused_where_nothing_was() {
    let folder = folder();
    let told = folder.belfry(&["estimate", "--since", "1h"]);
    assert!(
        told.contains("exit 1") && told.contains("does not exist there"),
        "{told}"
    );
    folder.stdout(&["apply", "--yes"]);
    let told = folder.belfry(&["estimate", "--since", "1h"]);
    assert!(
        told.contains("has no line with the field `request_id`")
            && told.contains("looks further back"),
        "{told}"
    );
    let told = folder.belfry(&["estimate", "--since", "1h", "--file", "app.jsonl"]);
    assert!(
        told.contains("exit 2") && told.contains("cannot be used with"),
        "{told}"
    );
    let told = folder.belfry(&["estimate", "--file", "app.jsonl", "--group", "/none=1"]);
    assert!(
        told.contains("`/none` is no log group of the suite; expected one of "),
        "{told}"
    );
}

#[test]
fn an_estimate_is_a_table_with_its_total_and_its_assumptions() {
    let folder = folder();
    let told = folder.stdout(&["estimate", "--file", "app.jsonl", "--rate", "1000"]);
    for part in [
        "│ 1 alarm metrics",
        "│ total a month",
        "compression=0.15",
        "estimate by list prices of us-east-1",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    let markdown = folder.stdout(&["estimate", "--file", "app.jsonl", "--format", "markdown"]);
    assert!(
        markdown.starts_with("| what | USD at 10/s | USD at 1,000/s | USD at 10,000/s |"),
        "{markdown}"
    );
    let csv = folder.stdout(&["estimate", "--file", "app.jsonl", "--format", "csv"]);
    assert!(
        csv.lines().all(|line| line.split(',').count() >= 4),
        "{csv}"
    );
}

#[test]
fn a_price_is_shown_with_its_tiers_and_counted_by_them() {
    let folder = Folder::with_suite();
    let told = folder.stdout(&["prices", "Data transfer out", "--quantity", "57000"]);
    assert!(
        told.contains("4,809.20") && told.contains("0 to 100, 0.09 to 10340"),
        "{told}"
    );
    let told = json(
        &folder,
        &[
            "prices",
            "Storage (archive)",
            "--quantity",
            "6",
            "--free-tier",
            "--format",
            "json",
        ],
    );
    assert_eq!(told["prices"][0]["cost"], "0.03");
    let told = folder.belfry(&["prices", "vCPU, Windows"]);
    assert!(
        told.contains("exit 1") && told.contains("its price is unknown"),
        "{told}"
    );
    let told = folder.belfry(&["prices", "LCU", "--quantity", "1", "--free-tier"]);
    assert!(
        told.contains("the free allowance of `LCU` is not counted"),
        "{told}"
    );
    let told = folder.stdout(&["prices", "Intelligent Tiering"]);
    assert!(told.contains("uncertain"), "{told}");
}
