use std::sync::Arc;
use std::time::Duration;

use belfry_engine::base::{Clock, Millis};
use tokio::sync::watch;
use tokio::time::sleep;

use super::fleet::Fleet;
use super::tasks::Tasks;
use super::tell::Teller;
use crate::aws::Session;
use crate::balancer::{Balancer, LogKind};
use crate::endpoint::Endpoint;

/// How often metrics are published, in milliseconds. AWS does it once a minute; more often here, because an alarm's
/// minute ends with the clock's.
const METRICS_EVERY: i64 = 5_000;

/// How long the interval of a file of logs is, in milliseconds. AWS's is five minutes; shorter here, because a
/// person waits.
pub(super) const LOGS_EVERY: i64 = 60_000;

/// Delivers what the load balancer and the service's processes measure, as parts of AWS do it: metrics into AWS's own
/// namespaces, files of logs into their bucket.
pub(super) struct Publisher {
    pub(super) endpoint: Arc<Endpoint>,
    pub(super) balancer: Arc<Balancer>,
    pub(super) session: Session,
    pub(super) fleet: Fleet,
    pub(super) tasks: Tasks,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) tell: Teller,
    /// The end of what was published.
    pub(super) published: Millis,
    /// Bytes sent to targets and received from them until then.
    pub(super) bytes: (u64, u64),
    /// Whether something could not be delivered, and was said.
    pub(super) has_failed: bool,
}

impl Publisher {
    /// Publishes until `stop` turns true, then what is left.
    pub(super) async fn run(mut self, mut stop: watch::Receiver<bool>) {
        loop {
            let now = self.clock.now();
            let next = now.floor_to(METRICS_EVERY).plus(METRICS_EVERY);
            let wait = u64::try_from(next.0 - now.0).unwrap_or_default();
            tokio::select! {
                () = sleep(Duration::from_millis(wait)) => {}
                _ = stop.wait_for(|stop| *stop) => break,
            }
            self.publish(next).await;
            if next.floor_to(LOGS_EVERY) == next {
                self.deliver_logs(next).await;
            }
        }
        let now = self.clock.now();
        self.publish(now).await;
        self.deliver_logs(now.floor_to(LOGS_EVERY).plus(LOGS_EVERY))
            .await;
    }

    /// Metrics of the time from the last ones until `end`; their time is the beginning, as AWS's is.
    async fn publish(&mut self, end: Millis) {
        let at = std::mem::replace(&mut self.published, end);
        let millis = u32::try_from(end.0 - at.0).unwrap_or(u32::MAX).max(1);
        let seconds = f64::from(millis) / 1000.0;
        let is_new_minute = end.floor_to(LOGS_EVERY) != at.floor_to(LOGS_EVERY);
        let mut data = self.balancer.take_data(at, seconds, is_new_minute);
        let (sent, received) = self.balancer.target_bytes();
        let since = (float(sent - self.bytes.0), float(received - self.bytes.1));
        self.bytes = (sent, received);
        data.extend(self.tasks.data(&self.fleet, at, seconds, since));
        let (endpoint, region) = (Arc::clone(&self.endpoint), self.session.region().to_owned());
        let vended = tokio::task::spawn_blocking(move || endpoint.vend(&region, &data)).await;
        match vended {
            Ok(Ok(())) => {}
            Ok(Err(fault)) => self.failed("metrics", &fault.message),
            Err(error) => self.failed("metrics", &error.to_string()),
        }
    }

    /// The files of logs of an interval that ends at `end`, of those kinds that the attributes ask for. A file is written in
    /// one request: it is there as a whole, or not at all.
    async fn deliver_logs(&mut self, end: Millis) {
        for kind in LogKind::ALL {
            let Some(file) = self.balancer.take_log(kind, end) else {
                continue;
            };
            let put = self
                .session
                .put_object(&file.bucket, &file.key, file.bytes)
                .await;
            if let Err(error) = put {
                self.failed(kind.attribute(), &error.to_string());
            }
        }
    }

    /// Said once.
    fn failed(&mut self, what: &str, why: &str) {
        if !std::mem::replace(&mut self.has_failed, true) {
            let tell = &self.tell;
            tell.say(format_args!(
                "load balancer: {what} are not delivered: {why}"
            ));
        }
    }
}

/// Bytes since the last time: far below 2^32 seconds' worth.
fn float(bytes: u64) -> f64 {
    f64::from(u32::try_from(bytes).unwrap_or(u32::MAX))
}
