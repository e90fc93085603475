use std::net::SocketAddr;
use std::sync::Arc;

use belfry_engine::base::Clock;
use tokio::task::JoinHandle;

use super::error::UpError;
use super::options::{LOG_GROUP, Options};
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

impl Scoring {
    /// Opens a log stream, starts the service, and begins to ship its output.
    pub(super) async fn start(
        options: &Options,
        session: &Session,
        clock: &Arc<dyn Clock>,
    ) -> Result<Self, UpError> {
        // Named as the awslogs driver names streams: prefix, container, task.
        let stream = format!("belfry/fraud-detection-service/{:x}", clock.now().0);
        let delivery = LogDelivery::open(session, LOG_GROUP, &stream).await?;
        // Tried and let go: the service itself could only say so after it was started.
        drop(
            listen(
                "the scoring service",
                options.ports.service,
                "--service-port",
            )
            .await?,
        );
        let (process, lines) = ServiceProcess::start(
            &options.executable,
            options.ports.service,
            Arc::clone(clock),
        )
        .await?;
        Ok(Self {
            process,
            shipping: tokio::spawn(ship(lines, delivery)),
            stream,
        })
    }

    pub(super) fn address(&self) -> SocketAddr {
        self.process.address()
    }

    pub(super) fn stream(&self) -> &str {
        &self.stream
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
