use aws_sdk_elasticloadbalancingv2::Client;
use aws_sdk_elasticloadbalancingv2::error::ProvideErrorMetadata;
use aws_sdk_elasticloadbalancingv2::types::{
    LoadBalancerAttribute, ProtocolEnum, Tag, TargetDescription, TargetTypeEnum,
};

use super::served::Served;

const NAME: &str = "fraud-detection-alb";

fn code<T, E, R>(
    result: Result<T, aws_smithy_runtime_api::client::result::SdkError<E, R>>,
) -> (String, String)
where
    T: std::fmt::Debug,
    E: ProvideErrorMetadata,
{
    let error = result.expect_err("a refusal");
    let meta = error.as_service_error().expect("an answer").meta();
    (
        meta.code().unwrap_or_default().to_owned(),
        meta.message().unwrap_or_default().to_owned(),
    )
}

async fn client() -> (Served, Client) {
    let served = Served::new().await;
    let client = Client::new(&served.config("us-east-1"));
    (served, client)
}

async fn create(elb: &Client) -> String {
    let made = elb.create_load_balancer().name(NAME);
    let made = made
        .subnets("subnet-1")
        .subnets("subnet-2")
        .send()
        .await
        .unwrap();
    made.load_balancers()[0]
        .load_balancer_arn()
        .unwrap()
        .to_owned()
}

async fn set(
    elb: &Client,
    arn: &str,
    attributes: &[(&str, &str)],
) -> Result<
    aws_sdk_elasticloadbalancingv2::operation::modify_load_balancer_attributes::ModifyLoadBalancerAttributesOutput,
    aws_sdk_elasticloadbalancingv2::error::SdkError<
        aws_sdk_elasticloadbalancingv2::operation::modify_load_balancer_attributes::ModifyLoadBalancerAttributesError,
    >,
>{
    let attributes = attributes.iter().map(|(key, value)| {
        LoadBalancerAttribute::builder()
            .key(*key)
            .value(*value)
            .build()
    });
    elb.modify_load_balancer_attributes()
        .load_balancer_arn(arn)
        .set_attributes(Some(attributes.collect()))
        .send()
        .await
}

async fn get(elb: &Client, arn: &str, key: &str) -> String {
    let all = elb
        .describe_load_balancer_attributes()
        .load_balancer_arn(arn);
    let all = all.send().await.unwrap();
    let found = all.attributes().iter().find(|a| a.key() == Some(key));
    found.and_then(|a| a.value()).unwrap_or_default().to_owned()
}

#[tokio::test]
async fn the_id_of_a_load_balancer_comes_from_its_name() {
    let (_served, elb) = client().await;
    let arn = create(&elb).await;
    assert!(
        arn.starts_with("arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/app/fraud-detection-alb/"),
        "{arn}"
    );
    assert_eq!(create(&elb).await, arn);
    let other = elb.create_load_balancer().name(NAME);
    let other = other.subnets("subnet-1").subnets("subnet-3").send().await;
    assert_eq!(code(other).0, "DuplicateLoadBalancerName");
    let found = elb
        .describe_load_balancers()
        .names(NAME)
        .send()
        .await
        .unwrap();
    let found = &found.load_balancers()[0];
    assert_eq!(found.load_balancer_arn(), Some(arn.as_str()));
    assert_eq!(found.availability_zones().len(), 2);
    assert!(found.created_time().is_some());
    let missing = elb.describe_load_balancers().names("other").send().await;
    assert_eq!(
        code(missing),
        (
            "LoadBalancerNotFound".into(),
            "Load balancers '[other]' not found".into()
        )
    );
}

#[tokio::test]
async fn names_and_types_are_checked() {
    let (_served, elb) = client().await;
    for name in ["-a", "a-", "internal-a", "under_score", &"a".repeat(33)] {
        let made = elb.create_load_balancer().name(name);
        let made = made.subnets("subnet-1").subnets("subnet-2").send().await;
        assert_eq!(code(made).0, "ValidationError", "{name}");
    }
    let network = elb
        .create_load_balancer()
        .name("a")
        .r#type("network".into());
    let (_, message) = code(network.subnets("a").subnets("b").send().await);
    assert!(message.contains("'network' is not supported"), "{message}");
    let rules = elb.describe_rules().listener_arn("arn").send().await;
    assert_eq!(code(rules).0, "InvalidAction");
}

