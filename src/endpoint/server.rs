use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use belfry_engine::account::{Account, Delivery};
use belfry_engine::base::Clock;
use belfry_engine::metrics::MetricDatum;
use bytes::Bytes;
use http::Response;
use http::request::Parts;
use tokio::net::TcpListener;
use tokio::sync::Notify;

use super::document::Document;
use super::elb::{Orders, TargetReport};
use super::fault::Fault;
use super::faults::{Faults, Mishap, Mishaps, Tally};
use super::journal::DataFolder;
use super::protocol::{Answer, Call, Protocol};
use super::s3::S3Store;
use super::settings::{EndpointError, Settings};
use super::state::State;
use crate::cost::store::CostLine;

use super::{delivery, queries, region, router, vended};

const BROKEN: &str = "an earlier request failed half-way; restart the endpoint";

/// The embedded AWS endpoint: accounts per region behind one lock.
#[derive(Debug)]
pub struct Endpoint {
    settings: Settings,
    state: Mutex<State>,
    /// The data folder, where there is one.
    folder: Option<DataFolder>,
    /// What goes wrong on purpose.
    mishaps: Mutex<Option<Mishaps>>,
    tally: Mutex<Tally>,
    /// Wakes whoever delivers.
    posted: Notify,
    /// Where this endpoint is reached; unknown until it is served.
    address: OnceLock<String>,
}

impl Endpoint {
    /// Opens an endpoint; with a data folder, everything that was acknowledged before is there again.
    pub fn open(settings: Settings) -> Result<Arc<Self>, EndpointError> {
        let folder = settings.data.as_deref().map(DataFolder::open).transpose()?;
        let state = match &folder {
            Some(folder) => State::restore(folder, &settings)?,
            None => State::in_memory(&settings)?,
        };
        Ok(Self::with(settings, state, folder))
    }

    /// An endpoint in memory that goes on from `account`; other regions begin empty.
    pub fn holding(settings: Settings, account: Account) -> Arc<Self> {
        Self::with(settings, State::holding(account), None)
    }

    fn with(settings: Settings, state: State, folder: Option<DataFolder>) -> Arc<Self> {
        Arc::new(Self {
            mishaps: Mutex::new(settings.faults.map(Mishaps::new)),
            tally: Mutex::default(),
            settings,
            state: Mutex::new(state),
            folder,
            posted: Notify::new(),
            address: OnceLock::new(),
        })
    }

    /// A copy of the account of `region` as it is now; nothing where no request has named the region.
    pub fn copy_of(&self, region: &str) -> Option<Account> {
        self.state.lock().ok()?.account(region).cloned()
    }

    /// The router that answers AWS requests on every path; for a listener, or for calls in process.
    pub fn router(self: &Arc<Self>) -> axum::Router {
        router::router(Arc::clone(self))
    }

