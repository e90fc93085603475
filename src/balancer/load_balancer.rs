use std::fmt;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use belfry_engine::base::{Clock, Millis};
use belfry_engine::metrics::MetricDatum;

use super::access_log;
use super::counts::{Counts, Gauges};
use super::exchange::Exchange;
use super::log_file::{LogFile, LogText};
use super::metrics;
use super::pool::Pool;
use super::routing::{Choice, GroupTargets, Routing};
use super::settings::{GroupSettings, HealthCheck, LogSettings, Settings};
use super::trace_id;
use crate::random::Random;

/// A load balancer: its settings, its targets, and what was measured since it was last asked.
pub struct Balancer {
    settings: RwLock<Arc<Settings>>,
    clock: Arc<dyn Clock>,
    address: SocketAddr,
    routing: Mutex<Routing>,
    counts: Mutex<Counts>,
    log: Mutex<LogText>,
    random: Mutex<Random>,
    clients: AtomicU64,
    pool: Pool,
}

impl fmt::Debug for Balancer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Balancer")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Balancer {
    /// A balancer that listens at `address` and has no targets yet.
    pub fn new(
        settings: Settings,
        groups: Vec<GroupSettings>,
        address: SocketAddr,
        clock: Arc<dyn Clock>,
    ) -> Arc<Self> {
        Arc::new(Self {
            random: Mutex::new(Random::new(settings.seed)),
            settings: RwLock::new(Arc::new(settings)),
            clock,
            address,
            routing: Mutex::new(Routing::new(groups)),
            counts: Mutex::default(),
            log: Mutex::default(),
            clients: AtomicU64::new(0),
            pool: Pool::default(),
        })
    }

    /// As they are now.
    pub fn settings(&self) -> Arc<Settings> {
        let settings = self.settings.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&settings)
    }

    /// Takes what the load balancer's attributes say now.
    pub fn set(&self, settings: Settings) {
        let settings = Arc::new(settings);
        *self
            .settings
            .write()
            .unwrap_or_else(PoisonError::into_inner) = settings;
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub(super) fn port(&self) -> u16 {
        self.address.port()
    }

    pub(super) fn now(&self) -> Millis {
        self.clock.now()
    }

    pub(super) fn pool(&self) -> &Pool {
        &self.pool
    }

    /// Puts a target into a group; its first health check decides whether requests go there.
    pub fn register(&self, group: &str, target: SocketAddr) {
        lock(&self.routing).register(group, target);
    }

    /// Takes a target out of a group; requests under way are finished.
    pub fn deregister(&self, group: &str, target: SocketAddr) {
        lock(&self.routing).deregister(group, target);
        self.pool.forget(target);
    }

    /// Shifts requests from group to group.
    pub fn set_weight(&self, group: &str, weight: u32) {
        lock(&self.routing).set_weight(group, weight);
    }

    /// Every group's name and the health of its targets.
    pub fn targets(&self) -> Vec<GroupTargets> {
        let routing = lock(&self.routing);
        let groups = routing.targets();
        groups
            .map(|(name, targets)| (Arc::clone(name), targets.to_vec()))
            .collect()
    }

    pub(super) fn checks(&self) -> Vec<(String, HealthCheck)> {
        let routing = lock(&self.routing);
        let groups = routing.groups();
        groups
            .map(|group| (group.name.clone(), group.check.clone()))
            .collect()
    }

    pub(super) fn routing(&self) -> MutexGuard<'_, Routing> {
        lock(&self.routing)
    }

    pub(super) fn choose(&self) -> Option<Choice> {
        lock(&self.routing).choose()
    }

    pub(super) fn trace_id(&self, given: Option<&str>) -> String {
        trace_id::of(given, self.now(), &mut lock(&self.random))
    }

    pub(super) fn connection_id(&self) -> String {
        let mut random = lock(&self.random);
        format!("TID_{:016x}{:016x}", random.next(), random.next())
    }

    /// A client came.
    pub(super) fn connected(&self) {
        self.clients.fetch_add(1, Ordering::Relaxed);
        lock(&self.counts).new_connections += 1;
    }

    /// A client went.
    pub(super) fn disconnected(&self) {
        self.clients.fetch_sub(1, Ordering::Relaxed);
    }

    /// Counts and logs an exchange that is over.
    pub fn record(&self, exchange: &Exchange) {
        lock(&self.counts).add(exchange);
        let settings = self.settings();
        let line = access_log::line(exchange, &settings, self.address.ip());
        lock(&self.log).push(line.as_deref());
    }

    /// Bytes that targets were sent and that came from them, health checks left out, since the start.
    pub fn target_bytes(&self) -> (u64, u64) {
        self.pool.bytes()
    }

    /// The metrics of what happened since this was last asked, at `at`, as data of `AWS/ApplicationELB`; with the
    /// number of connections where `with_connections`, whose sum over a minute means something only once a minute.
    pub fn take_data(&self, at: Millis, seconds: f64, with_connections: bool) -> Vec<MetricDatum> {
        let mut counts = std::mem::take(&mut *lock(&self.counts));
        counts.new_connections += self.pool.take_made();
        let open = self.clients.load(Ordering::Relaxed) + self.pool.open();
        let gauges = Gauges {
            connections: with_connections.then_some(open),
            open,
            seconds,
            targets: self.targets(),
        };
        metrics::data(&counts, &gauges, &self.settings().name, at)
    }

    /// The file of all lines since this was last asked, for an interval that ends at `end`; none where there is no
    /// line. Without `to` the lines are dropped: the attributes say that access logs are off.
    pub fn take_log(&self, end: Millis, to: Option<&LogSettings>) -> Option<LogFile> {
        let text = std::mem::take(&mut *lock(&self.log));
        let number = lock(&self.random).next();
        let place = (&*self.settings(), self.address.ip(), number);
        text.into_file(end, self.now(), to?, place)
    }
}
