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

/// Eleven errors page, and come back.
const FIRED: &str = r#"
[[test]]
name = "eleven errors in a minute page"
lasts = "10m"
[[test.log]]
group = "/demo/app"
at = "2m"
json = { level = "ERROR" }
every = "1s"
count = 11
[[test.log]]
group = "/demo/app"
at = "3m"
json = { level = "INFO" }
[[test.alarm]]
name = "demo-errors"
timeline = ["3m ALARM", "4m OK", "7m INSUFFICIENT_DATA"]
"#;

const EXEMPT: &str = r#"
[[exempt]]
point = "query *"
reason = "read by people only"
[[equivalent]]
mutant = "alarm demo-errors: threshold 42"
reason = "stale"
"#;

#[test]
fn coverage_says_what_no_test_reaches() {
    let folder = Folder::with_suite();
    folder.write("suite-tests/errors.toml", &[FIRED, EXEMPT].concat());
    insta::assert_snapshot!(folder.belfry(&["test", "--coverage"]), @r###"
    exit 0
    ----- stdout -----
    suite-tests/errors.toml
        ok    eleven errors in a minute page

    1 test, none failed

    coverage
      alarm demo-errors     + goes into ALARM  + comes back  + missing data
      metric filter Errors  + matches  + does not match
      query errors          . answers rows
      . query errors: answers rows: read by people only

    5 of 5 points covered, 1 exempt: 100.0 %
    ----- stderr -----
    "###);
    let query =
        "[[test]]\nname = \"q\"\nlasts = \"1m\"\n[[test.query]]\nname = \"errors\"\nrows = []\n";
    folder.write("suite-tests/queries.toml", query);
    folder.write("suite-tests/errors.toml", FIRED);
    let answer = folder.belfry(&["test", "--min-coverage", "100"]);
    assert!(
        answer.starts_with("exit 4") && answer.contains("not covered: query errors: answers rows"),
        "{answer}"
    );
    assert!(
        folder
            .belfry(&["test", "--min-coverage", "101"])
            .starts_with("exit 2")
    );
}

#[test]
fn mutants_that_no_test_notices_are_shown_at_their_lines() {
    let folder = Folder::with_suite();
    folder.write("suite-tests/errors.toml", &[FIRED, EXEMPT].concat());
    insta::assert_snapshot!(folder.belfry(&["test", "--mutate"]), @r###"
    exit 4
    ----- stdout -----
    suite-tests/errors.toml
        ok    eleven errors in a minute page

    1 test, none failed

    mutation

    error[T0302]: no test notices `pattern` '' instead of '{ $.level = "ERROR" }'
      --> belfry.toml:17:1
       |
    17 | pattern = '{ $.level = "ERROR" }'
       | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the one test that looks at this passes
       |
       = help: write a test that fails, or mark it: [[equivalent]] mutant = "metric filter Errors: pattern ''"

    error[T0302]: no test notices `value` 2 instead of 1
      --> belfry.toml:18:49
       |
    18 | metric = { namespace = "Demo", name = "Errors", value = "1", default = 0 }
       |                                                 ^^^^^^^^^^^ the one test that looks at this passes
       |
       = help: write a test that fails, or mark it: [[equivalent]] mutant = "metric filter Errors: value 2"

    error[T0302]: no test notices `default` 1 instead of 0
      --> belfry.toml:18:62
       |
    18 | metric = { namespace = "Demo", name = "Errors", value = "1", default = 0 }
       |                                                              ^^^^^^^^^^^ the one test that looks at this passes
       |
       = help: write a test that fails, or mark it: [[equivalent]] mutant = "metric filter Errors: default 1"

    error[T0302]: no test notices `statistic` SampleCount instead of Sum
      --> belfry.toml:26:1
       |
    26 | statistic = "Sum"
       | ^^^^^^^^^^^^^^^^^ the one test that looks at this passes
       |
       = help: write a test that fails, or mark it: [[equivalent]] mutant = "alarm demo-errors: statistic SampleCount"

    error[T0302]: no test notices `threshold` 9 instead of 10
      --> belfry.toml:29:1
       |
    29 | threshold = 10
       | ^^^^^^^^^^^^^^ the one test that looks at this passes
       |
       = help: write a test that fails, or mark it: [[equivalent]] mutant = "alarm demo-errors: threshold 9"

    error[T0302]: no test notices `comparison` >= instead of >
      --> belfry.toml:30:1
       |
    30 | comparison = ">"
       | ^^^^^^^^^^^^^^^^ the one test that looks at this passes
       |
       = help: write a test that fails, or mark it: [[equivalent]] mutant = "alarm demo-errors: comparison >="

    error[T0302]: no test notices `actions` without demo-alerts instead of with it
      --> belfry.toml:31:1
       |
    31 | actions = ["demo-alerts"]
       | ^^^^^^^^^^^^^^^^^^^^^^^^^ the one test that looks at this passes
       |
       = help: write a test that fails, or mark it: [[equivalent]] mutant = "alarm demo-errors: actions without demo-alerts"

    22 mutants: 15 noticed, 7 survived

    error[T0108]: no surviving mutant needs the exemption `alarm demo-errors: threshold 42`
      --> suite-tests/errors.toml:23:10
       |
    23 | mutant = "alarm demo-errors: threshold 42"
       |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: a similar name needs one: `alarm demo-errors: threshold 9`
    ----- stderr -----
    error: no test notices 7 mutants; 1 exemption is not needed
    "###);
}

#[test]
fn machines_get_coverage_and_mutants_too() {
    let folder = Folder::with_suite();
    folder.write("suite-tests/errors.toml", FIRED);
    let github = folder.belfry(&["test", "--mutate", "--coverage", "--format", "github"]);
    assert!(
        github.contains(
            "::error file=belfry.toml,line=31,col=1,title=T0302 no test notices this change::"
        ),
        "{github}"
    );
    assert!(
        github.contains("::warning file=queries/insights/errors.cwli,line=1,"),
        "{github}"
    );
    let json = folder.belfry(&["test", "--mutate", "--coverage", "--format", "json"]);
    assert!(
        json.contains("\"fate\": \"survived\"") && json.contains("\"percent\": "),
        "{json}"
    );
    let junit = folder.belfry(&["test", "--coverage", "--format", "junit"]);
    let (xml, aside) = junit.split_once("----- stderr -----").unwrap();
    assert!(
        xml.trim_end().ends_with("</testsuites>") && aside.contains("coverage"),
        "{junit}"
    );
}
