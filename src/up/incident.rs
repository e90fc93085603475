use std::net::SocketAddr;
use std::time::Duration;

use belfry_engine::base::Millis;
use tokio::sync::watch;
use tokio::time::{Instant, timeout_at};

use super::http::Connection;
use super::tell::{Teller, time};
use super::watch::Standings;

/// The alarm that an incident makes ring.
pub const INCIDENT_ALARM: &str = "fraud-error-count";

/// The share of requests that fail.
const SHARE: f64 = 0.3;

/// How often something is said while nothing happens.
const REMINDER: Duration = Duration::from_secs(90);

/// Makes the alarm go from OK to ALARM and back, and tells it: waits for OK, lets a share of requests
/// fail until the alarm rings, then waits until it has come back.
#[derive(Debug)]
pub struct Incident {
    /// The service, whose control is `POST /admin/incident`.
    pub service: SocketAddr,
    /// How the alarms stand.
    pub standings: watch::Receiver<Standings>,
    /// Where the story goes.
    pub tell: Teller,
}

impl Incident {
    /// Plays the incident once.
    pub async fn play(mut self) {
        self.tell.say(format_args!(
            "incident: waiting until {INCIDENT_ALARM} is OK (alarms are evaluated every minute)"
        ));
        let ok = self.wait_for("OK", "still healthy").await;
        let share = format!(r#"{{"kind":"errors","share":{SHARE}}}"#);
        if !self.control(share).await {
            return;
        }
        self.tell.say(format_args!(
            "incident: begun, {:.0} % of all requests fail now",
            SHARE * 100.0
        ));
        let alarm = self.wait_for("ALARM", "errors go on").await;
        if !self.control(r#"{"kind":"none"}"#).await {
            return;
        }
        self.tell.say(
            "incident: ended, the service is healthy again; the alarm adds up 5 minutes, so it goes \
             back about 5 minutes after the last error",
        );
        let back = self
            .wait_for("OK", "healthy, and the alarm still sees the errors")
            .await;
        self.tell.say(format_args!(
            "incident: {INCIDENT_ALARM} went OK ({}) → ALARM ({}) → OK ({})",
            time(ok),
            time(alarm),
            time(back)
        ));
    }

    /// Waits until the alarm is in `state` and gives the moment in which that was seen.
    async fn wait_for(&mut self, state: &str, meanwhile: &str) -> Millis {
        let mut reminder = Instant::now() + REMINDER;
        loop {
            let is_there = |standings: &Standings| {
                standings
                    .get(INCIDENT_ALARM)
                    .is_some_and(|alarm| alarm.state == state)
            };
            let waited = timeout_at(reminder, self.standings.wait_for(is_there)).await;
            match waited.map(|watching| watching.is_ok()) {
                Ok(true) => return self.tell.now(),
                // Nobody watches any more: everything is stopping.
                Ok(false) => std::future::pending::<()>().await,
                Err(_) => {
                    self.tell
                        .say(format_args!("incident: waiting for {state}; {meanwhile}"));
                    reminder += REMINDER;
                }
            }
        }
    }

    async fn control(&self, body: impl Into<bytes::Bytes>) -> bool {
        let answer = Connection::new(self.service)
            .post("/admin/incident", body)
            .await;
        let problem = match answer {
            Ok((status, _)) if status.is_success() => return true,
            Ok((status, text)) => format!("{status}: {}", String::from_utf8_lossy(&text)),
            Err(error) => error.to_string(),
        };
        self.tell.say(format_args!(
            "incident: the service did not obey: {problem}"
        ));
        false
    }
}
