//! Listeners, and what the load balancer of this process says of targets.

use std::sync::Arc;

use aws_sdk_elasticloadbalancingv2::Client;
use aws_sdk_elasticloadbalancingv2::error::ProvideErrorMetadata;
use aws_sdk_elasticloadbalancingv2::types::{
    Action, ActionTypeEnum, ForwardActionConfig, ProtocolEnum, RedirectActionConfig,
    RedirectActionStatusCodeEnum, TargetDescription, TargetGroupAttribute, TargetGroupTuple,
    TargetTypeEnum,
};
use belfry::endpoint::elb::{TargetReport, TargetState};
use belfry::endpoint::{Endpoint, Settings};
use belfry_engine::base::{Millis, VirtualClock};

use super::served::Served;

const NOW: Millis = Millis(1_776_679_200_000);

struct Fixture {
    endpoint: Arc<Endpoint>,
    clock: Arc<VirtualClock>,
    elb: Client,
    _served: Served,
}

async fn fixture() -> Fixture {
    let clock = Arc::new(VirtualClock::new(NOW));
    let settings = Settings {
        clock: clock.clone(),
        ..Settings::default()
    };
    let endpoint = Endpoint::open(settings).unwrap();
    let served = Served::of(Arc::clone(&endpoint)).await;
    Fixture {
        endpoint,
        clock,
        elb: Client::new(&served.config("us-east-1")),
        _served: served,
    }
}

impl Fixture {
    async fn balancer(&self, name: &str) -> String {
        let made = self.elb.create_load_balancer().name(name);
        let made = made.subnets("subnet-1").subnets("subnet-2").send().await;
        let made = made.unwrap();
        made.load_balancers()[0].load_balancer_arn().unwrap().into()
    }

    async fn group(&self, name: &str) -> String {
        let made = self.elb.create_target_group().name(name).vpc_id("vpc-1");
        let made = made.protocol(ProtocolEnum::Http).port(8000);
        let made = made.target_type(TargetTypeEnum::Ip).send().await.unwrap();
        made.target_groups()[0].target_group_arn().unwrap().into()
    }

    async fn listen(&self, balancer: &str, port: i32, action: Action) -> Result<String, String> {
        let made = self.elb.create_listener().load_balancer_arn(balancer);
        let made = made.protocol(ProtocolEnum::Http).port(port);
        match made.default_actions(action).send().await {
            Ok(made) => Ok(made.listeners()[0].listener_arn().unwrap().into()),
            Err(error) => Err(error.code().unwrap_or_default().to_owned()),
        }
    }

    async fn health(&self, group: &str) -> Vec<String> {
        let told = self.elb.describe_target_health().target_group_arn(group);
        let told = told.send().await.unwrap();
        let told = told.target_health_descriptions().iter().map(|told| {
            let (target, health) = (told.target().unwrap(), told.target_health().unwrap());
            format!(
                "{}:{} {} {} {}",
                target.id().unwrap(),
                target.port().unwrap(),
                health.state().unwrap().as_str(),
                health.reason().map_or("-", |reason| reason.as_str()),
                health.description().unwrap_or("-"),
            )
        });
        told.collect()
    }

    async fn register(&self, group: &str, port: i32) {
        let target = TargetDescription::builder()
            .id("127.0.0.1")
            .port(port)
            .build();
        let request = self.elb.register_targets().target_group_arn(group);
        request.targets(target).send().await.unwrap();
    }

    async fn deregister(&self, group: &str, port: i32) {
        let target = TargetDescription::builder()
            .id("127.0.0.1")
            .port(port)
            .build();
        let request = self.elb.deregister_targets().target_group_arn(group);
        request.targets(target).send().await.unwrap();
    }
}

fn forward(groups: &[(&str, i32)]) -> Action {
    let tuples = groups.iter().map(|(arn, weight)| {
        let tuple = TargetGroupTuple::builder().target_group_arn(*arn);
        tuple.weight(*weight).build()
    });
    let config = ForwardActionConfig::builder().set_target_groups(Some(tuples.collect()));
    Action::builder()
        .r#type(ActionTypeEnum::Forward)
        .forward_config(config.build())
        .build()
}

#[tokio::test]
async fn a_listener_forwards_by_weights_that_can_be_shifted() {
    let fixture = fixture().await;
    let (balancer, other) = (fixture.balancer("a").await, fixture.balancer("b").await);
    let (blue, green) = (fixture.group("blue").await, fixture.group("green").await);
    let both = forward(&[(&blue, 100), (&green, 0)]);
    let listener = fixture.listen(&balancer, 80, both.clone()).await.unwrap();
    assert!(listener.contains(":listener/app/a/"), "{listener}");
    for (balancer, port, action, code) in [
        (&balancer, 80, both.clone(), "DuplicateListener"),
        (&other, 80, both.clone(), "TargetGroupAssociationLimit"),
        (&balancer, 81, forward(&[(&blue, 1000)]), "ValidationError"),
        (&balancer, 81, forward(&[]), "ValidationError"),
        (
            &balancer,
            81,
            forward(&[(&blue.replace("/blue/", "/none/"), 1)]),
            "TargetGroupNotFound",
        ),
    ] {
        assert_eq!(
            fixture.listen(balancer, port, action).await.unwrap_err(),
            code
        );
    }
    let redirect =
        RedirectActionConfig::builder().status_code(RedirectActionStatusCodeEnum::Http301);
    let redirect = Action::builder()
        .r#type(ActionTypeEnum::Redirect)
        .redirect_config(redirect.build())
        .build();
    assert_eq!(
        fixture.listen(&balancer, 81, redirect).await.unwrap_err(),
        "ValidationError"
    );
    let shifted = fixture.elb.modify_listener().listener_arn(&listener);
    let shifted = shifted.default_actions(forward(&[(&blue, 90), (&green, 10)]));
    shifted.send().await.unwrap();
    let told = fixture
        .elb
        .describe_listeners()
        .load_balancer_arn(&balancer);
    let told = told.send().await.unwrap();
    let action = &told.listeners()[0].default_actions()[0];
    let groups = action.forward_config().unwrap().target_groups();
    let weights: Vec<_> = groups.iter().map(|group| group.weight().unwrap()).collect();
    assert_eq!(
        (told.listeners()[0].port(), weights),
        (Some(80), vec![90, 10])
    );
    let used = fixture
        .elb
        .describe_target_groups()
        .load_balancer_arn(&balancer);
    let used = used.send().await.unwrap();
    assert_eq!(used.target_groups().len(), 2);
    assert_eq!(
        used.target_groups()[0].load_balancer_arns(),
        [balancer.as_str()]
    );
    let delete = fixture.elb.delete_target_group().target_group_arn(&blue);
    let refused = delete.clone().send().await.unwrap_err();
    assert_eq!(refused.code(), Some("ResourceInUse"));
    let gone = fixture.elb.delete_listener().listener_arn(&listener);
    gone.clone().send().await.unwrap();
    assert_eq!(
        gone.send().await.unwrap_err().code(),
        Some("ListenerNotFound")
    );
    delete.send().await.unwrap();
}

