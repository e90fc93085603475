use super::{Logs, refusal};

const LAMBDA: &str = "arn:aws:lambda:us-east-1:000000000000:function:f";
const STREAM: &str = "arn:aws:kinesis:us-east-1:000000000000:stream/s";
const ROLE: &str = "arn:aws:iam::000000000000:role/r";

async fn put(logs: &Logs, name: &str, destination: &str, role: Option<&str>) -> Result<(), String> {
    let request = logs.client.put_subscription_filter().log_group_name("g");
    let request = request.filter_name(name).filter_pattern("ERROR");
    let request = request.destination_arn(destination);
    match request.set_role_arn(role.map(str::to_owned)).send().await {
        Ok(_) => Ok(()),
        refused => Err(refusal(refused)),
    }
}

async fn names(logs: &Logs) -> Vec<String> {
    let request = logs
        .client
        .describe_subscription_filters()
        .log_group_name("g");
    let answer = request.send().await.unwrap();
    let filters = answer.subscription_filters().iter();
    filters
        .map(|f| f.filter_name().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn subscription_filters_are_kept_listed_and_go_with_their_group() {
    let logs = Logs::with_group().await;
    put(&logs, "b", STREAM, Some(ROLE)).await.unwrap();
    put(&logs, "a", LAMBDA, None).await.unwrap();
    assert_eq!(names(&logs).await, ["a", "b"]);
    let third = put(&logs, "c", LAMBDA, None).await.unwrap_err();
    assert_eq!(third, "LimitExceededException: Resource limit exceeded.");
    put(&logs, "a", LAMBDA, None).await.unwrap();
    let request = logs
        .client
        .describe_subscription_filters()
        .log_group_name("g");
    let answer = request.filter_name_prefix("b").send().await.unwrap();
    let [filter] = answer.subscription_filters() else {
        panic!("{answer:?}");
    };
    assert_eq!(filter.distribution().unwrap().as_str(), "ByLogStream");
    assert_eq!(filter.role_arn(), Some(ROLE));
    let request = logs.client.delete_subscription_filter().log_group_name("g");
    request.filter_name("b").send().await.unwrap();
    assert_eq!(names(&logs).await, ["a"]);
    let request = logs.client.delete_log_group().log_group_name("g");
    request.send().await.unwrap();
    logs.group("g").await;
    assert!(names(&logs).await.is_empty());
}

#[tokio::test]
async fn destinations_and_roles_that_do_not_fit_are_refused() {
    let logs = Logs::with_group().await;
    for (destination, role, part) in [
        (STREAM, None, "cannot be used without roleArn"),
        (
            LAMBDA,
            Some(ROLE),
            "vendor lambda cannot be used with roleArn",
        ),
        ("arn:aws:s3:::bucket", None, "is not an ARN of"),
    ] {
        let refused = put(&logs, "a", destination, role).await.unwrap_err();
        assert!(refused.contains(part), "{refused}");
    }
    let request = logs.client.describe_subscription_filters();
    let refused = refusal(request.log_group_name("none").send().await);
    assert!(
        refused.starts_with("ResourceNotFoundException"),
        "{refused}"
    );
}
