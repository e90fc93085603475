use std::path::Path;
use std::process::Stdio;

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_sns::config::{Credentials, SharedCredentialsProvider};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::mpsc;

/// `belfry endpoint` as a process of its own; killed when dropped.
struct Process {
    child: Child,
    address: String,
}

impl Process {
    async fn start(folder: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_belfry"))
            .args(["endpoint", "--listen", "127.0.0.1:0", "--data"])
            .arg(folder)
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = lines.next_line().await.unwrap().unwrap();
        let address = line.split_whitespace().last().unwrap().to_owned();
        Self { child, address }
    }

    fn config(&self) -> SdkConfig {
        let credentials = Credentials::new("local", "local", None, None, "test");
        SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static("us-east-1"))
            .endpoint_url(&self.address)
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .retry_config(aws_config::retry::RetryConfig::disabled())
            .http_client(aws_smithy_http_client::Builder::new().build_http())
            .build()
    }
}

/// Creates topics one after another until the endpoint is gone, and tells each that was acknowledged.
async fn create_topics(
    config: SdkConfig,
    writer: usize,
    acknowledged: mpsc::UnboundedSender<String>,
) {
    let client = aws_sdk_sns::Client::new(&config);
    for number in 0.. {
        let request = client.create_topic().name(format!("t-{writer}-{number}"));
        let Ok(made) = request.send().await else {
            return;
        };
        let _ = acknowledged.send(made.topic_arn.unwrap());
    }
}

#[tokio::test]
async fn what_was_acknowledged_survives_kill_nine() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = Process::start(folder.path()).await;
    let (sender, mut acknowledged) = mpsc::unbounded_channel();
    for writer in 0..4 {
        tokio::spawn(create_topics(first.config(), writer, sender.clone()));
    }
    drop(sender);
    let mut topics = Vec::new();
    while topics.len() < 40 {
        topics.push(acknowledged.recv().await.unwrap());
    }
    // SIGKILL, while four writers are at work.
    first.child.kill().await.unwrap();
    while let Some(topic) = acknowledged.recv().await {
        topics.push(topic);
    }

    let second = Process::start(folder.path()).await;
    let client = aws_sdk_sns::Client::new(&second.config());
    let mut pages = client.list_topics().into_paginator().items().send();
    let mut found = Vec::new();
    while let Some(topic) = pages.next().await {
        found.push(topic.unwrap().topic_arn.unwrap());
    }
    let lost: Vec<_> = topics
        .iter()
        .filter(|topic| !found.contains(topic))
        .collect();
    assert!(lost.is_empty(), "lost {lost:?} of {}", topics.len());
    // One more for each writer may have been on its way: written, but not acknowledged.
    assert!(
        found.len() <= topics.len() + 4,
        "{} of {}",
        found.len(),
        topics.len()
    );
}
