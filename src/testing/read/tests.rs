//! Test files over the suite of this repository.

use std::path::Path;

use belfry_engine::diag::Diagnostic;

use super::{Reader, file};
use crate::suite::{Request, Suite};
use crate::testing::{Expected, TestFile, What};

fn suite() -> Suite {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let request = Request {
        folder,
        environment: "local",
        region: None,
    };
    Suite::load(&request).unwrap()
}

fn read(source: &str) -> (TestFile, Vec<Diagnostic>) {
    let folder = tempfile::tempdir().unwrap();
    let lines = "{\"at\": \"2026-04-20T10:00:05Z\"}\n\n{\"at\": \"2026-04-20T10:00:00Z\"}\n";
    std::fs::write(folder.path().join("lines.jsonl"), lines).unwrap();
    let suite = suite();
    let reader = Reader {
        suite: &suite,
        folder: folder.path(),
        source,
    };
    let mut cx = Vec::new();
    let file = file::read(&mut cx, &reader, "suite-tests/a.toml");
    (file, cx)
}

/// The log lines of a test with their seconds, and the seconds at which they arrive where they are late.
fn lines(given: &str) -> Vec<String> {
    let source = format!(
        "[[test]]\nname = \"t\"\nlasts = \"1h\"\n[[test.log]]\ngroup = \"/ecs/fraud-detection/application\"\n{given}\n\
         [[test.alarm]]\nname = \"fraud-error-count\"\nsilent = true\n"
    );
    let (file, cx) = read(&source);
    assert!(cx.is_empty(), "{cx:#?}");
    let test = &file.tests[0];
    let line = test.feeds.iter().map(|feed| match &feed.what {
        What::Log {
            timestamp, message, ..
        } => {
            let since = |at: belfry_engine::base::Millis| (at.0 - test.start.0) / 1000;
            match since(feed.at) - since(*timestamp) {
                0 => format!("{} {message}", since(*timestamp)),
                late => format!("{}+{late} {message}", since(*timestamp)),
            }
        }
        What::Datum(_) => unreachable!(),
    });
    line.collect()
}

#[test]
fn lines_come_once_or_again_and_again() {
    assert_eq!(lines("message = \"a\"\nat = \"5s\""), ["5 a"]);
    assert_eq!(
        lines("messages = [\"a\", \"b ${n}\"]\nevery = \"2s\"\ncount = 2"),
        ["0 a", "2 b 1", "4 a", "6 b 3"]
    );
    assert_eq!(
        lines("message = \"a\"\nat = \"1m\"\nevery = \"20s\"\nuntil = \"2m\""),
        ["60 a", "80 a", "100 a"]
    );
    assert_eq!(lines("message = \"a\"\nlate = \"90s\""), ["0+90 a"]);
}

