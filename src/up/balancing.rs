use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use belfry_engine::base::Clock;
use tokio::sync::{mpsc, watch};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::sleep;

use super::error::UpError;
use super::fleet::{BLUE_ALONE, Fleet};
use super::follow::Follower;
use super::green::{Deployment, SharedGreen};
use super::options::Options;
use super::ports::{Server, listen};
use super::publish::Publisher;
use super::scoring::ScoringStart;
use super::tasks::Tasks;
use super::tell::Teller;
use crate::aws::{LocalFleet, Session};
use crate::balancer::{self, Balancer, Health, HealthChange, Settings, check_health};
use crate::endpoint::Endpoint;

/// Hundredths of a second that the first health check may take.
const PATIENCE: u32 = 300;

/// The load balancer in front of the service, and the delivery of what it measures.
#[derive(Debug)]
pub(super) struct Balancing {
    server: Server,
    balancer: Arc<Balancer>,
    listener: String,
    stop_publishing: watch::Sender<bool>,
    publishing: JoinHandle<()>,
}

/// What a load balancer works with.
pub(super) struct Surroundings<'a> {
    pub(super) options: &'a Options,
    pub(super) fleet: &'a Fleet,
    /// The records of the load balancer.
    pub(super) records: &'a LocalFleet,
    pub(super) endpoint: &'a Arc<Endpoint>,
    pub(super) session: &'a Session,
    pub(super) tasks: &'a Tasks,
    pub(super) clock: &'a Arc<dyn Clock>,
    pub(super) tell: &'a Teller,
}

impl Surroundings<'_> {
    /// How a service starts on a port of loopback.
    pub(super) fn scoring(&self, port: u16) -> ScoringStart {
        ScoringStart {
            executable: self.options.executable.clone(),
            port,
            session: self.session.clone(),
            clock: Arc::clone(self.clock),
        }
    }

    /// How a green service is deployed beside the one that runs.
    pub(super) fn deployment(&self, balancing: &Balancing, slot: &SharedGreen) -> Deployment {
        Deployment {
            start: self.scoring(0),
            fleet: self.records.clone(),
            listener: balancing.listener.clone(),
            tasks: self.tasks.clone(),
            slot: Arc::clone(slot),
        }
    }
}

impl Balancing {
    /// Listens in front of `service`, asks the targets for their health, and publishes.
    pub(super) async fn start(
        around: &Surroundings<'_>,
        service: SocketAddr,
        lookers: &mut JoinSet<()>,
    ) -> Result<Self, UpError> {
        let Surroundings { options, clock, .. } = *around;
        let port = options.ports.balancer;
        let (listener, address) = listen("the load balancer", port, "--balancer-port").await?;
        let environment = &options.suite.environment;
        let mut settings = Settings::of(
            &around.fleet.load_balancer,
            &environment.account,
            &environment.region,
        );
        // Trace ids of two runs must differ, those of one may be guessed.
        settings.seed = options.seed ^ u64::try_from(clock.now().0).unwrap_or_default();
        let balancer = Balancer::new(settings, Vec::new(), address, Arc::clone(clock));
        let records = around.records;
        let listener_arn = records.listen(address.port(), &BLUE_ALONE).await?;
        records.register(records.group(0), service).await?;
        let tell = around.tell.clone();
        let follower = Follower::new(around.endpoint, &balancer, tell);
        let mut follower = follower.naming(around.fleet.dimensions());
        follower.follow();
        lookers.spawn(follower.run());
        let serving = Arc::clone(&balancer);
        let server = Server::start(address, |shutdown| async move {
            balancer::serve(serving, listener, shutdown.requested()).await;
            Ok(())
        });
        let (changes, changed) = mpsc::unbounded_channel();
        lookers.spawn(check_health(Arc::clone(&balancer), changes));
        lookers.spawn(tell_health(changed, around.tell.clone()));
        in_service(&balancer).await;
        let (stop_publishing, stopping) = watch::channel(false);
        let publisher = publisher(around, &balancer);
        Ok(Self {
            server,
            balancer,
            listener: listener_arn,
            stop_publishing,
            publishing: tokio::spawn(publisher.run(stopping)),
        })
    }

    pub(super) fn address(&self) -> SocketAddr {
        self.server.address
    }

    /// Which logs it delivers, and where to; nothing where all are off.
    pub(super) fn logs(&self) -> Vec<String> {
        let settings = self.balancer.settings();
        let logs = settings.logs.iter().map(|(kind, to)| {
            let slash = if to.prefix.is_empty() { "" } else { "/" };
            let name = kind.attribute().replace('_', " ");
            format!("{name} s3://{}/{}{slash}AWSLogs/", to.bucket, to.prefix)
        });
        logs.collect()
    }

    pub(super) fn url(&self) -> String {
        self.server.url()
    }

    /// Ends the exchanges under way, then delivers what is left.
    pub(super) async fn stop(self) -> Result<(), UpError> {
        let failed = |error| UpError::Part("the load balancer", error);
        self.server.stop().await.map_err(failed)?;
        self.stop_publishing.send_replace(true);
        let published = self.publishing.await;
        published.map_err(|error| UpError::Part("the load balancer", error.to_string()))
    }
}

fn publisher(around: &Surroundings<'_>, balancer: &Arc<Balancer>) -> Publisher {
    Publisher {
        endpoint: Arc::clone(around.endpoint),
        balancer: Arc::clone(balancer),
        session: around.session.clone(),
        fleet: around.fleet.clone(),
        tasks: around.tasks.clone(),
        clock: Arc::clone(around.clock),
        tell: around.tell.clone(),
        published: around.clock.now(),
        bytes: (0, 0),
        has_failed: false,
    }
}

/// Waits until the first target is healthy, so that no request goes to one that is not known; not for long, because
/// a target that fails is no reason not to start.
async fn in_service(balancer: &Balancer) {
    for _ in 0..PATIENCE {
        let groups = balancer.targets();
        let mut targets = groups.iter().flat_map(|(_, targets)| targets);
        if targets.any(|(_, health)| health.health == Health::Healthy) {
            return;
        }
        sleep(Duration::from_millis(10)).await;
    }
}

/// Tells every change of a target's health. Runs until dropped.
async fn tell_health(mut changed: mpsc::UnboundedReceiver<HealthChange>, tell: Teller) {
    while let Some((group, target, health)) = changed.recv().await {
        let state = match health.health {
            Health::Initial => "initial",
            Health::Healthy => "healthy",
            Health::Unhealthy => "unhealthy",
        };
        match health.failure {
            None => tell.say(format_args!("target {target} of {group} is {state}")),
            Some(failure) => {
                tell.say(format_args!(
                    "target {target} of {group} is {state}: {failure}"
                ));
            }
        }
    }
}
