use super::fixture::{BELFRY_TOML, Folder};

#[test]
fn mistakes_of_the_suite_are_shown_at_their_places_and_end_with_1() {
    let folder = Folder::with_suite();
    let toml = BELFRY_TOML
        .replace("retention_days", "retention_day")
        .replace("\"demo-alerts\"]", "\"demo-alert\"]");
    folder.write("belfry.toml", &toml);
    insta::assert_snapshot!(folder.belfry(&["plan"]), @r###"
    exit 1
    ----- stdout -----
    ----- stderr -----
    error[S0102]: unknown key `retention_day`
      --> belfry.toml:12:1
       |
    12 | retention_day = 7
       | ^^^^^^^^^^^^^ not a key of log_group `/demo/app`
       |
    help: a key with a similar name exists: `retention_days`
       |
    12 | retention_days = 7
       |              +

    error[S0107]: no topic of the suite is called `demo-alert`
      --> belfry.toml:31:12
       |
    31 | actions = ["demo-alert"]
       |            ^^^^^^^^^^^^
       |
       = help: a topic with a similar name exists: `demo-alerts`

    error: the suite has 2 mistakes
    hint: `belfry explain CODE` tells more about a code
    "###);
}

#[test]
fn a_wrong_query_is_shown_in_its_file() {
    let folder = Folder::with_suite();
    let text = "# log-groups: /demo/app\nfilter level = \"ERROR\"\n| stats cuont(*) by endpoint\n";
    folder.write("queries/insights/errors.cwli", text);
    insta::assert_snapshot!(folder.belfry(&["plan"]), @r###"
    exit 1
    ----- stdout -----
    ----- stderr -----
    error[Q0301]: unknown function `cuont`
     --> queries/insights/errors.cwli:3:9
      |
    3 | | stats cuont(*) by endpoint
      |         ^^^^^ not a function of Logs Insights
      |
    help: a function with a similar name exists
      |
    3 - | stats cuont(*) by endpoint
    3 + | stats count(*) by endpoint
      |

    error: the suite has 1 mistake
    hint: `belfry explain CODE` tells more about a code
    "###);
}

#[test]
fn an_environment_that_is_not_declared_is_refused() {
    let folder = Folder::with_suite();
    insta::assert_snapshot!(folder.belfry(&["plan", "--env", "prod"]), @r###"
    exit 1
    ----- stdout -----
    ----- stderr -----
    error: no environment is called `prod`; belfry.toml declares local
    "###);
}
