use aws_sdk_s3::Client;
use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::{ChecksumAlgorithm, ChecksumMode, Delete, ObjectIdentifier};

use super::{code, with_bucket};

async fn put(s3: &Client, key: &str, body: &'static str) -> String {
    let put = s3.put_object().bucket("logs").key(key);
    let done = put
        .body(ByteStream::from_static(body.as_bytes()))
        .send()
        .await
        .unwrap();
    done.e_tag().unwrap().to_owned()
}

async fn text(s3: &Client, key: &str) -> String {
    let got = s3
        .get_object()
        .bucket("logs")
        .key(key)
        .send()
        .await
        .unwrap();
    String::from_utf8(got.body.collect().await.unwrap().to_vec()).unwrap()
}

#[tokio::test]
async fn an_object_comes_back_with_what_was_said_of_it() {
    let (_served, s3) = with_bucket().await;
    let put = s3.put_object().bucket("logs").key("a b/ü+&.json");
    put.body(ByteStream::from_static(b"{}"))
        .content_type("application/json")
        .cache_control("no-store")
        .content_encoding("gzip")
        .metadata("Origin", "test")
        .send()
        .await
        .unwrap();
    let got = s3
        .get_object()
        .bucket("logs")
        .key("a b/ü+&.json")
        .send()
        .await
        .unwrap();
    assert_eq!(got.e_tag(), Some("\"99914b932bd37a50b983c5e7c90ae93b\""));
    assert_eq!(got.content_type(), Some("application/json"));
    assert_eq!(got.cache_control(), Some("no-store"));
    assert_eq!(got.content_encoding(), Some("gzip"));
    assert_eq!(got.content_length(), Some(2));
    assert_eq!(got.metadata().unwrap()["origin"], "test");
    assert!(got.last_modified().is_some());
    let head = s3
        .head_object()
        .bucket("logs")
        .key("a b/ü+&.json")
        .send()
        .await
        .unwrap();
    assert_eq!(head.content_length(), Some(2));
    let gone = s3
        .head_object()
        .bucket("logs")
        .key("other")
        .send()
        .await
        .unwrap_err();
    assert!(gone.into_service_error().is_not_found());
    let gone = s3.get_object().bucket("logs").key("other").send().await;
    assert_eq!(code!(gone), "NoSuchKey");
}

#[tokio::test]
async fn every_checksum_of_the_sdk_is_verified() {
    let (_served, s3) = with_bucket().await;
    for algorithm in [
        ChecksumAlgorithm::Crc32,
        ChecksumAlgorithm::Crc32C,
        ChecksumAlgorithm::Crc64Nvme,
        ChecksumAlgorithm::Sha1,
        ChecksumAlgorithm::Sha256,
    ] {
        let put = s3.put_object().bucket("logs").key(algorithm.as_str());
        let put = put.checksum_algorithm(algorithm.clone());
        put.body(ByteStream::from_static(b"hello"))
            .send()
            .await
            .unwrap();
        let got = s3.get_object().bucket("logs").key(algorithm.as_str());
        let got = got
            .checksum_mode(ChecksumMode::Enabled)
            .send()
            .await
            .unwrap();
        // The client checks what it reads.
        assert_eq!(got.body.collect().await.unwrap().to_vec(), b"hello");
    }
    let wrong = s3
        .put_object()
        .bucket("logs")
        .key("wrong")
        .checksum_crc32("AAAAAA==");
    let wrong = wrong.body(ByteStream::from_static(b"hello")).send().await;
    assert_eq!(code!(wrong), "BadDigest");
    let gone = s3.get_object().bucket("logs").key("wrong").send().await;
    assert_eq!(code!(gone), "NoSuchKey");
}

#[tokio::test]
async fn a_part_is_read_by_its_range() {
    let (_served, s3) = with_bucket().await;
    put(&s3, "a", "0123456789").await;
    let range = |range: &str| s3.get_object().bucket("logs").key("a").range(range).send();
    let got = range("bytes=2-4").await.unwrap();
    assert_eq!(got.content_range(), Some("bytes 2-4/10"));
    assert_eq!(got.content_length(), Some(3));
    assert_eq!(got.body.collect().await.unwrap().to_vec(), b"234");
    assert_eq!(range("bytes=-1").await.unwrap().content_length(), Some(1));
    assert_eq!(code!(range("bytes=10-").await), "InvalidRange");
}