#[tokio::test]
async fn attributes_have_values_from_the_beginning_and_are_changed_together() {
    let (_served, elb) = client().await;
    let arn = create(&elb).await;
    assert_eq!(get(&elb, &arn, "idle_timeout.timeout_seconds").await, "60");
    assert_eq!(
        get(&elb, &arn, "routing.http.desync_mitigation_mode").await,
        "defensive"
    );
    set(
        &elb,
        &arn,
        &[
            ("idle_timeout.timeout_seconds", "30"),
            ("routing.http2.enabled", "false"),
        ],
    )
    .await
    .unwrap();
    assert_eq!(get(&elb, &arn, "idle_timeout.timeout_seconds").await, "30");
    let wrong = set(
        &elb,
        &arn,
        &[
            ("idle_timeout.timeout_seconds", "20"),
            ("waf.fail_open.enabled", "maybe"),
        ],
    )
    .await;
    assert_eq!(code(wrong).0, "ValidationError");
    assert_eq!(get(&elb, &arn, "idle_timeout.timeout_seconds").await, "30");
}

const LOGS_ON: &[(&str, &str)] = &[
    ("access_logs.s3.enabled", "true"),
    ("access_logs.s3.bucket", "logs"),
    ("access_logs.s3.prefix", "alb"),
];

fn policy(principal: &str, resource: &str) -> String {
    format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":{principal},"Action":"s3:PutObject","Resource":"arn:aws:s3:::logs/{resource}"}}]}}"#
    )
}

const DELIVERY: &str = r#"{"Service":"logdelivery.elasticloadbalancing.amazonaws.com"}"#;

