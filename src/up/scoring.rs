use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use belfry_engine::base::Clock;
use tokio::task::JoinHandle;

use super::error::UpError;
use super::options::LOG_GROUP;
use super::ports::listen;
use super::process::ServiceProcess;
use super::ship::{Shipped, ship};
use crate::aws::{LogDelivery, Session};

/// The scoring service and the delivery of what it writes.
#[derive(Debug)]
pub(super) struct Scoring {
    process: ServiceProcess,
    shipping: JoinHandle<Shipped>,
    stream: String,
}

/// How a scoring service starts.
#[derive(Clone)]
pub struct ScoringStart {
    /// This program, which is also the scoring service.
    pub executable: PathBuf,
    /// The port of loopback; 0 takes any free one.
    pub port: u16,
    /// Where its log goes.
    pub session: Session,
    /// Time.
    pub clock: Arc<dyn Clock>,
}

impl std::fmt::Debug for ScoringStart {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ScoringStart").finish_non_exhaustive()
    }
}

impl ScoringStart {
    /// Opens a log stream, starts the service, and begins to ship its output.
    pub(super) async fn run(&self) -> Result<Scoring, UpError> {
        let clock = &self.clock;
        // Named as the awslogs driver names streams: prefix, container, task.
        let stream = format!("belfry/fraud-detection-service/{:x}", clock.now().0);
        let delivery = LogDelivery::open(&self.session, LOG_GROUP, &stream).await?;
        // Tried and let go: the service itself could only say so after it was started.
        drop(listen("the scoring service", self.port, "--service-port").await?);
        let started = ServiceProcess::start(&self.executable, self.port, Arc::clone(clock));
        let (process, lines) = started.await?;
        Ok(Scoring {
            process,
            shipping: tokio::spawn(ship(lines, delivery)),
            stream,
        })
    }
}

impl Scoring {
    pub(super) fn address(&self) -> SocketAddr {
        self.process.address()
    }

    pub(super) fn process_id(&self) -> Option<u32> {
        self.process.id()
    }

    pub(super) fn stream(&self) -> &str {
        &self.stream
    }

    /// The task's id, the end of its stream's name.
    pub(super) fn task(&self) -> &str {
        self.stream.rsplit('/').next().unwrap_or(&self.stream)
    }

    /// Completes when the service ends by itself.
    pub(super) async fn ended(&mut self) -> UpError {
        self.process.ended().await
    }

    /// Ends the service, then waits until all that it wrote is delivered.
    pub(super) async fn stop(self) -> Result<Shipped, UpError> {
        self.process.stop().await?;
        self.shipping
            .await
            .map_err(|error| UpError::Service(format!("'s log was not delivered: {error}")))
    }
}
