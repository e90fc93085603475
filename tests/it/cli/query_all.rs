//! More rows than one query gives, from an endpoint.

use std::time::{SystemTime, UNIX_EPOCH};

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_cloudwatchlogs::config::{Credentials, SharedCredentialsProvider};
use aws_sdk_cloudwatchlogs::types::InputLogEvent;
use belfry::endpoint::{Endpoint, Settings};
use belfry_engine::base::Millis;
use tokio::net::TcpListener;

use super::fixture::Folder;

/// One query gives at most 100,000 rows.
const EVENTS: i64 = 105_000;
const BATCH: i64 = 10_000;

async fn put_events(address: &str, start: i64) {
    let credentials = Credentials::new("local", "local", None, None, "test");
    let config = SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("us-east-1"))
        .endpoint_url(address)
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .build();
    let logs = aws_sdk_cloudwatchlogs::Client::new(&config);
    let group = logs.create_log_group().log_group_name("g");
    group.send().await.unwrap();
    let stream = logs.create_log_stream().log_group_name("g");
    stream.log_stream_name("s").send().await.unwrap();
    for first in (0..EVENTS).step_by(usize::try_from(BATCH).unwrap()) {
        let event = |n: i64| {
            let event = InputLogEvent::builder().timestamp(start + n * 10);
            event.message(format!("{{\"n\":{n}}}")).build().unwrap()
        };
        let events = (first..EVENTS.min(first + BATCH)).map(event).collect();
        let put = logs.put_log_events().log_group_name("g");
        let put = put.log_stream_name("s").set_log_events(Some(events));
        put.send().await.unwrap();
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "PutLogEvents takes events around the present time"
)]
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(since.as_millis()).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_rows_beyond_the_most_of_one_query_come_from_the_service_in_order() {
    let endpoint = Endpoint::open(Settings::default()).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let served =
        tokio::spawn(async move { endpoint.serve(listener, std::future::pending()).await });
    // Logs Insights finds nothing from before the group was created, so the events lie ahead.
    let start = Millis(now() + 60_000);
    put_events(&address, start.0).await;
    let folder = Folder::with_suite();
    let run = move || {
        let arguments = [
            "query",
            "--text",
            "fields n | filter n >= 0",
            "--log-group",
            "g",
            "--from",
            &start.to_rfc3339(),
            "--to",
            &start.plus(EVENTS * 10).to_rfc3339(),
            "--all",
            "--quiet",
            "--format",
            "csv",
        ];
        let output = folder.command(&[("AWS_ENDPOINT_URL", &address)], &arguments);
        output_of(output)
    };
    let found = tokio::task::spawn_blocking(run).await.unwrap();
    let numbers: Vec<i64> = found.lines().skip(1).map(|n| n.parse().unwrap()).collect();
    assert!(
        numbers.iter().copied().eq((0..EVENTS).rev()),
        "{}",
        numbers.len()
    );
    served.abort();
}

fn output_of(mut command: std::process::Command) -> String {
    let output = command.output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{errors}");
    String::from_utf8(output.stdout).unwrap()
}
