use aws_sdk_s3::types::EncodingType;

use super::{code, with_bucket};

#[tokio::test]
async fn keys_are_listed_by_prefix_and_delimiter_in_pages() {
    let (_served, s3) = with_bucket().await;
    for key in ["a", "b/1", "b/2", "b/c/3", "d e"] {
        s3.put_object()
            .bucket("logs")
            .key(key)
            .send()
            .await
            .unwrap();
    }
    let list = || s3.list_objects_v2().bucket("logs");
    let all = list().send().await.unwrap();
    let keys: Vec<_> = all
        .contents()
        .iter()
        .filter_map(|object| object.key())
        .collect();
    assert_eq!(keys, ["a", "b/1", "b/2", "b/c/3", "d e"]);
    assert_eq!(
        (all.key_count(), all.is_truncated()),
        (Some(5), Some(false))
    );
    assert_eq!(all.contents()[0].size(), Some(0));
    let folders = list().delimiter("/").send().await.unwrap();
    let prefixes: Vec<_> = folders
        .common_prefixes()
        .iter()
        .filter_map(|p| p.prefix())
        .collect();
    assert_eq!((folders.contents().len(), prefixes), (2, vec!["b/"]));
    let mut pages = list().delimiter("/").max_keys(1).into_paginator().send();
    let mut count = 0;
    while let Some(page) = pages.next().await {
        count += page.unwrap().key_count().unwrap();
    }
    assert_eq!(count, 3);
    let after = list().start_after("b/2").send().await.unwrap();
    assert_eq!(after.contents()[0].key(), Some("b/c/3"));
    let encoded = list()
        .prefix("d")
        .encoding_type(EncodingType::Url)
        .send()
        .await
        .unwrap();
    assert_eq!(encoded.contents()[0].key(), Some("d+e"));
    let owners = list().fetch_owner(true).send().await.unwrap();
    assert!(owners.contents()[0].owner().unwrap().id().is_some());
}

#[tokio::test]
async fn wrong_pages_are_refused() {
    let (_served, s3) = with_bucket().await;
    let list = || s3.list_objects_v2().bucket("logs");
    assert_eq!(
        code!(list().continuation_token("x").send().await),
        "InvalidArgument"
    );
    assert_eq!(code!(list().max_keys(-1).send().await), "InvalidArgument");
    assert_eq!(
        code!(s3.list_objects_v2().bucket("none").send().await),
        "NoSuchBucket"
    );
}