#[tokio::test]
async fn conditions_are_held_against_the_object() {
    let (_served, s3) = with_bucket().await;
    let etag = put(&s3, "a", "one").await;
    let get = || s3.get_object().bucket("logs").key("a");
    get().if_match(&etag).send().await.unwrap();
    assert_eq!(
        code!(get().if_match("\"other\"").send().await),
        "PreconditionFailed"
    );
    let same = get().if_none_match(&etag).send().await.unwrap_err();
    assert_eq!(same.raw_response().unwrap().status().as_u16(), 304);
    let first = s3.put_object().bucket("logs").key("a").if_none_match("*");
    assert_eq!(code!(first.send().await), "PreconditionFailed");
    let swap = s3.put_object().bucket("logs").key("a").if_match(&etag);
    swap.body(ByteStream::from_static(b"two"))
        .send()
        .await
        .unwrap();
    assert_eq!(text(&s3, "a").await, "two");
    let late = s3
        .put_object()
        .bucket("logs")
        .key("a")
        .if_match(&etag)
        .send()
        .await;
    assert_eq!(code!(late), "PreconditionFailed");
}

#[tokio::test]
async fn objects_with_the_same_bytes_live_and_die_apart() {
    let (_served, s3) = with_bucket().await;
    put(&s3, "a", "same").await;
    put(&s3, "b", "same").await;
    s3.delete_object()
        .bucket("logs")
        .key("a")
        .send()
        .await
        .unwrap();
    assert_eq!(text(&s3, "b").await, "same");
    put(&s3, "b", "other").await;
    put(&s3, "c", "same").await;
    assert_eq!(text(&s3, "c").await, "same");
}

#[tokio::test]
async fn many_objects_are_deleted_at_once() {
    let (_served, s3) = with_bucket().await;
    put(&s3, "a&b", "1").await;
    let keys = ["a&b", "never"].map(|key| ObjectIdentifier::builder().key(key).build().unwrap());
    let delete = Delete::builder()
        .set_objects(Some(keys.to_vec()))
        .build()
        .unwrap();
    let done = s3
        .delete_objects()
        .bucket("logs")
        .delete(delete)
        .send()
        .await
        .unwrap();
    let deleted: Vec<_> = done.deleted().iter().filter_map(|d| d.key()).collect();
    assert_eq!(deleted, ["a&b", "never"]);
    assert!(done.errors().is_empty());
}

#[tokio::test]
async fn a_copy_keeps_or_replaces_what_is_said_of_it() {
    let (_served, s3) = with_bucket().await;
    let first = s3
        .put_object()
        .bucket("logs")
        .key("a b")
        .content_type("text/plain");
    first
        .body(ByteStream::from_static(b"x"))
        .send()
        .await
        .unwrap();
    let copy = |to: &str| {
        s3.copy_object()
            .bucket("logs")
            .key(to)
            .copy_source("logs/a%20b")
    };
    copy("c").send().await.unwrap();
    let got = s3
        .head_object()
        .bucket("logs")
        .key("c")
        .send()
        .await
        .unwrap();
    assert_eq!(got.content_type(), Some("text/plain"));
    assert_eq!(text(&s3, "c").await, "x");
    let missing = s3
        .copy_object()
        .bucket("logs")
        .key("d")
        .copy_source("logs/none")
        .send()
        .await;
    assert_eq!(code!(missing), "NoSuchKey");
}

#[tokio::test]
async fn storage_classes_of_archives_are_refused() {
    let (_served, s3) = with_bucket().await;
    let put = |class: &str| {
        s3.put_object()
            .bucket("logs")
            .key("a")
            .storage_class(class.into())
            .send()
    };
    put("STANDARD_IA").await.unwrap();
    assert_eq!(code!(put("GLACIER").await), "NotImplemented");
    assert_eq!(code!(put("SHOEBOX").await), "InvalidStorageClass");
}
