use std::net::SocketAddr;
use std::sync::Arc;

use bytes::Bytes;
use http::Request;
use http::header::{CONNECTION, HOST, USER_AGENT};
use http_body_util::Empty;
use hyper::client::conn::http1::handshake;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval, timeout};

use super::health::{Failure, TargetHealth};
use super::load_balancer::Balancer;
use super::settings::HealthCheck;

/// Asks all targets for their health, each group in its own interval, and sends every change of a target's health.
/// Runs until dropped.
pub async fn check_health(
    balancer: Arc<Balancer>,
    changes: mpsc::UnboundedSender<(String, SocketAddr, TargetHealth)>,
) {
    let mut groups = JoinSet::new();
    for (group, check) in balancer.checks() {
        groups.spawn(check_group(
            Arc::clone(&balancer),
            group,
            check,
            changes.clone(),
        ));
    }
    while groups.join_next().await.is_some() {}
}

async fn check_group(
    balancer: Arc<Balancer>,
    group: String,
    check: HealthCheck,
    changes: mpsc::UnboundedSender<(String, SocketAddr, TargetHealth)>,
) {
    let mut every = interval(check.interval);
    every.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        every.tick().await;
        let targets = balancer.targets();
        let named = targets.into_iter().filter(|(name, _)| name.name == group);
        let mut asking = JoinSet::new();
        for (target, _) in named.flat_map(|(_, targets)| targets) {
            let check = check.clone();
            asking.spawn(async move { (target, ask(target, &check).await) });
        }
        while let Some(asked) = asking.join_next().await {
            let Ok((target, failure)) = asked else {
                continue;
            };
            let changed = balancer.routing().record(&group, target, failure);
            if let Some(health) = changed {
                // Where nobody listens, the change stands all the same.
                let _ = changes.send((group.clone(), target, health));
            }
        }
    }
}

/// What is wrong with a target, if anything.
async fn ask(target: SocketAddr, check: &HealthCheck) -> Option<Failure> {
    match timeout(check.timeout, status(target, &check.path)).await {
        Err(_) => Some(Failure::Timeout),
        Ok(None) => Some(Failure::Connection),
        Ok(Some(status)) if check.matcher.matches(status) => None,
        Ok(Some(status)) => Some(Failure::Status(status)),
    }
}

/// Each check has a connection of its own.
async fn status(target: SocketAddr, path: &str) -> Option<u16> {
    let stream = TcpStream::connect(target).await.ok()?;
    let (mut sender, connection) = handshake(TokioIo::new(stream)).await.ok()?;
    let connection = tokio::spawn(connection);
    let request = Request::get(path)
        .header(HOST, target.to_string())
        .header(CONNECTION, "close")
        .header(USER_AGENT, "ELB-HealthChecker/2.0")
        .body(Empty::<Bytes>::new())
        .ok()?;
    let status = sender.send_request(request).await.ok()?.status().as_u16();
    connection.abort();
    Some(status)
}
