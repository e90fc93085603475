use super::fixture::{BELFRY_TOML, Folder};

#[test]
fn an_alarm_on_a_metric_that_nothing_publishes_ends_with_4() {
    let folder = Folder::with_suite();
    let toml = BELFRY_TOML
        .replace(
            "metric = { namespace = \"Demo\", name = \"Errors\" }",
            "metric = { namespace = \"Demo\", name = \"Error\" }",
        )
        .replace("actions = [\"demo-alerts\"]", "");
    folder.write("belfry.toml", &toml);
    insta::assert_snapshot!(folder.belfry(&["check"]), @r###"
    exit 4
    ----- stdout -----
    error[C0101]: the alarm `demo-errors` watches `Error` of `Demo` without dimensions, which nothing publishes
      --> belfry.toml:21:8
       |
    21 | name = "demo-errors"
       |        ^^^^^^^^^^^^^
       |
       = help: a metric with a similar name is published: `Errors`

    warning[C0102]: the alarm `demo-errors` tells nobody
      --> belfry.toml:21:8
       |
    21 | name = "demo-errors"
       |        ^^^^^^^^^^^^^
       |
       = help: name a topic: `actions = ["…"]`

    2 checks found 2 problems
    ----- stderr -----
    "###);
}

#[test]
fn the_suite_of_this_repository_has_no_findings() {
    let folder = Folder::with_suite();
    let ours = env!("CARGO_MANIFEST_DIR");
    insta::assert_snapshot!(folder.belfry(&["check", "--suite", ours]), @r###"
    exit 0
    ----- stdout -----
    2 checks found 0 problems
    ----- stderr -----
    "###);
}