    /// Serves `listener` until `shutdown` completes; meanwhile time passes and messages are delivered.
    pub async fn serve(
        self: &Arc<Self>,
        listener: TcpListener,
        shutdown: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(), EndpointError> {
        let at = listener.local_addr().map_err(EndpointError::Serve)?;
        let address = self.address.get_or_init(|| format!("http://{at}"));
        if let Some(folder) = &self.folder {
            folder.write_address(address)?;
        }
        let ticking = tokio::spawn(ticks(Arc::clone(self)));
        let served = axum::serve(listener, self.router())
            .with_graceful_shutdown(shutdown)
            .await;
        ticking.abort();
        if let Some(folder) = &self.folder {
            folder.remove_address();
        }
        served.map_err(EndpointError::Serve)
    }

    /// Advances every account to the present (alarms that are due are evaluated), and starts the delivery of
    /// all messages that wait; each is delivered, or dropped after its retries, on its own.
    pub async fn tick(self: &Arc<Self>) {
        let (waiting, remarks) = match self.state.lock() {
            Ok(mut state) => {
                state.tick(self.settings.clock.now());
                (state.take_outbox(), state.take_remarks())
            }
            Err(_) => Default::default(),
        };
        self.remark(&remarks);
        for delivery in waiting {
            tokio::spawn(deliver(Arc::clone(self), delivery));
        }
    }

    /// From here on requests go wrong as `faults` say; with `None`, none does any more.
    pub fn inject(&self, faults: Option<Faults>) {
        if let Ok(mut mishaps) = self.mishaps.lock() {
            *mishaps = faults.map(Mishaps::new);
        }
    }

    /// Bytes that the log groups of `region` hold.
    pub fn stored_log_bytes(&self, region: &str) -> u64 {
        let Ok(state) = self.state.lock() else {
            return 0;
        };
        let stored = state.account(region).map_or(0, |account| {
            let groups = account.logs.groups();
            groups.map(|group| group.stored_bytes()).sum()
        });
        u64::try_from(stored).unwrap_or(u64::MAX)
    }

    /// What a local run was metered at, in place of what was said before. It is not kept: the next run meters anew.
    pub fn put_estimates(&self, lines: Vec<CostLine>) {
        if let Ok(mut state) = self.state.lock() {
            state.put_estimates(lines);
        }
    }

    /// Publishes metrics as AWS's own services do, in namespaces (`AWS/…`) that PutMetricData refuses: for the parts
    /// of AWS that run in this process, such as a load balancer. No request can ask for it.
    pub fn vend(&self, region: &str, data: &[MetricDatum]) -> Result<(), Fault> {
        let mut calls = vended::calls(data);
        calls
            .iter_mut()
            .try_for_each(|call| self.write_down(region, call))
    }

    /// Writes down what a part of AWS did that runs in this process.
    pub(super) fn write_down(&self, region: &str, call: &mut Call) -> Result<(), Fault> {
        let mut state = self.state.lock().map_err(|_| Fault::internal(BROKEN))?;
        state.answer(&self.settings, region, call, self.settings.clock.now())?;
        Ok(())
    }

    /// What the load balancer `name` of `region` is told to do; none where there is none. For the load balancer that runs
    /// in this process.
    pub fn load_balancer(&self, region: &str, name: &str) -> Option<Orders> {
        let state = self.state.lock().ok()?;
        state.load_balancers(region)?.orders(name)
    }

    /// What that load balancer says of its targets. It is not kept: the next run asks them anew.
    pub fn report_targets(&self, region: &str, reports: Vec<TargetReport>) {
        if let Ok(mut state) = self.state.lock() {
            state.report_targets(region, reports);
        }
    }

    /// Looks at buckets and objects; nothing where an earlier request failed half-way.
    pub(super) fn look_at_objects<T>(&self, look: impl FnOnce(&S3Store) -> T) -> Option<T> {
        self.state.lock().ok().map(|state| look(state.objects()))
    }

    /// Where time comes from.
    pub(super) fn clock(&self) -> Arc<dyn Clock> {
        Arc::clone(&self.settings.clock)
    }

    /// What was asked so far, and what went wrong on purpose.
    pub fn tally(&self) -> Tally {
        self.tally
            .lock()
            .map(|tally| tally.clone())
            .unwrap_or_default()
    }

    /// What becomes of the next request, which an SDK may have sent before.
    pub(super) fn next_mishap(&self, is_retry: bool) -> Option<Mishap> {
        let mut tally = self.tally.lock().ok()?;
        tally.request(is_retry);
        let mishap = self.mishaps.lock().ok()?.as_mut()?.draw()?;
        tally.mishap(&mishap);
        Some(mishap)
    }

    /// The refusal of a call that comes more often than AWS takes it.
    fn too_often(&self, parts: &Parts, call: &Call) -> Option<Fault> {
        let region = region::of(parts, &call.input).unwrap_or(&self.settings.region);
        let called = (call.service.name, region, call.operation.name);
        let now = self.settings.clock.now();
        let fault = self.mishaps.lock().ok()?.as_mut()?.too_often(called, now)?;
        if let Ok(mut tally) = self.tally.lock() {
            tally.fault("rates");
        }
        Some(fault)
    }

    /// Answers one request; with the refusal given, if there is one, instead of doing it. Blocks for the journal,
    /// so async callers use a thread for it.
    pub(super) fn answer(
        self: &Arc<Self>,
        parts: &Parts,
        body: Result<Bytes, Fault>,
        refusal: Option<Fault>,
    ) -> Response<Bytes> {
        let protocol = Protocol::of(parts);
        let mut call = body.and_then(|body| protocol.decode(parts, &body));
        let refusal = refusal.or_else(|| self.too_often(parts, call.as_ref().ok()?));
        let (request_id, result) = match refusal {
            None => self.run(parts, &mut call),
            Some(fault) => (String::new(), Err(fault)),
        };
        let answer = Answer {
            service: call.as_ref().ok().map(|call| call.service),
            operation: call.as_ref().map_or("", |call| call.operation.name),
            result: &result,
            request_id: &request_id,
        };
        protocol.encode(&answer, parts)
    }

    fn run(
        self: &Arc<Self>,
        parts: &Parts,
        call: &mut Result<Call, Fault>,
    ) -> (String, Result<Document, Fault>) {
        let Ok(mut state) = self.state.lock() else {
            return (String::new(), Err(Fault::internal(BROKEN)));
        };
        let request_id = state.next_request_id();
        let result = match call {
            Ok(call) => {
                let region = region::of(parts, &call.input).unwrap_or(&self.settings.region);
                let region = region.to_owned();
                state.answer(&self.settings, &region, call, self.settings.clock.now())
            }
            Err(fault) => Err(fault.clone()),
        };
        if state.has_outbox() {
            self.posted.notify_one();
        }
        let jobs = state.take_jobs();
        let remarks = state.take_remarks();
        drop(state);
        queries::start(self, jobs);
        self.remark(&remarks);
        (request_id, result)
    }

    fn remark(&self, remarks: &[String]) {
        for remark in remarks {
            (self.settings.remark)(remark);
        }
    }
}

/// Time passes every second, and at once where a request left a message.
async fn ticks(endpoint: Arc<Endpoint>) {
    let mut every = tokio::time::interval(Duration::from_secs(1));
    every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = every.tick() => {}
            () = endpoint.posted.notified() => {}
        }
        endpoint.tick().await;
    }
}

async fn deliver(endpoint: Arc<Endpoint>, delivery: Delivery) {
    let Some(address) = endpoint.address.get() else {
        return;
    };
    let delays = &endpoint.settings.retry_delays;
    if let Err(failed) = delivery::send(&delivery, address, delays).await {
        (endpoint.settings.remark)(&format!(
            "a message of the topic {} is dropped after {} attempts, {failed}: {}",
            delivery.topic_arn,
            delays.len() + 1,
            delivery.subscription.endpoint,
        ));
    }
}