#[test]
fn lines_are_written_as_tables_and_embedded_metrics() {
    assert_eq!(
        lines(
            "json = { service = \"${service}\", n = \"${n}\", deep = { ok = true, list = [1, 2.5] } }"
        ),
        [r#"0 {"deep":{"list":[1,2.5],"ok":true},"n":0,"service":"fraud-detection-service"}"#]
    );
    insta::assert_snapshot!(
        lines("emf = { namespace = \"N\", dimensions = { S = \"${service}\" }, metrics = { M = 2 }, units = { M = \"Count\" } }\njson = { a = 1 }")[0],
        @r###"
    0 {"a":1,"_aws":{"Timestamp":1767614400000,"CloudWatchMetrics":[{"Namespace":"N","Dimensions":[["S"]],"Metrics":[{"Name":"M","Unit":"Count"}]}]},"S":"fraud-detection-service","M":2}
    "###
    );
}

#[test]
fn lines_of_a_file_keep_their_distances() {
    assert_eq!(
        lines("file = \"lines.jsonl\"\ntime_field = \"at\"\nat = \"1m\""),
        [
            r#"60 {"at": "2026-04-20T10:00:00Z"}"#,
            r#"65 {"at": "2026-04-20T10:00:05Z"}"#
        ]
    );
}

#[test]
fn a_series_of_an_alarm_is_that_of_its_metric() {
    let (file, cx) = read(
        "[[test]]\nname = \"t\"\nlasts = \"1h\"\n[[test.series]]\nof_alarm = \"fraud-cpu-high\"\nat = \"5m\"\nvalues = \"1 _ 3\"\n\
         [[test.value]]\nof_alarm = \"fraud-cpu-high\"\nat = \"5m\"\nvalues = \"1 _ 3\"\n",
    );
    assert!(cx.is_empty(), "{cx:#?}");
    let test = &file.tests[0];
    let Expected::Value(value) = &test.expected[0] else {
        panic!("a value was expected");
    };
    assert_eq!(value.values, [Some(1.0), None, Some(3.0)]);
    assert_eq!((value.asked.period, test.feeds.len()), (60, 2));
    let What::Datum(datum) = &test.feeds[1].what else {
        panic!("a datum was expected");
    };
    assert_eq!(
        datum.id.dimensions["ClusterName"],
        "fraud-detection-cluster"
    );
    assert_eq!(datum.timestamp, test.start.plus(7 * 60_000));
}

const WRONG: &str = r#"
[defaults]
lasts = "30 minutes"
log_grup = "/ecs"
[[test]]
name = "a"
lasts = "10m"
[[test.log]]
group = "/ecs/fraud-detection/app"
message = "x"
json = { a = 1 }
[[test.log]]
group = "/ecs/fraud-detection/application"
message = "x ${servce}"
at = "11m"
[[test.log]]
group = "/ecs/fraud-detection/application"
file = "nowhere.jsonl"
[[test.series]]
of_alarm = "fraud-cpu-hig"
values = "1 2 3"
[[test.series]]
of_alarm = "fraud-cpu-high"
values = "1 2z 3"
[[test.alarm]]
name = "fraud-cpu-high"
timeline = ["1m OK", "2m Alarm", "ALARM"]
[[test.alarm]]
name = "fraud-cpu-high"
[[test.alarm]]
name = "fraud-cpu-high"
silent = true
timeline = ["2m OK", "1m ALARM"]
[[test.value]]
metric = { namespace = "N", name = "x", dimension = { a = "b" } }
values = "1x20"
at = "10s"
statistic = "Summe"
period = 60
[[test.value]]
of_alarm = "fraud-error-count"
values = "1x20"
at = "10s"
[[test.query]]
name = "error-log"
rows = [["a", true]]
[[test.query]]
text = "fields @message | sortt @timestamp"
rows = []
[[test.dashboard]]
name = "fraud-application"
without = ["Latenz"]
[[test]]
name = "a"
lasts = "1m"
[[exempt]]
point = "x"
"#;

#[test]
fn every_mistake_of_a_file_is_said_at_its_place() {
    let (_, mut cx) = read(WRONG);
    cx.sort_by_key(|diagnostic| diagnostic.primary.span);
    let line = |at: usize| WRONG[..at].matches('\n').count();
    let found: Vec<_> = cx
        .iter()
        .map(|d| format!("{}: {d}", line(d.primary.span.start)))
        .collect();
    insta::assert_snapshot!(found.join("\n").replace(found_folder(&found).as_str(), "FOLDER"), @r###"
    2: [T0101] `30 minutes` is no length of time
    3: [S0102] unknown key `log_grup`
    7: [T0107] the line of the event is written in several ways
    8: [S0107] no log group of the suite is called `/ecs/fraud-detection/app`
    13: [S0109] no variable is called `servce`
    14: [T0105] the test ends after 10m, before `11m`
    17: [T0106] `FOLDER/nowhere.jsonl` cannot be read: No such file or directory (os error 2)
    19: [S0107] no alarm of the suite is called `fraud-cpu-hig`
    23: [T0102] `2z` is no value: `2z` is no number
    26: [S0105] `Alarm` is not a value of `timeline`
    26: [T0103] `ALARM` is no time with what happens then
    27: [T0104] nothing is expected of the alarm
    32: [S0116] an alarm that goes into ALARM is not silent
    32: [T0103] a timeline goes forward in time, and every entry is another state
    34: [S0102] unknown key `dimension`
    37: [S0105] `Summe` is not a statistic: expected SampleCount, Average, Sum, Minimum, Maximum, IQM, a percentile such as p99.9, tm90, wm90, tc90, ts90, TM(10%:90%), WM(…), TC(…), TS(…) or PR(:300); did you mean `Sum`?
    39: [S0108] no period of 300 seconds begins 10s after the start of the test, 2026-01-05T12:00:00.000Z
    41: [T0105] the last period begins after the end of the test (10m)
    44: [S0107] no saved query of the suite is called `error-log`
    45: [S0104] `rows` is a text or a number, found boolean
    47: [Q0203] unknown command `sortt`
    51: [S0107] no widget of the suite is called `Latenz`
    53: [T0104] the test expects nothing
    53: [S0106] a second test of the file is called `a`
    55: [S0103] [[exempt]] needs the key `reason`
    "###);
}

/// The folder that a message names.
fn found_folder(found: &[String]) -> String {
    let line = found.iter().find(|line| line.contains("nowhere.jsonl"));
    let path = line.and_then(|line| line.split('`').nth(1)).unwrap();
    path.trim_end_matches("/nowhere.jsonl").to_owned()
}
