use aws_sdk_s3::types::{
    BucketLifecycleConfiguration, ExpirationStatus, LifecycleExpiration, LifecycleRule,
    LifecycleRuleFilter, ObjectOwnership, OwnershipControls, OwnershipControlsRule,
    PublicAccessBlockConfiguration, ServerSideEncryption, ServerSideEncryptionByDefault,
    ServerSideEncryptionConfiguration, ServerSideEncryptionRule, Tag, Tagging, Transition,
    TransitionStorageClass,
};

use super::{code, with_bucket};

const POLICY: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"logdelivery.elasticloadbalancing.amazonaws.com"},"Action":"s3:PutObject","Resource":"arn:aws:s3:::logs/*"}]}"#;

#[tokio::test]
async fn a_policy_comes_back_as_it_was_put() {
    let (_served, s3) = with_bucket().await;
    let none = s3.get_bucket_policy().bucket("logs").send().await;
    assert_eq!(code!(none), "NoSuchBucketPolicy");
    let put = |text: &str| s3.put_bucket_policy().bucket("logs").policy(text).send();
    put(POLICY).await.unwrap();
    let got = s3.get_bucket_policy().bucket("logs").send().await.unwrap();
    assert_eq!(got.policy(), Some(POLICY));
    assert_eq!(code!(put("{}").await), "MalformedPolicy");
    let everybody = POLICY.replace(
        r#"{"Service":"logdelivery.elasticloadbalancing.amazonaws.com"}"#,
        r#""*""#,
    );
    assert_eq!(code!(put(&everybody).await), "AccessDenied");
    s3.delete_public_access_block()
        .bucket("logs")
        .send()
        .await
        .unwrap();
    put(&everybody).await.unwrap();
    s3.delete_bucket_policy()
        .bucket("logs")
        .send()
        .await
        .unwrap();
    let none = s3.get_bucket_policy().bucket("logs").send().await;
    assert_eq!(code!(none), "NoSuchBucketPolicy");
}

#[tokio::test]
async fn a_new_bucket_is_closed_encrypted_and_its_owners() {
    let (_served, s3) = with_bucket().await;
    let block = s3
        .get_public_access_block()
        .bucket("logs")
        .send()
        .await
        .unwrap();
    let block = block.public_access_block_configuration().unwrap();
    let flags = [
        block.block_public_acls(),
        block.block_public_policy(),
        block.ignore_public_acls(),
        block.restrict_public_buckets(),
    ];
    assert_eq!(flags, [Some(true); 4]);
    let encryption = s3
        .get_bucket_encryption()
        .bucket("logs")
        .send()
        .await
        .unwrap();
    let rules = encryption
        .server_side_encryption_configuration()
        .unwrap()
        .rules();
    let chosen = rules[0].apply_server_side_encryption_by_default().unwrap();
    assert_eq!(chosen.sse_algorithm(), &ServerSideEncryption::Aes256);
    let ownership = s3
        .get_bucket_ownership_controls()
        .bucket("logs")
        .send()
        .await;
    let ownership = ownership.unwrap().ownership_controls.unwrap();
    assert_eq!(
        ownership.rules()[0].object_ownership(),
        &ObjectOwnership::BucketOwnerEnforced
    );
}

#[tokio::test]
async fn flags_that_are_left_out_are_off() {
    let (_served, s3) = with_bucket().await;
    let wanted = PublicAccessBlockConfiguration::builder()
        .block_public_acls(true)
        .build();
    let put = s3.put_public_access_block().bucket("logs");
    put.public_access_block_configuration(wanted)
        .send()
        .await
        .unwrap();
    let block = s3
        .get_public_access_block()
        .bucket("logs")
        .send()
        .await
        .unwrap();
    let block = block.public_access_block_configuration().unwrap();
    assert_eq!(
        (block.block_public_acls(), block.block_public_policy()),
        (Some(true), Some(false))
    );
    s3.delete_public_access_block()
        .bucket("logs")
        .send()
        .await
        .unwrap();
    let none = s3.get_public_access_block().bucket("logs").send().await;
    assert_eq!(code!(none), "NoSuchPublicAccessBlockConfiguration");
}

#[tokio::test]
async fn encryption_is_s3s_own() {
    let (_served, s3) = with_bucket().await;
    let put = |algorithm| {
        let chosen = ServerSideEncryptionByDefault::builder().sse_algorithm(algorithm);
        let rule = ServerSideEncryptionRule::builder()
            .apply_server_side_encryption_by_default(chosen.build().unwrap());
        let rules = ServerSideEncryptionConfiguration::builder().rules(rule.build());
        let put = s3.put_bucket_encryption().bucket("logs");
        put.server_side_encryption_configuration(rules.build().unwrap())
            .send()
    };
    put(ServerSideEncryption::Aes256).await.unwrap();
    assert_eq!(
        code!(put(ServerSideEncryption::AwsKms).await),
        "NotImplemented"
    );
    s3.delete_bucket_encryption()
        .bucket("logs")
        .send()
        .await
        .unwrap();
}

