use super::fixture::{BELFRY_TOML, Folder};
use super::served::Served;

/// A dashboard that nobody owns, and somebody who listens to the topic.
async fn make_by_hand(served: &Served) {
    let cloudwatch = served.cloudwatch();
    let request = cloudwatch.put_dashboard().dashboard_name("demo-theirs");
    let request = request.dashboard_body(r#"{"widgets": []}"#);
    request.send().await.unwrap();
    let topic = "arn:aws:sns:us-east-1:000000000000:demo-alerts";
    let request = served.sns().subscribe().topic_arn(topic).protocol("email");
    let request = request.endpoint("someone@example.com");
    request.send().await.unwrap();
}

#[test]
fn destroy_wants_the_suites_name_and_keeps_data_that_is_not_named() {
    let (folder, served) = (Folder::with_suite(), Served::new());
    let belfry = |arguments: &[&str]| folder.belfry_with(&served.variables(), arguments);
    assert!(belfry(&["apply", "--yes"]).starts_with("exit 0\n"));
    served.run(make_by_hand(&served));
    insta::assert_snapshot!(belfry(&["destroy"]), @r"
    exit 2
    ----- stdout -----
    ----- stderr -----
    error: nobody can be asked here, so `destroy` needs --yes with the suite's name
    ");
    insta::assert_snapshot!(belfry(&["destroy", "--yes", "dmo", "--quiet"]), @r"
    exit 2
    ----- stdout -----
    - dashboard.demo-main
    - alarm.demo-errors
    - query.demo/errors
    - metric_filter./demo/app:Errors

    0 to create, 0 to update, 4 to delete, 0 unchanged
    = log_group./demo/app: kept, since it holds data
    = topic.demo-alerts: kept, since others may listen to it
    ----- stderr -----
    error: the suite is called `demo`, found `dmo`; nothing was changed
    ");
    insta::assert_snapshot!(belfry(&["destroy", "--yes", "demo"]), @r"
    exit 0
    ----- stdout -----
    - dashboard.demo-main
    - alarm.demo-errors
    - query.demo/errors
    - metric_filter./demo/app:Errors

    0 to create, 0 to update, 4 to delete, 0 unchanged
    = log_group./demo/app: kept, since it holds data
    = topic.demo-alerts: kept, since others may listen to it

    - dashboard.demo-main
    - alarm.demo-errors
    - query.demo/errors
    - metric_filter./demo/app:Errors

    4 changes made
    ----- stderr -----
    ");
    insta::assert_snapshot!(belfry(&["destroy", "--yes", "demo", "--with-data", "dashboard.demo-theirs"]), @r"
    exit 2
    ----- stdout -----
    ----- stderr -----
    error: dashboard.demo-theirs is not there, or not the suite's
    ");
    insta::assert_snapshot!(belfry(&["destroy", "--yes", "demo", "--with-data", "log_group./demo/app", "--with-data", "topic.demo-alerts"]), @r"
    exit 0
    ----- stdout -----
    - log_group./demo/app
    - topic.demo-alerts

    0 to create, 0 to update, 2 to delete, 0 unchanged

    - log_group./demo/app
    - topic.demo-alerts

    2 changes made
    ----- stderr -----
    ");
    insta::assert_snapshot!(belfry(&["destroy", "--yes", "demo"]), @r"
    exit 0
    ----- stdout -----
    nothing to delete
    ----- stderr -----
    ");
    let left = served.run(async { served.cloudwatch().list_dashboards().send().await.unwrap() });
    assert_eq!(left.dashboard_entries().len(), 1);
}

#[test]
fn a_topic_that_nobody_subscribed_to_goes_with_the_suite() {
    let folder = Folder::with_suite();
    folder.stdout(&["apply", "--yes"]);
    let said = folder.stdout(&["destroy", "--yes", "demo"]);
    assert!(said.contains("- topic.demo-alerts\n"), "{said}");
    assert!(said.contains("= log_group./demo/app: kept"), "{said}");
}

const ATHENA: &str = r#"
[[bucket]]
name = "demo-logs"

[[load_balancer]]
name = "demo-alb"
attributes = { "idle_timeout.timeout_seconds" = "30" }

[athena]
workgroup = "demo"
results = "s3://demo-logs/results/"
database = "demo"
"#;

#[test]
fn a_workgroup_does_not_go_before_the_database_that_is_deleted_through_it_and_a_load_balancer_never_does()
 {
    let (folder, served) = (Folder::with_suite(), Served::new());
    folder.write("belfry.toml", &format!("{BELFRY_TOML}{ATHENA}"));
    let belfry = |arguments: &[&str]| folder.belfry_with(&served.variables(), arguments);
    assert!(belfry(&["apply", "--yes"]).starts_with("exit 0\n"));
    insta::assert_snapshot!(belfry(&["destroy", "--yes", "demo", "--with-data", "workgroup.demo"]), @r"
    exit 2
    ----- stdout -----
    ----- stderr -----
    error: database.demo is kept, and can be deleted through workgroup.demo alone
    hint: add `--with-data database.demo`, or keep workgroup.demo
    ");
    insta::assert_snapshot!(belfry(&["destroy", "--yes", "demo", "--with-data", "load_balancer.demo-alb"]), @r"
    exit 2
    ----- stdout -----
    ----- stderr -----
    error: load_balancer.demo-alb is made outside of Belfry, and stays
    hint: its tag `belfry:suite` can be taken off by hand
    ");
    assert!(belfry(&["plan", "--exit-code"]).starts_with("exit 0\n"));
    let both = [
        "--with-data",
        "workgroup.demo",
        "--with-data",
        "database.demo",
    ];
    let said = belfry(&[&["destroy", "--yes", "demo"][..], &both].concat());
    assert!(said.starts_with("exit 0\n"), "{said}");
    let order = ["- database.demo\n", "- workgroup.demo\n"].map(|line| said.find(line));
    assert!(order[0].is_some() && order[0] < order[1], "{said}");
}

#[test]
fn a_subscription_that_nobody_confirmed_is_not_said_to_be_gone() {
    let (folder, served) = (Folder::with_suite(), Served::new());
    let topic = "name = \"demo-alerts\"";
    let subscribed = "subscriptions = [{ protocol = \"email\", endpoint = \"a@example.com\" }]";
    let toml = BELFRY_TOML.replace(topic, &format!("{topic}\n{subscribed}"));
    folder.write("belfry.toml", &toml);
    let belfry = |arguments: &[&str]| folder.belfry_with(&served.variables(), arguments);
    assert!(belfry(&["apply", "--yes"]).starts_with("exit 0\n"));
    assert!(belfry(&["destroy", "--yes", "demo"]).starts_with("exit 0\n"));
    insta::assert_snapshot!(belfry(&["destroy", "--yes", "demo"]), @r"
    exit 0
    ----- stdout -----
    nothing to delete
    = log_group./demo/app: kept, since it holds data
    = subscription.demo-alerts:email:a@example.com: kept, since nobody has confirmed it; SNS forgets it within days
    = topic.demo-alerts: kept, since others may listen to it
    ----- stderr -----
    ");
    insta::assert_snapshot!(belfry(&["destroy", "--yes", "demo", "--with-data", "topic.demo-alerts"]), @r"
    exit 0
    ----- stdout -----
    - subscription.demo-alerts:email:a@example.com
    - topic.demo-alerts

    0 to create, 0 to update, 2 to delete, 0 unchanged
    = log_group./demo/app: kept, since it holds data

    - subscription.demo-alerts:email:a@example.com
    - topic.demo-alerts

    2 changes made
    ----- stderr -----
    ");
}
