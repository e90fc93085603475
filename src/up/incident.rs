use std::net::SocketAddr;
use std::time::Duration;

use belfry_engine::base::Millis;
use tokio::sync::watch;
use tokio::time::{Instant, timeout_at};

use super::green::Deployment;
use super::http::Connection;
use super::scenario::{IncidentKind, Scenario};
use super::tell::{Teller, time};
use super::watch::Standings;

/// How often something is said while nothing happens.
const REMINDER: Duration = Duration::from_secs(90);

/// Makes an alarm go from OK to ALARM and back, and tells it: waits for OK, lets something go wrong until the alarm
/// rings, mends it, and waits until the alarm has come back.
#[derive(Debug)]
pub struct Incident {
    scenario: &'static Scenario,
    stage: Stage,
    standings: watch::Receiver<Standings>,
    tell: Teller,
}

/// What goes wrong.
#[derive(Debug)]
enum Stage {
    /// The service, whose control is `POST /admin/incident`.
    Service(SocketAddr),
    /// A deployment.
    Deployment(Box<Deployment>),
}

impl Incident {
    /// An incident of the service itself, which listens at `service`.
    pub fn of_service(
        kind: IncidentKind,
        service: SocketAddr,
        standings: watch::Receiver<Standings>,
        tell: Teller,
    ) -> Self {
        Self {
            scenario: kind.scenario(),
            stage: Stage::Service(service),
            standings,
            tell,
        }
    }

    /// A deployment that brings a green service with a fault.
    pub fn of_deployment(
        deployment: Deployment,
        standings: watch::Receiver<Standings>,
        tell: Teller,
    ) -> Self {
        Self {
            scenario: IncidentKind::BadGreen.scenario(),
            stage: Stage::Deployment(Box::new(deployment)),
            standings,
            tell,
        }
    }

    /// Plays the incident once.
    pub async fn play(mut self) {
        let scenario = self.scenario;
        let alarm = scenario.alarm;
        self.say(format_args!(
            "waiting until {alarm} is OK (alarms are evaluated every minute)"
        ));
        let ok = self.wait_for("OK", "still healthy").await;
        if let Err(problem) = self.stage.begin(scenario, &self.tell).await {
            return self.say(problem);
        }
        self.say(format_args!("begun, {}", scenario.begun));
        let rung = self.wait_for("ALARM", scenario.meanwhile).await;
        if let Err(problem) = self.stage.end().await {
            return self.say(problem);
        }
        self.say(format_args!("ended, {}", scenario.ended));
        let back = self.wait_for("OK", scenario.afterwards).await;
        self.say(format_args!(
            "{alarm} went OK ({}) → ALARM ({}) → OK ({})",
            time(ok),
            time(rung),
            time(back)
        ));
    }

    fn say(&self, what: impl std::fmt::Display) {
        self.tell.say(format_args!("incident: {what}"));
    }

    /// Waits until the alarm is in `state` and gives the moment in which that was seen.
    async fn wait_for(&mut self, state: &str, meanwhile: &str) -> Millis {
        let alarm = self.scenario.alarm;
        let mut reminder = Instant::now() + REMINDER;
        loop {
            let is_there = |standings: &Standings| {
                standings
                    .get(alarm)
                    .is_some_and(|alarm| alarm.state == state)
            };
            let waited = timeout_at(reminder, self.standings.wait_for(is_there)).await;
            match waited.map(|watching| watching.is_ok()) {
                Ok(true) => return self.tell.now(),
                // Nobody watches any more: everything is stopping.
                Ok(false) => std::future::pending::<()>().await,
                Err(_) => {
                    self.say(format_args!("waiting for {state}; {meanwhile}"));
                    reminder += REMINDER;
                }
            }
        }
    }
}

impl Stage {
    async fn begin(&mut self, scenario: &Scenario, tell: &Teller) -> Result<(), String> {
        match self {
            Self::Service(service) => control(*service, scenario.control).await,
            Self::Deployment(deployment) => deployment.begin(scenario.control, tell).await,
        }
    }

    async fn end(&mut self) -> Result<(), String> {
        match self {
            Self::Service(service) => control(*service, r#"{"kind":"none"}"#).await,
            Self::Deployment(deployment) => deployment.roll_back().await,
        }
    }
}

/// Tells a service what to do wrong.
pub(super) async fn control(service: SocketAddr, body: &'static str) -> Result<(), String> {
    let answer = Connection::new(service).post("/admin/incident", body).await;
    let problem = match answer {
        Ok((status, _)) if status.is_success() => return Ok(()),
        Ok((status, text)) => format!("{status}: {}", String::from_utf8_lossy(&text)),
        Err(error) => error.to_string(),
    };
    Err(format!("the service did not obey: {problem}"))
}
