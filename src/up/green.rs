use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::sleep;

use super::fleet::{ALL, BLUE_ALONE};
use super::incident::control;
use super::scoring::{Scoring, ScoringStart};
use super::ship::Shipped;
use super::tasks::Tasks;
use super::tell::Teller;
use crate::aws::LocalFleet;

/// The share of all requests that a new version gets first.
const CANARY: u32 = 10;

/// How often the health of the new target is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// The second service while a deployment is under way, and what became of its log once it ended.
#[derive(Debug, Default)]
pub struct Green {
    pub(super) running: Option<Scoring>,
    /// What became of the lines of services that have ended.
    pub shipped: Shipped,
}

/// Shared by the deployment, which starts and ends the service, and by whoever stops everything.
pub type SharedGreen = Arc<Mutex<Green>>;

/// A deployment as ECS makes it behind a load balancer: a second service in the green group, a share of the requests
/// for it, and all of them back to blue when an alarm rings.
#[derive(Debug)]
pub struct Deployment {
    /// How the new service starts.
    pub start: ScoringStart,
    /// The load balancer in front of both, whose first group has all requests before and after, and whose second is for the
    /// new service.
    pub fleet: LocalFleet,
    /// The ARN of its listener.
    pub listener: String,
    /// The processes that are measured.
    pub tasks: Tasks,
    /// Where the new service is kept while it runs.
    pub slot: SharedGreen,
}

/// The place of the green group in its fleet.
const GREEN: usize = 1;

impl Deployment {
    /// Starts the green service with a fault, waits until it is healthy, and gives it its share.
    pub(super) async fn begin(&mut self, fault: &'static str, tell: &Teller) -> Result<(), String> {
        let address = self.launch().await?;
        tell.say(format_args!("incident: green starts at http://{address}"));
        control(address, fault).await?;
        let green = self.fleet.group(GREEN);
        self.fleet.register(green, address).await.map_err(text)?;
        while standing(&self.fleet, address).await?.as_deref() != Some("healthy") {
            sleep(LOOK_EVERY).await;
        }
        let shared = self.fleet.shift(&self.listener, &[ALL - CANARY, CANARY]);
        shared.await.map_err(text)
    }

    /// Gives blue all requests again and ends the green service when it is drained.
    pub(super) async fn roll_back(&mut self) -> Result<(), String> {
        let shifted = self.fleet.shift(&self.listener, &BLUE_ALONE);
        shifted.await.map_err(text)?;
        let slot = Arc::clone(&self.slot);
        let (fleet, tasks) = (self.fleet.clone(), self.tasks.clone());
        // A task of its own: whoever stops everything waits for the lock, so that no line is lost.
        let ending = tokio::spawn(async move {
            let mut green = slot.lock_owned().await;
            let Some(scoring) = green.running.take() else {
                return Ok(());
            };
            drain(&fleet, scoring.address()).await?;
            tasks.remove(scoring.task());
            let shipped = scoring.stop().await.map_err(text)?;
            green.shipped.join(&shipped);
            Ok(())
        });
        ending.await.map_err(text)?
    }

    async fn launch(&self) -> Result<SocketAddr, String> {
        let (slot, start, tasks) = (
            Arc::clone(&self.slot),
            self.start.clone(),
            self.tasks.clone(),
        );
        let starting = tokio::spawn(async move {
            let mut green = slot.lock_owned().await;
            let scoring = start.run().await.map_err(text)?;
            tasks.add(scoring.task(), scoring.process_id());
            let address = scoring.address();
            green.running = Some(scoring);
            Ok(address)
        });
        starting.await.map_err(text)?
    }
}

/// Takes a target out of the green group and waits until it is drained.
async fn drain(fleet: &LocalFleet, target: SocketAddr) -> Result<(), String> {
    let (id, port) = (target.ip().to_string(), i32::from(target.port()));
    let gone = fleet.deregister(fleet.group(GREEN), &id, port);
    gone.await.map_err(text)?;
    while standing(fleet, target).await?.is_some() {
        sleep(LOOK_EVERY).await;
    }
    Ok(())
}

/// The state of a target of the green group; none where it is not in the group.
async fn standing(fleet: &LocalFleet, target: SocketAddr) -> Result<Option<String>, String> {
    let (id, port) = (target.ip().to_string(), i32::from(target.port()));
    let standings = fleet.standings(fleet.group(GREEN)).await.map_err(text)?;
    let found = standings
        .into_iter()
        .find(|found| found.id == id && found.port == port);
    Ok(found.map(|found| found.state))
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "an argument of `map_err`, which gives values"
)]
fn text(error: impl ToString) -> String {
    error.to_string()
}