#[tokio::test]
async fn tags_are_replaced_as_a_whole() {
    let (_served, s3) = with_bucket().await;
    let none = s3.get_bucket_tagging().bucket("logs").send().await;
    assert_eq!(code!(none), "NoSuchTagSet");
    let put = |pairs: &[(&str, &str)]| {
        let tags = pairs
            .iter()
            .map(|(k, v)| Tag::builder().key(*k).value(*v).build().unwrap());
        let tagging = Tagging::builder()
            .set_tag_set(Some(tags.collect()))
            .build()
            .unwrap();
        s3.put_bucket_tagging()
            .bucket("logs")
            .tagging(tagging)
            .send()
    };
    put(&[("a", "1"), ("b", "2")]).await.unwrap();
    put(&[("belfry:suite", "fraud & co".split(" &").next().unwrap())])
        .await
        .unwrap();
    let tags = s3.get_bucket_tagging().bucket("logs").send().await.unwrap();
    assert_eq!(tags.tag_set().len(), 1);
    assert_eq!(tags.tag_set()[0].value(), "fraud");
    assert_eq!(code!(put(&[("a", "1"), ("a", "2")]).await), "InvalidTag");
    assert_eq!(code!(put(&[("aws:a", "1")]).await), "InvalidTag");
    s3.delete_bucket_tagging()
        .bucket("logs")
        .send()
        .await
        .unwrap();
    let none = s3.get_bucket_tagging().bucket("logs").send().await;
    assert_eq!(code!(none), "NoSuchTagSet");
}

fn rule(id: &str, prefix: &str, days: i32) -> LifecycleRule {
    LifecycleRule::builder()
        .id(id)
        .status(ExpirationStatus::Enabled)
        .filter(LifecycleRuleFilter::builder().prefix(prefix).build())
        .expiration(LifecycleExpiration::builder().days(days).build())
        .build()
        .unwrap()
}

#[tokio::test]
async fn lifecycle_rules_are_kept_or_refused() {
    let (_served, s3) = with_bucket().await;
    let put = |rules: Vec<LifecycleRule>| {
        let rules = BucketLifecycleConfiguration::builder().set_rules(Some(rules));
        let put = s3.put_bucket_lifecycle_configuration().bucket("logs");
        put.lifecycle_configuration(rules.build().unwrap()).send()
    };
    let mut moved = rule("expire", "alb/", 90);
    let transition = Transition::builder()
        .days(30)
        .storage_class(TransitionStorageClass::StandardIa);
    moved.transitions = Some(vec![transition.build()]);
    put(vec![moved, rule("all", "", 400)]).await.unwrap();
    let got = s3
        .get_bucket_lifecycle_configuration()
        .bucket("logs")
        .send()
        .await
        .unwrap();
    assert_eq!(got.rules().len(), 2);
    let first = &got.rules()[0];
    assert_eq!(first.id(), Some("expire"));
    assert_eq!(first.filter().unwrap().prefix(), Some("alb/"));
    assert_eq!(first.expiration().unwrap().days(), Some(90));
    assert_eq!(first.transitions()[0].days(), Some(30));
    assert_eq!(code!(put(vec![rule("a", "", 0)]).await), "InvalidArgument");
    assert_eq!(
        code!(put(vec![rule("a", "", 1), rule("a", "", 2)]).await),
        "InvalidArgument"
    );
    let mut late = rule("late", "", 20);
    let transition = Transition::builder()
        .days(30)
        .storage_class(TransitionStorageClass::GlacierIr);
    late.transitions = Some(vec![transition.build()]);
    assert_eq!(code!(put(vec![late]).await), "InvalidArgument");
    s3.delete_bucket_lifecycle()
        .bucket("logs")
        .send()
        .await
        .unwrap();
    let none = s3
        .get_bucket_lifecycle_configuration()
        .bucket("logs")
        .send()
        .await;
    assert_eq!(code!(none), "NoSuchLifecycleConfiguration");
}

#[tokio::test]
async fn ownership_controls_have_one_rule() {
    let (_served, s3) = with_bucket().await;
    let rule =
        OwnershipControlsRule::builder().object_ownership(ObjectOwnership::BucketOwnerPreferred);
    let controls = OwnershipControls::builder()
        .rules(rule.build().unwrap())
        .build()
        .unwrap();
    let put = s3.put_bucket_ownership_controls().bucket("logs");
    put.ownership_controls(controls).send().await.unwrap();
    s3.delete_bucket_ownership_controls()
        .bucket("logs")
        .send()
        .await
        .unwrap();
    let none = s3
        .get_bucket_ownership_controls()
        .bucket("logs")
        .send()
        .await;
    assert_eq!(code!(none), "OwnershipControlsNotFoundError");
}