#[tokio::test]
async fn health_is_what_the_load_balancer_says() {
    let fixture = fixture().await;
    let (balancer, blue) = (fixture.balancer("a").await, fixture.group("blue").await);
    fixture.register(&blue, 1).await;
    let unused = "Target group is not configured to receive traffic from the load balancer";
    assert_eq!(
        fixture.health(&blue).await,
        [format!("127.0.0.1:1 unused Target.NotInUse {unused}")]
    );
    fixture
        .listen(&balancer, 80, forward(&[(&blue, 1)]))
        .await
        .unwrap();
    assert_eq!(
        fixture.health(&blue).await,
        ["127.0.0.1:1 initial Elb.RegistrationInProgress Target registration is in progress"]
    );
    for (state, reason, expected) in [
        (
            "initial",
            Some(("Elb.InitialHealthChecking", None)),
            "initial Elb.InitialHealthChecking Initial health checks in progress",
        ),
        ("healthy", None, "healthy - -"),
        (
            "unhealthy",
            Some(("Target.ResponseCodeMismatch", Some(503))),
            "unhealthy Target.ResponseCodeMismatch Health checks failed with these codes: [503]",
        ),
        (
            "unhealthy",
            Some(("Target.Timeout", None)),
            "unhealthy Target.Timeout Request timed out",
        ),
        (
            "unhealthy",
            Some(("Target.FailedHealthChecks", None)),
            "unhealthy Target.FailedHealthChecks Health checks failed",
        ),
    ] {
        let report = TargetReport {
            group: blue.clone(),
            id: "127.0.0.1".into(),
            port: 1,
            state: TargetState { state, reason },
        };
        fixture.endpoint.report_targets("us-east-1", vec![report]);
        assert_eq!(
            fixture.health(&blue).await,
            [format!("127.0.0.1:1 {expected}")]
        );
    }
}

#[tokio::test]
async fn a_deregistered_target_is_draining_for_the_delay_of_its_group() {
    let fixture = fixture().await;
    let (balancer, blue) = (fixture.balancer("a").await, fixture.group("blue").await);
    let delay = TargetGroupAttribute::builder()
        .key("deregistration_delay.timeout_seconds")
        .value("60");
    let set = fixture.elb.modify_target_group_attributes();
    let set = set.target_group_arn(&blue).attributes(delay.build());
    set.send().await.unwrap();
    fixture
        .listen(&balancer, 80, forward(&[(&blue, 1)]))
        .await
        .unwrap();
    fixture.register(&blue, 1).await;
    fixture.register(&blue, 2).await;
    fixture.deregister(&blue, 1).await;
    let orders = fixture.endpoint.load_balancer("us-east-1", "a").unwrap();
    assert_eq!(orders.groups[0].targets, [("127.0.0.1".to_owned(), 2)]);
    let draining =
        "127.0.0.1:1 draining Target.DeregistrationInProgress Target deregistration is in progress";
    let health = fixture.health(&blue).await;
    assert_eq!((health.len(), health[0].as_str()), (2, draining));
    fixture.clock.advance(59_999);
    assert_eq!(fixture.health(&blue).await.len(), 2);
    fixture.clock.advance(1);
    assert_eq!(fixture.health(&blue).await.len(), 1);
    fixture.deregister(&blue, 2).await;
    fixture.register(&blue, 2).await;
    assert!(fixture.health(&blue).await[0].contains(":2 initial"));
}

#[tokio::test]
async fn a_target_group_takes_other_numbers_of_its_health_check() {
    let fixture = fixture().await;
    let blue = fixture.group("blue").await;
    let modify = || fixture.elb.modify_target_group().target_group_arn(&blue);
    let changed = modify()
        .health_check_path("/health")
        .health_check_interval_seconds(10);
    let changed = changed.send().await.unwrap();
    let group = &changed.target_groups()[0];
    assert_eq!(
        (
            group.health_check_path(),
            group.health_check_interval_seconds(),
            group.health_check_timeout_seconds()
        ),
        (Some("/health"), Some(10), Some(5))
    );
    let wrong = modify().health_check_timeout_seconds(10).send().await;
    assert_eq!(wrong.unwrap_err().code(), Some("ValidationError"));
}
