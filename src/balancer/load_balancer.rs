use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;

use belfry_engine::base::{Clock, Millis};
use belfry_engine::metrics::MetricDatum;
use tokio::sync::Notify;
use tokio::sync::futures::Notified;

use super::counts::{Counts, Gauges};
use super::exchange::Exchange;
use super::health::{Checked, TargetHealth};
use super::health_log::Check;
use super::log_file::{LogFile, LogText};
use super::metrics;
use super::pool::Pool;
use super::routing::{Choice, GroupTargets, Routing};
use super::settings::{GroupSettings, HealthCheck, LogKind, Settings};
use super::{access_log, connection_log, health_log, trace_id};
use crate::random::Random;

/// A load balancer: its settings, its targets, and what was measured since it was last asked.
pub struct Balancer {
    settings: RwLock<Arc<Settings>>,
    clock: Arc<dyn Clock>,
    address: SocketAddr,
    routing: Mutex<Routing>,
    counts: Mutex<Counts>,
    logs: Mutex<BTreeMap<LogKind, LogText>>,
    changes: Notify,
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
            logs: Mutex::default(),
            changes: Notify::new(),
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

    /// Takes these target groups in place of those that were; groups that stay keep their targets.
    pub fn set_groups(&self, groups: Vec<GroupSettings>) {
        lock(&self.routing).set_groups(groups);
        self.changes.notify_waiters();
    }

    /// Puts a target into a group; its first health check decides whether requests go there.
    pub fn register(&self, group: &str, target: SocketAddr) {
        lock(&self.routing).register(group, target);
        self.changes.notify_waiters();
    }

    /// Takes a target out of a group: it gets no new request, and those under way have until the group's deregistration
    /// delay is over.
    pub fn deregister(&self, group: &str, target: SocketAddr) {
        let deregistered = lock(&self.routing).deregister(group, target);
        self.pool.forget(target);
        self.changes.notify_waiters();
        if let Some((gone, delay)) = deregistered {
            tokio::spawn(async move {
                tokio::time::sleep(delay).await;
                gone.send_replace(true);
            });
        }
    }

    /// Completes when groups or targets change.
    pub(super) fn changed(&self) -> Notified<'_> {
        self.changes.notified()
    }

    /// Shifts requests from group to group.
    pub fn set_weight(&self, group: &str, weight: u32) {
        lock(&self.routing).set_weight(group, weight);
    }

    /// Every group's name and the health of its targets.
    pub fn targets(&self) -> Vec<GroupTargets> {
        lock(&self.routing).targets()
    }

    /// How the targets of a group are asked now; none where the group is gone.
    pub(super) fn check_of(&self, group: &str) -> Option<HealthCheck> {
        let routing = lock(&self.routing);
        let found = routing.groups().find(|settings| settings.name == group);
        found.map(|settings| settings.check.clone())
    }

    /// Takes what came of a health check; gives the target's health where it changed.
    pub(super) fn record_check(
        &self,
        (group, target): (&str, SocketAddr),
        at: Millis,
        latency: Duration,
        checked: Checked,
    ) -> Option<TargetHealth> {
        let check = Check {
            at,
            latency,
            target,
            group,
            checked,
        };
        self.log(LogKind::HealthCheck, |settings| {
            health_log::line(&check, &settings.name, self.address.ip())
        });
        lock(&self.routing).record(group, target, checked.failure())
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

    /// A client came; whether it may stay. Where there are too many, it is rejected.
    pub(super) fn connected(&self) -> bool {
        let open = self.clients.fetch_add(1, Ordering::Relaxed);
        let stays = open < self.settings().most_connections;
        let mut counts = lock(&self.counts);
        if stays {
            counts.new_connections += 1;
        } else {
            counts.rejected_connections += 1;
            self.clients.fetch_sub(1, Ordering::Relaxed);
        }
        stays
    }

    /// Logs a connection that was made.
    pub(super) fn log_connection(&self, client: SocketAddr, id: &str) {
        self.log(LogKind::Connection, |settings| {
            connection_log::line(self.now(), client, id, settings, self.address)
        });
    }

    /// Keeps a line for its file, where the attributes turn such logs on.
    fn log(&self, kind: LogKind, line: impl FnOnce(&Settings) -> Option<String>) {
        let settings = self.settings();
        if !settings.logs.contains_key(&kind) {
            return;
        }
        let line = line(&settings);
        let mut logs = lock(&self.logs);
        logs.entry(kind).or_default().push(line.as_deref());
    }

    /// A client went.
    pub(super) fn disconnected(&self) {
        self.clients.fetch_sub(1, Ordering::Relaxed);
    }

    /// Counts and logs an exchange that is over.
    pub fn record(&self, exchange: &Exchange) {
        lock(&self.counts).add(exchange);
        self.log(LogKind::Access, |settings| {
            access_log::line(exchange, settings, self.address.ip())
        });
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

    /// The file of all lines of a kind since this was last asked, for an interval that ends at `end`; none where there is
    /// no line. Lines of logs that were turned off meanwhile are dropped.
    pub fn take_log(&self, kind: LogKind, end: Millis) -> Option<LogFile> {
        let text = lock(&self.logs).remove(&kind)?;
        let settings = self.settings();
        let to = settings.logs.get(&kind)?;
        let number = lock(&self.random).next();
        let place = (&*settings, self.address.ip(), number);
        text.into_file(end, self.now(), (kind, to), place)
    }
}
