//! The Resource Groups Tagging API through the SDK: which resources carry which tags.

use aws_sdk_resourcegroupstagging::Client;
use aws_sdk_resourcegroupstagging::error::ProvideErrorMetadata as _;
use aws_sdk_resourcegroupstagging::types::TagFilter;

use super::served::Served;

fn filter(key: &str, values: &[&str]) -> TagFilter {
    let values = values.iter().map(|value| (*value).to_owned());
    let filter = TagFilter::builder().key(key);
    filter.set_values(Some(values.collect())).build()
}

async fn group(served: &Served, region: &'static str, name: &str, team: &str) {
    let logs = aws_sdk_cloudwatchlogs::Client::new(&served.config(region));
    let request = logs.create_log_group().log_group_name(name);
    request.tags("team", team).send().await.unwrap();
}

async fn topic(served: &Served, team: &str) -> String {
    let sns = aws_sdk_sns::Client::new(&served.config("us-east-1"));
    let tag = aws_sdk_sns::types::Tag::builder().key("team").value(team);
    let request = sns.create_topic().name("t").tags(tag.build().unwrap());
    let made = request.send().await.unwrap();
    made.topic_arn().unwrap().to_owned()
}

async fn bucket(served: &Served, region: &'static str, name: &str) {
    use aws_sdk_s3::types::{BucketLocationConstraint, CreateBucketConfiguration, Tag, Tagging};
    let config = aws_sdk_s3::config::Builder::from(&served.config(region));
    let s3 = aws_sdk_s3::Client::from_conf(config.force_path_style(true).build());
    let place = (region != "us-east-1").then(|| {
        let region = BucketLocationConstraint::from(region);
        let place = CreateBucketConfiguration::builder();
        place.location_constraint(region).build()
    });
    let request = s3.create_bucket().bucket(name);
    let request = request.set_create_bucket_configuration(place);
    request.send().await.unwrap();
    let tag = Tag::builder().key("team").value("a").build().unwrap();
    let tagging = Tagging::builder().tag_set(tag).build().unwrap();
    let request = s3.put_bucket_tagging().bucket(name).tagging(tagging);
    request.send().await.unwrap();
}

async fn arns(client: &Client, filters: &[TagFilter], size: i32) -> Vec<String> {
    let request = client.get_resources().resources_per_page(size);
    let request = request.set_tag_filters(Some(filters.to_vec()));
    let mut pages = request.into_paginator().items().send();
    let mut arns = Vec::new();
    while let Some(found) = pages.next().await {
        let arn = found.unwrap().resource_arn.unwrap();
        arns.push(arn.replace("000000000000", "_"));
    }
    arns
}

#[tokio::test]
async fn what_carries_a_tag_is_found_in_its_region_whatever_its_service() {
    let served = Served::new().await;
    group(&served, "us-east-1", "/a", "a").await;
    group(&served, "us-east-1", "/b", "b").await;
    group(&served, "eu-west-1", "/c", "a").await;
    topic(&served, "a").await;
    bucket(&served, "us-east-1", "here").await;
    bucket(&served, "eu-west-1", "there").await;
    let client = Client::new(&served.config("us-east-1"));
    let (group, topic) = (
        "arn:aws:logs:us-east-1:_:log-group:/a",
        "arn:aws:sns:us-east-1:_:t",
    );
    for size in [1, 100] {
        let found = arns(&client, &[filter("team", &["a"])], size).await;
        assert_eq!(found, [group, "arn:aws:s3:::here", topic], "{size}");
    }
    let both = arns(
        &client,
        &[filter("team", &["a", "b"]), filter("team", &[])],
        100,
    )
    .await;
    assert_eq!(both.len(), 4);
    let none = arns(
        &client,
        &[filter("team", &["a"]), filter("other", &[])],
        100,
    )
    .await;
    assert!(none.is_empty());
    let there = Client::new(&served.config("eu-west-1"));
    let found = arns(&there, &[filter("team", &["a"])], 100).await;
    assert_eq!(
        found,
        [
            "arn:aws:logs:eu-west-1:_:log-group:/c",
            "arn:aws:s3:::there"
        ]
    );
    let request = client
        .get_resources()
        .resource_type_filters("logs:log-group");
    let found = request.send().await.unwrap();
    assert_eq!(found.resource_tag_mapping_list().len(), 2);
    let keys = client.get_tag_keys().send().await.unwrap();
    assert_eq!(keys.tag_keys(), ["team"]);
    let values = client.get_tag_values().key("team").send().await.unwrap();
    assert_eq!(values.tag_values(), ["a", "b"]);
}

#[tokio::test]
async fn a_resource_that_is_named_is_shown_with_its_tags_until_it_has_none() {
    let served = Served::new().await;
    let arn = topic(&served, "a").await;
    let client = Client::new(&served.config("us-east-1"));
    let named = || client.get_resources().resource_arn_list(&arn);
    let found = named()
        .resource_arn_list("arn:aws:s3:::none")
        .send()
        .await
        .unwrap();
    let [found] = found.resource_tag_mapping_list() else {
        panic!("{found:?}");
    };
    assert_eq!(found.tags()[0].value(), "a");
    let sns = aws_sdk_sns::Client::new(&served.config("us-east-1"));
    let request = sns.untag_resource().resource_arn(&arn).tag_keys("team");
    request.send().await.unwrap();
    let gone = named().send().await.unwrap();
    assert!(gone.resource_tag_mapping_list().is_empty());
}

#[tokio::test]
async fn what_aws_refuses_or_this_endpoint_does_not_know_is_refused_by_name() {
    let served = Served::new().await;
    let client = Client::new(&served.config("us-east-1"));
    let get = || client.get_resources();
    let refusals = [
        (get().resources_per_page(101), "resourcesPerPage"),
        (
            get()
                .resource_arn_list("arn:aws:s3:::b")
                .tag_filters(filter("a", &[])),
            "TagFilters",
        ),
        (get().pagination_token("?"), "PaginationToken"),
        (get().tags_per_page(100), "TagsPerPage"),
        (
            get().include_compliance_details(true),
            "IncludeComplianceDetails",
        ),
        (get().resource_type_filters("s3:bucket"), "s3:bucket"),
    ];
    for (request, named) in refusals {
        let error = request.send().await.unwrap_err();
        assert_eq!(error.code(), Some("InvalidParameterException"), "{named}");
        let message = error.message().unwrap();
        let is_named = message.to_lowercase().contains(&named.to_lowercase());
        assert!(is_named, "{named}: {message}");
    }
}
