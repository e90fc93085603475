use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::Response;
use http::request::Parts;
use tokio::net::TcpListener;

use super::document::Document;
use super::fault::Fault;
use super::protocol::{Answer, Call, Protocol};
use super::router;
use super::settings::{EndpointError, Settings};
use super::state::State;

/// The embedded AWS endpoint: accounts per region behind one lock.
#[derive(Debug)]
pub struct Endpoint {
    settings: Settings,
    state: Mutex<State>,
}

impl Endpoint {
    /// Opens an endpoint; with a data folder, everything that was acknowledged before is there again.
    pub fn open(settings: Settings) -> Result<Arc<Self>, EndpointError> {
        Ok(Arc::new(Self {
            settings,
            state: Mutex::new(State::default()),
        }))
    }

    /// The router that answers AWS requests on every path; for a listener, or for calls in process.
    pub fn router(self: &Arc<Self>) -> axum::Router {
        router::router(Arc::clone(self))
    }

    /// Serves `listener` and ticks every second until `shutdown` completes.
    pub async fn serve(
        self: &Arc<Self>,
        listener: TcpListener,
        shutdown: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(), EndpointError> {
        let ticking = tokio::spawn(ticks(Arc::clone(self)));
        let served = axum::serve(listener, self.router())
            .with_graceful_shutdown(shutdown)
            .await;
        ticking.abort();
        served.map_err(EndpointError::Serve)
    }

    /// Advances every account to the present: alarms that are due are evaluated.
    pub async fn tick(&self) {
        if let Ok(mut state) = self.state.lock() {
            state.tick(self.settings.clock.now());
        }
    }

    /// Answers one request. Blocks for the journal, so async callers use a thread for it.
    pub(super) fn answer(&self, parts: &Parts, body: Result<Bytes, Fault>) -> Response<Bytes> {
        let protocol = Protocol::of(parts);
        let call = body.and_then(|body| protocol.decode(parts, &body));
        let (request_id, result) = self.run(parts, &call);
        let answer = Answer {
            service: call.as_ref().ok().map(|call| call.service),
            operation: call.as_ref().map_or("", |call| call.operation.name),
            result: &result,
            request_id: &request_id,
        };
        protocol.encode(&answer)
    }

    fn run(&self, parts: &Parts, call: &Result<Call, Fault>) -> (String, Result<Document, Fault>) {
        let Ok(mut state) = self.state.lock() else {
            let fault = Fault::internal("an earlier request failed half-way; restart the endpoint");
            return (String::new(), Err(fault));
        };
        let request_id = state.next_request_id();
        let result = match call {
            Err(fault) => Err(fault.clone()),
            Ok(call) => {
                let region = router::region(parts).unwrap_or(&self.settings.region);
                state.run(&self.settings, region, call, self.settings.clock.now())
            }
        };
        (request_id, result)
    }
}

async fn ticks(endpoint: Arc<Endpoint>) {
    let mut every = tokio::time::interval(Duration::from_secs(1));
    every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        every.tick().await;
        endpoint.tick().await;
    }
}
