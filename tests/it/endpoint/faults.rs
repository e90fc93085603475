use std::error::Error;

use aws_config::retry::RetryConfig;
use aws_sdk_cloudwatchlogs::error::ProvideErrorMetadata;
use belfry::endpoint::{Faults, Settings};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::served::Served;

const REQUEST: &str = "POST / HTTP/1.1\r\nConnection: close\r\nHost: localhost\r\nContent-Type: application/x-amz-json-1.1\r\n\
    X-Amz-Target: Logs_20140328.CreateLogGroup\r\nContent-Length: 25\r\n\r\n{\"logGroupName\": \"/made\"}";

async fn served(faults: &str) -> Served {
    let faults: Faults = faults.parse().unwrap();
    Served::with(Settings {
        faults: Some(faults),
        ..Settings::default()
    })
    .await
}

/// All bytes that come back until the connection closes.
async fn sent(served: &Served, request: &str) -> Vec<u8> {
    let address = served.address.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    // A reset connection is as good as a closed one: what counts is that nothing came.
    let _ = stream.read_to_end(&mut answer).await;
    answer
}

#[tokio::test]
async fn a_dropped_answer_is_a_connection_that_closes_without_a_byte() {
    let answer = sent(&served("slow=0%").await, REQUEST).await;
    assert!(answer.starts_with(b"HTTP/1.1 200 OK"));
    for faults in ["drop=100%", "reset=100%", "timeout=100%,silence=10ms"] {
        let served = served(faults).await;
        let answer = sent(&served, REQUEST).await;
        assert_eq!(String::from_utf8_lossy(&answer), "", "{faults}");
    }
}

#[tokio::test]
async fn throttling_reaches_every_client_as_its_sdk_knows_it() {
    let served = served("throttle=100%").await;
    let config = served.config("us-east-1").into_builder();
    let config = config.retry_config(RetryConfig::disabled()).build();
    let logs = aws_sdk_cloudwatchlogs::Client::new(&config);
    let cloudwatch = aws_sdk_cloudwatch::Client::new(&config);
    let sns = aws_sdk_sns::Client::new(&config);
    let codes = [
        code(logs.describe_log_groups().send().await),
        code(cloudwatch.describe_alarms().send().await),
        code(sns.list_topics().send().await),
    ];
    assert_eq!(codes, ["ThrottlingException"; 3].map(str::to_owned));
}

fn code<T: std::fmt::Debug, E>(answer: Result<T, E>) -> String
where
    E: Error + ProvideErrorMetadata,
{
    answer.unwrap_err().code().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_slow_answer_is_an_answer() {
    let served = served("slow=100%,delay=1ms").await;
    let logs = aws_sdk_cloudwatchlogs::Client::new(&served.config("us-east-1"));
    assert!(logs.describe_log_groups().send().await.is_ok());
}
