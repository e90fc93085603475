use super::fixture::Folder;

const TESTS: &str = r#"
[defaults]
log_group = "/demo/app"
lasts = "10m"

[[test]]
name = "eleven errors in a minute page"
[[test.log]]
at = "2m"
json = { level = "ERROR" }
every = "1s"
count = 11
[[test.log]]
at = "3m"
json = { level = "INFO" }
[[test.alarm]]
name = "demo-errors"
timeline = ["3m ALARM", "4m OK"]

[[test]]
name = "a quiet service is silent"
[[test.alarm]]
name = "demo-errors"
silent = true
"#;

fn folder() -> Folder {
    let folder = Folder::with_suite();
    folder.write("suite-tests/errors.toml", TESTS);
    folder
}

#[test]
fn tests_that_pass_are_named() {
    let alarms = TESTS.replace("\"4m OK\"", "\"4m OK\", \"7m INSUFFICIENT_DATA\"");
    let folder = Folder::with_suite();
    folder.write("suite-tests/errors.toml", &alarms);
    insta::assert_snapshot!(folder.belfry(&["test"]), @r###"
    exit 0
    ----- stdout -----
    suite-tests/errors.toml
        ok    eleven errors in a minute page
        ok    a quiet service is silent

    2 tests, none failed
    ----- stderr -----
    "###);
}

#[test]
fn a_timeline_that_differs_is_shown_beside_the_one_expected_with_awss_reason() {
    insta::assert_snapshot!(folder().belfry(&["test", "--filter", "eleven"]), @r###"
    exit 4
    ----- stdout -----
    suite-tests/errors.toml
      FAILED  eleven errors in a minute page

    eleven errors in a minute page: suite-tests/errors.toml

    error[T0201]: the alarm `demo-errors` went another way
      --> suite-tests/errors.toml:18:1
       |
    18 | timeline = ["3m ALARM", "4m OK"]
       | ^^^^^^^^
            expected  got
        3m  ALARM     ALARM
        4m  OK        OK
      ! 7m            INSUFFICIENT_DATA
                      Insufficient Data: 1 datapoint was unknown.

    1 test, 1 failed
    ----- stderr -----
    "###);
}

#[test]
fn nothing_to_test_is_an_error() {
    let answer = Folder::with_suite().belfry(&["test"]);
    assert!(answer.contains("error: no test file is at `"), "{answer}");
    insta::assert_snapshot!(folder().belfry(&["test", "--filter", "twelve"]), @r###"
    exit 2
    ----- stdout -----
    ----- stderr -----
    error: no test was selected
    hint: `--filter` is a part of a test's name or file; `belfry test` runs all
    "###);
}

#[test]
fn reports_for_machines_are_whole_documents() {
    let junit = folder().belfry(&["test", "--format", "junit"]);
    assert!(
        junit.starts_with("exit 4\n----- stdout -----\n<?xml"),
        "{junit}"
    );
    let github = folder().belfry(&["test", "--format", "github"]);
    assert!(
        github.contains("\n::error file=suite-tests/errors.toml,line=18,col=1,title="),
        "{github}"
    );
    let json = folder().belfry(&["test", "--format", "json"]);
    assert!(json.contains("\"failed\": 1,"), "{json}");
    let csv = folder().belfry(&["test", "--format", "csv"]);
    assert!(csv.starts_with("exit 2"), "{csv}");
}
