use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};

use super::balancing::Balancing;
use super::options::{LOG_GROUP, Options};
use super::ports::Server;
use super::scoring::Scoring;
use super::sender::Answers;
use super::tell::Teller;

/// How often the count of requests is told.
const COUNT_EVERY: Duration = Duration::from_secs(30);

/// Tells every address, and what to try.
pub(super) fn introduce(
    options: &Options,
    page: &Server,
    endpoint: &Server,
    balancing: &Balancing,
    scoring: &Scoring,
    tell: &Teller,
) {
    let logs = match balancing.logs().join("\n                ") {
        none if none.is_empty() => "none: the load balancer's attributes turn all off".to_owned(),
        logs => format!("{logs}\n                every minute; AWS delivers every 5 minutes"),
    };
    tell.line(format_args!(
        "
  page          {page}
  AWS endpoint  {url}
  load balancer {balancer}
  its logs      {logs}
  its metrics   every 5 seconds; AWS publishes every minute
  service       http://{service}
  log group     {LOG_GROUP}, stream {stream}

In a second terminal:
  {program} query slowest-requests --since 10m
  {program} plan
  curl -s {balancer}/health
  AWS_ENDPOINT_URL={url} AWS_REGION={region} \\
    AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local aws cloudwatch describe-alarms

Ctrl-C stops everything. Times are UTC.
",
        page = page.url(),
        url = endpoint.url(),
        balancer = balancing.url(),
        service = scoring.address(),
        stream = scoring.stream(),
        program = options.program,
        region = options.suite.environment.region,
    ));
}

/// Tells how many requests were answered, now and then. Runs until dropped.
pub(super) async fn count(answers: Arc<Answers>, tell: Teller) {
    let mut every = interval(COUNT_EVERY);
    every.set_missed_tick_behavior(MissedTickBehavior::Delay);
    every.tick().await;
    let mut before = 0;
    loop {
        every.tick().await;
        let now = answers.answered();
        let failed = answers.failed.load(Ordering::Relaxed);
        let new = now - before;
        tell.say(format_args!(
            "{now} requests answered (+{new}), {failed} failed"
        ));
        before = now;
    }
}
