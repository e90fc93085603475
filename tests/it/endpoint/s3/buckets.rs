use aws_sdk_s3::types::{BucketLocationConstraint, CreateBucketConfiguration};

use super::{client, code, s3, with_bucket};

fn in_region(region: &str) -> CreateBucketConfiguration {
    CreateBucketConfiguration::builder()
        .location_constraint(BucketLocationConstraint::from(region))
        .build()
}

#[tokio::test]
async fn a_bucket_is_made_found_and_deleted() {
    let (_served, s3) = with_bucket().await;
    let head = s3.head_bucket().bucket("logs").send().await.unwrap();
    assert_eq!(head.bucket_region(), Some("us-east-1"));
    let listed = s3.list_buckets().send().await.unwrap();
    assert_eq!(listed.buckets()[0].name(), Some("logs"));
    assert!(listed.buckets()[0].creation_date().is_some());
    s3.delete_bucket().bucket("logs").send().await.unwrap();
    assert!(s3.list_buckets().send().await.unwrap().buckets().is_empty());
    let gone = s3.head_bucket().bucket("logs").send().await.unwrap_err();
    assert!(gone.into_service_error().is_not_found());
}

#[tokio::test]
async fn buckets_are_listed_in_pages() {
    let (_served, s3) = s3("us-east-1").await;
    for name in ["one", "two", "three"] {
        s3.create_bucket().bucket(name).send().await.unwrap();
    }
    let page = s3.list_buckets().max_buckets(2).send().await.unwrap();
    let names = |page: &aws_sdk_s3::operation::list_buckets::ListBucketsOutput| {
        let names = page.buckets().iter().map(|b| b.name().unwrap().to_owned());
        names.collect::<Vec<_>>()
    };
    assert_eq!(names(&page), ["one", "three"]);
    assert_eq!(page.buckets()[0].bucket_region(), Some("us-east-1"));
    let token = page.continuation_token().unwrap();
    let rest = s3.list_buckets().continuation_token(token).send().await;
    assert_eq!(names(&rest.unwrap()), ["two"]);
}

#[tokio::test]
async fn a_name_against_the_rules_is_refused() {
    let (_served, s3) = s3("us-east-1").await;
    for name in ["Upper", "un_der", "192.168.5.4", "ab"] {
        let made = s3.create_bucket().bucket(name).send().await;
        assert_eq!(code!(made), "InvalidBucketName", "{name}");
    }
}

#[tokio::test]
async fn a_bucket_that_is_not_empty_stays() {
    let (_served, s3) = with_bucket().await;
    s3.put_object()
        .bucket("logs")
        .key("a")
        .send()
        .await
        .unwrap();
    let deleted = s3.delete_bucket().bucket("logs").send().await;
    assert_eq!(code!(deleted), "BucketNotEmpty");
    s3.delete_object()
        .bucket("logs")
        .key("a")
        .send()
        .await
        .unwrap();
    s3.delete_bucket().bucket("logs").send().await.unwrap();
}

#[tokio::test]
async fn making_it_again_is_refused_but_in_us_east_1() {
    let (served, east) = with_bucket().await;
    east.create_bucket().bucket("logs").send().await.unwrap();
    let west = client(&served, "eu-west-1");
    let west = |name| {
        let request = west.create_bucket().bucket(name);
        request.create_bucket_configuration(in_region("eu-west-1"))
    };
    west("other").send().await.unwrap();
    assert_eq!(code!(west("other").send().await), "BucketAlreadyOwnedByYou");
    assert_eq!(code!(west("logs").send().await), "BucketAlreadyOwnedByYou");
}

#[tokio::test]
async fn a_bucket_is_where_it_was_made() {
    let (served, west) = s3("eu-west-1").await;
    let unsaid = west.create_bucket().bucket("logs").send().await;
    assert_eq!(code!(unsaid), "IllegalLocationConstraintException");
    let made = west.create_bucket().bucket("logs");
    made.create_bucket_configuration(in_region("eu-west-1"))
        .send()
        .await
        .unwrap();
    let location = west
        .get_bucket_location()
        .bucket("logs")
        .send()
        .await
        .unwrap();
    assert_eq!(
        location.location_constraint().unwrap().as_str(),
        "eu-west-1"
    );
    let east = client(&served, "us-east-1");
    let put = east.put_object().bucket("logs").key("a").send().await;
    assert_eq!(code!(put), "PermanentRedirect");
}

#[tokio::test]
async fn a_bucket_of_another_owner_is_not_touched() {
    let (_served, s3) = with_bucket().await;
    let put = s3.put_object().bucket("logs").key("a");
    let put = put.expected_bucket_owner("111122223333").send().await;
    assert_eq!(code!(put), "AccessDenied");
}

#[tokio::test]
async fn what_is_not_here_is_refused_with_its_name() {
    let (_served, s3) = with_bucket().await;
    let versions = s3.get_bucket_versioning().bucket("logs").send().await;
    let error = versions.unwrap_err().into_service_error();
    let text = format!("{error:?}");
    assert!(text.contains("NotImplemented"), "{text}");
    assert!(text.contains("GetBucketVersioning"), "{text}");
    let tagged = s3
        .put_object()
        .bucket("logs")
        .key("a")
        .tagging("a=b")
        .send()
        .await;
    let text = format!("{:?}", tagged.unwrap_err().into_service_error());
    assert!(text.contains("x-amz-tagging"), "{text}");
}