#[tokio::test]
async fn logs_are_turned_on_only_where_the_bucket_takes_them() {
    let (served, elb) = client().await;
    let arn = create(&elb).await;
    let s3 = aws_sdk_s3::Client::new(&served.config("us-east-1"));
    let no_bucket = set(&elb, &arn, &[("access_logs.s3.enabled", "true")]).await;
    assert_eq!(code(no_bucket).0, "InvalidConfigurationRequest");
    assert_eq!(
        code(set(&elb, &arn, LOGS_ON).await).0,
        "InvalidConfigurationRequest"
    );
    s3.create_bucket().bucket("logs").send().await.unwrap();
    let put = |text: String| s3.put_bucket_policy().bucket("logs").policy(text).send();
    let denied = (
        "InvalidConfigurationRequest".to_owned(),
        "Access Denied for bucket: logs. Please check S3bucket permission".to_owned(),
    );
    assert_eq!(code(set(&elb, &arn, LOGS_ON).await), denied);
    for wrong in [
        policy(DELIVERY, "other/AWSLogs/000000000000/*"),
        policy(DELIVERY, "alb/AWSLogs/111122223333/*"),
        policy(
            r#"{"AWS":"arn:aws:iam::033677994240:root"}"#,
            "alb/AWSLogs/000000000000/*",
        ),
        policy(r#"{"Service":"logdelivery.elb.amazonaws.com"}"#, "*"),
    ] {
        put(wrong).await.unwrap();
        assert_eq!(code(set(&elb, &arn, LOGS_ON).await), denied);
    }
    assert_eq!(get(&elb, &arn, "access_logs.s3.enabled").await, "false");
    for right in [
        policy(DELIVERY, "alb/AWSLogs/000000000000/*"),
        policy(r#"{"AWS":"arn:aws:iam::127311923021:root"}"#, "*"),
        policy(r#"{"AWS":"127311923021"}"#, "*"),
    ] {
        put(right).await.unwrap();
        set(&elb, &arn, LOGS_ON).await.unwrap();
        set(&elb, &arn, &[("access_logs.s3.enabled", "false")])
            .await
            .unwrap();
    }
    let listed = s3.list_objects_v2().bucket("logs").send().await.unwrap();
    let keys: Vec<_> = listed.contents().iter().filter_map(|o| o.key()).collect();
    assert_eq!(keys, ["alb/AWSLogs/000000000000/ELBAccessLogTestFile"]);
}

#[tokio::test]
async fn a_protected_load_balancer_stays() {
    let (_served, elb) = client().await;
    let arn = create(&elb).await;
    set(&elb, &arn, &[("deletion_protection.enabled", "true")])
        .await
        .unwrap();
    let delete = || elb.delete_load_balancer().load_balancer_arn(&arn).send();
    assert_eq!(code(delete().await).0, "OperationNotPermitted");
    set(&elb, &arn, &[("deletion_protection.enabled", "false")])
        .await
        .unwrap();
    delete().await.unwrap();
    delete().await.unwrap();
    let gone = elb
        .describe_load_balancers()
        .load_balancer_arns(&arn)
        .send()
        .await;
    assert_eq!(code(gone).0, "LoadBalancerNotFound");
}

#[tokio::test]
async fn tags_are_added_described_and_removed() {
    let (_served, elb) = client().await;
    let arn = create(&elb).await;
    let tag = |key: &str, value: &str| Tag::builder().key(key).value(value).build();
    elb.add_tags()
        .resource_arns(&arn)
        .tags(tag("a", "1"))
        .tags(tag("b", "2"))
        .send()
        .await
        .unwrap();
    elb.remove_tags()
        .resource_arns(&arn)
        .tag_keys("a")
        .send()
        .await
        .unwrap();
    let tags = elb
        .describe_tags()
        .resource_arns(&arn)
        .send()
        .await
        .unwrap();
    assert_eq!(tags.tag_descriptions()[0].tags()[0].value(), Some("2"));
    let twice = elb
        .add_tags()
        .resource_arns(&arn)
        .tags(tag("a", "1"))
        .tags(tag("a", "2"));
    assert_eq!(code(twice.send().await).0, "DuplicateTagKeys");
}

#[tokio::test]
async fn target_groups_hold_targets() {
    let (_served, elb) = client().await;
    let create = || {
        let group = elb.create_target_group().name("fraud-detection-blue");
        let group = group
            .protocol(ProtocolEnum::Http)
            .port(8000)
            .vpc_id("vpc-1");
        group
            .target_type(TargetTypeEnum::Ip)
            .health_check_path("/health")
    };
    let made = create().send().await.unwrap();
    let arn = made.target_groups()[0]
        .target_group_arn()
        .unwrap()
        .to_owned();
    assert_eq!(
        made.target_groups()[0].health_check_interval_seconds(),
        Some(30)
    );
    create().send().await.unwrap();
    let target = |id: &str| TargetDescription::builder().id(id).build();
    let register = |id| {
        elb.register_targets()
            .target_group_arn(&arn)
            .targets(target(id))
            .send()
    };
    register("127.0.0.1").await.unwrap();
    assert_eq!(code(register("i-1").await).0, "InvalidTarget");
    let health = elb
        .describe_target_health()
        .target_group_arn(&arn)
        .send()
        .await
        .unwrap();
    let one = &health.target_health_descriptions()[0];
    assert_eq!(one.target().unwrap().port(), Some(8000));
    assert_eq!(
        one.target_health().unwrap().reason().unwrap().as_str(),
        "Target.NotInUse"
    );
    let found = elb
        .describe_target_groups()
        .names("fraud-detection-blue")
        .send()
        .await
        .unwrap();
    assert_eq!(
        found.target_groups()[0].target_group_arn(),
        Some(arn.as_str())
    );
    let slow = create().name("slow").health_check_timeout_seconds(30);
    assert_eq!(code(slow.send().await).0, "ValidationError");
    elb.deregister_targets()
        .target_group_arn(&arn)
        .targets(target("127.0.0.1"))
        .send()
        .await
        .unwrap();
    elb.delete_target_group()
        .target_group_arn(&arn)
        .send()
        .await
        .unwrap();
}
