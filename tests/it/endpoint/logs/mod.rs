//! CloudWatch Logs through its real SDK client, against a listener on this machine with a clock that stands still.

mod classes;
mod events;
mod groups;
mod log_types;
mod lookup_tables;
mod metric_filters;
mod queries;
mod reactions;
mod records;
mod saved_queries;
mod subscription_filters;

use std::sync::Arc;

use aws_sdk_cloudwatchlogs::Client;
use aws_sdk_cloudwatchlogs::error::ProvideErrorMetadata;
use aws_sdk_cloudwatchlogs::types::InputLogEvent;
use belfry::endpoint::Settings;
use belfry_engine::base::VirtualClock;

use super::served::Served;
use super::wire::START;

/// An endpoint with a client for it.
struct Logs {
    client: Client,
    clock: Arc<VirtualClock>,
    served: Served,
}

impl Logs {
    async fn new() -> Self {
        let clock = Arc::new(VirtualClock::new(START));
        let settings = Settings {
            clock: clock.clone(),
            ..Settings::default()
        };
        let served = Served::with(settings).await;
        Self {
            client: Client::new(&served.config("us-east-1")),
            clock,
            served,
        }
    }

    /// With the group `g` and its streams `a` and `b`.
    async fn with_group() -> Self {
        let logs = Self::new().await;
        logs.group("g").await;
        for stream in ["a", "b"] {
            let request = logs.client.create_log_stream().log_group_name("g");
            request.log_stream_name(stream).send().await.unwrap();
        }
        logs
    }

    async fn group(&self, name: &str) {
        let request = self.client.create_log_group().log_group_name(name);
        request.send().await.unwrap();
    }

    /// The same endpoint's CloudWatch.
    fn cloudwatch(&self) -> aws_sdk_cloudwatch::Client {
        aws_sdk_cloudwatch::Client::new(&self.served.config("us-east-1"))
    }

    /// Puts events of the group `g`, each with its distance from the start in milliseconds.
    async fn put(&self, stream: &str, events: &[(i64, &str)]) {
        let request = self.client.put_log_events().log_group_name("g");
        let request = request.log_stream_name(stream);
        let events = events.iter().map(|(at, message)| event(*at, message));
        let answer = request
            .set_log_events(Some(events.collect()))
            .send()
            .await
            .unwrap();
        assert_eq!(answer.rejected_log_events_info(), None);
    }
}

fn event(at: i64, message: &str) -> InputLogEvent {
    InputLogEvent::builder()
        .timestamp(START.0 + at)
        .message(message)
        .build()
        .unwrap()
}

/// `CODE: text` of a refusal.
fn refusal<T: std::fmt::Debug>(answer: Result<T, impl ProvideErrorMetadata>) -> String {
    match answer {
        Ok(answer) => panic!("answered: {answer:?}"),
        Err(error) => format!(
            "{}: {}",
            error.code().unwrap_or("?"),
            error.message().unwrap_or("?")
        ),
    }
}
