use std::net::SocketAddr;
use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};

use super::http::Connection;

/// Three times as often as a target group asks by default (30 seconds), because a person watches.
const EVERY: Duration = Duration::from_secs(10);

/// Asks the service for its health as a load balancer would, so that failed checks have lines to be
/// found in. Runs until dropped.
pub(super) async fn check_health(service: SocketAddr) {
    let mut connection = Connection::new(service);
    let mut every = interval(EVERY);
    every.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        every.tick().await;
        // What came of it is in the service's own log.
        let _ = connection.get("/health").await;
    }
}
