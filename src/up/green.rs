use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::sleep;

use super::fleet::ALL;
use super::incident::control;
use super::scoring::{Scoring, ScoringStart};
use super::ship::Shipped;
use super::tasks::Tasks;
use super::tell::Teller;
use crate::balancer::{Balancer, Health};

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
    /// What stands in front of both.
    pub balancer: Arc<Balancer>,
    /// The target group that has all requests before and after.
    pub blue: String,
    /// The target group of the new service.
    pub green: String,
    /// The processes that are measured.
    pub tasks: Tasks,
    /// Where the new service is kept while it runs.
    pub slot: SharedGreen,
}

impl Deployment {
    /// Starts the green service with a fault, waits until it is healthy, and gives it its share.
    pub(super) async fn begin(&mut self, fault: &'static str, tell: &Teller) -> Result<(), String> {
        let address = self.launch().await?;
        tell.say(format_args!("incident: green starts at http://{address}"));
        control(address, fault).await?;
        self.balancer.register(&self.green, address);
        while !self.is_healthy(address) {
            sleep(LOOK_EVERY).await;
        }
        self.balancer.set_weight(&self.blue, ALL - CANARY);
        self.balancer.set_weight(&self.green, CANARY);
        Ok(())
    }

    /// Gives blue all requests again and ends the green service when it has answered its last.
    pub(super) async fn roll_back(&mut self) -> Result<(), String> {
        self.balancer.set_weight(&self.blue, ALL);
        self.balancer.set_weight(&self.green, 0);
        let slot = Arc::clone(&self.slot);
        let (balancer, group, tasks) = (
            Arc::clone(&self.balancer),
            self.green.clone(),
            self.tasks.clone(),
        );
        // A task of its own: whoever stops everything waits for the lock, so that no line is lost.
        let ending = tokio::spawn(async move {
            let mut green = slot.lock_owned().await;
            let Some(scoring) = green.running.take() else {
                return Ok(());
            };
            balancer.deregister(&group, scoring.address());
            tasks.remove(scoring.task());
            let shipped = scoring.stop().await.map_err(|error| error.to_string())?;
            green.shipped.join(&shipped);
            Ok(())
        });
        ending.await.map_err(|error| error.to_string())?
    }

    async fn launch(&self) -> Result<SocketAddr, String> {
        let (slot, start, tasks) = (
            Arc::clone(&self.slot),
            self.start.clone(),
            self.tasks.clone(),
        );
        let starting = tokio::spawn(async move {
            let mut green = slot.lock_owned().await;
            let scoring = start.run().await.map_err(|error| error.to_string())?;
            tasks.add(scoring.task(), scoring.process_id());
            let address = scoring.address();
            green.running = Some(scoring);
            Ok(address)
        });
        starting.await.map_err(|error| error.to_string())?
    }

    fn is_healthy(&self, address: SocketAddr) -> bool {
        let groups = self.balancer.targets();
        let mut targets = groups.iter().flat_map(|(_, targets)| targets);
        targets.any(|(target, health)| *target == address && health.health == Health::Healthy)
    }
}
