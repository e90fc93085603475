use std::collections::BTreeMap;
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
use tokio::task::{AbortHandle, JoinSet};
use tokio::time::{Instant, sleep_until, timeout};

use super::health::{Checked, Failure, TargetHealth};
use super::load_balancer::Balancer;
use super::settings::HealthCheck;

/// A change of a target's health: the group's name, the target, and how it is now.
pub type HealthChange = (String, SocketAddr, TargetHealth);

/// Asks every target for its health, at once when it is registered and then in its group's interval, and sends every
/// change of a target's health. Runs until dropped.
pub async fn check_health(balancer: Arc<Balancer>, changes: mpsc::UnboundedSender<HealthChange>) {
    let mut asking = JoinSet::new();
    let mut targets: BTreeMap<(String, SocketAddr), AbortHandle> = BTreeMap::new();
    loop {
        // Before the targets are read, so that no change is missed.
        let changed = balancer.changed();
        tokio::pin!(changed);
        changed.as_mut().enable();
        let registered = balancer.targets();
        let registered = registered.iter().flat_map(|(group, targets)| {
            let targets = targets.iter();
            targets.map(|(target, _)| (group.name.clone(), *target))
        });
        let registered: Vec<_> = registered.collect();
        targets.retain(|target, asked| {
            let stays = registered.contains(target);
            if !stays {
                asked.abort();
            }
            stays
        });
        for (group, target) in registered {
            let asked = targets.entry((group.clone(), target));
            asked.or_insert_with(|| {
                let target = Asked {
                    balancer: Arc::clone(&balancer),
                    group,
                    target,
                    changes: changes.clone(),
                };
                asking.spawn(target.again_and_again())
            });
        }
        tokio::select! {
            () = changed => {}
            Some(_) = asking.join_next() => {}
        }
    }
}

/// A target that is asked.
struct Asked {
    balancer: Arc<Balancer>,
    group: String,
    target: SocketAddr,
    changes: mpsc::UnboundedSender<HealthChange>,
}

impl Asked {
    /// Until the group is gone. How long an answer takes does not shift the next question.
    async fn again_and_again(self) {
        while let Some(check) = self.balancer.check_of(&self.group) {
            let next = Instant::now() + check.interval;
            let at = self.balancer.now();
            let began = Instant::now();
            let asked = ask(self.target, &check).await;
            let latency = began.elapsed();
            let target = (self.group.as_str(), self.target);
            let changed = self.balancer.record_check(target, at, latency, asked);
            if let Some(health) = changed {
                // Where nobody listens, the change stands all the same.
                let _ = self.changes.send((self.group.clone(), self.target, health));
            }
            sleep_until(next).await;
        }
    }
}

async fn ask(target: SocketAddr, check: &HealthCheck) -> Checked {
    let mut asked = target;
    if let Some(port) = check.port {
        asked.set_port(port);
    }
    match timeout(check.timeout, status(asked, &check.path)).await {
        Err(_) => Checked::Failed(Failure::Timeout),
        Ok(None) => Checked::Failed(Failure::Connection),
        Ok(Some(status)) if check.matcher.matches(status) => Checked::Passed(status),
        Ok(Some(status)) => Checked::Failed(Failure::Status(status)),
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
