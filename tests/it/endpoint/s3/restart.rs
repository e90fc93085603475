use std::path::Path;

use aws_sdk_s3::Client;
use aws_sdk_s3::primitives::ByteStream;
use belfry::endpoint::{Endpoint, Settings};

use super::super::served::Served;
use super::client;

fn settings(folder: &Path) -> Settings {
    Settings {
        data: Some(folder.to_owned()),
        ..Settings::default()
    }
}

async fn put(s3: &Client, key: &str, body: &'static [u8]) {
    let put = s3.put_object().bucket("logs").key(key);
    put.body(ByteStream::from_static(body))
        .send()
        .await
        .unwrap();
}

fn files(folder: &Path) -> usize {
    let entries = |path: &Path| {
        std::fs::read_dir(path)
            .unwrap()
            .flatten()
            .map(|e| e.path())
            .collect::<Vec<_>>()
    };
    entries(&folder.join("s3"))
        .iter()
        .map(|inner| entries(inner).len())
        .sum()
}

/// The endpoint is dropped once its connections are closed.
async fn reopen(folder: &Path) -> Served {
    loop {
        match Endpoint::open(settings(folder)) {
            Ok(endpoint) => return Served::of(endpoint).await,
            Err(belfry::endpoint::EndpointError::InUse { .. }) => tokio::task::yield_now().await,
            Err(error) => panic!("{error}"),
        }
    }
}

#[tokio::test]
async fn objects_are_there_again_and_what_nothing_names_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let served = reopen(folder.path()).await;
    let s3 = client(&served, "us-east-1");
    s3.create_bucket().bucket("logs").send().await.unwrap();
    put(&s3, "kept", b"kept").await;
    put(&s3, "over", b"before").await;
    put(&s3, "over", b"after").await;
    put(&s3, "gone", b"gone").await;
    s3.delete_object()
        .bucket("logs")
        .key("gone")
        .send()
        .await
        .unwrap();
    assert_eq!(files(folder.path()), 2);
    let refused = s3.put_object().bucket("none").key("a");
    assert!(
        refused
            .body(ByteStream::from_static(b"lost"))
            .send()
            .await
            .is_err()
    );
    assert_eq!(files(folder.path()), 2);
    drop((served, s3));
    std::fs::create_dir_all(folder.path().join("s3/xx")).unwrap();
    std::fs::write(folder.path().join("s3/xx/left.part"), "torn").unwrap();

    let served = reopen(folder.path()).await;
    assert_eq!(files(folder.path()), 2);
    let s3 = client(&served, "us-east-1");
    for (key, body) in [("kept", &b"kept"[..]), ("over", b"after")] {
        let got = s3
            .get_object()
            .bucket("logs")
            .key(key)
            .send()
            .await
            .unwrap();
        assert_eq!(got.body.collect().await.unwrap().to_vec(), body);
    }
    assert!(
        s3.get_object()
            .bucket("logs")
            .key("gone")
            .send()
            .await
            .is_err()
    );
}

#[tokio::test]
async fn a_folder_whose_objects_are_missing_is_not_opened() {
    let folder = tempfile::tempdir().unwrap();
    let served = reopen(folder.path()).await;
    let s3 = client(&served, "us-east-1");
    s3.create_bucket().bucket("logs").send().await.unwrap();
    put(&s3, "a", b"bytes").await;
    drop((served, s3));
    std::fs::remove_dir_all(folder.path().join("s3")).unwrap();
    let error = loop {
        match Endpoint::open(settings(folder.path())) {
            Err(belfry::endpoint::EndpointError::InUse { .. }) => tokio::task::yield_now().await,
            Err(error) => break error,
            Ok(_) => panic!("opened"),
        }
    };
    assert!(error.to_string().contains("are missing"), "{error}");
}
