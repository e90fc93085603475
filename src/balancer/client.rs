use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::body::PassedOn;
use super::counted::Meter;
use super::exchange::Exchange;
use super::load_balancer::Balancer;
use super::refusal::Refusal;

/// A client's connection: its bytes, and the exchange that is under way on it. An exchange is over when the last byte
/// of its answer is written, or when the connection ends.
#[derive(Debug)]
pub(super) struct Client {
    pub(super) balancer: Arc<Balancer>,
    pub(super) address: SocketAddr,
    /// `TID_…`.
    pub(super) id: Arc<str>,
    read: AtomicU64,
    written: AtomicU64,
    ledger: Mutex<Ledger>,
    /// Why the head of the latest request was refused, and whether it could be read all the same.
    refused: Mutex<Option<(Refusal, bool)>>,
    since: Instant,
}

#[derive(Debug, Default)]
struct Ledger {
    open: Option<Open>,
    /// When the last exchange was over.
    ended: Option<Instant>,
    /// What was read and written before the exchange.
    read: u64,
    written: u64,
}

#[derive(Debug)]
struct Open {
    exchange: Exchange,
    started: Instant,
    /// Whether an answer was made; until then the status is that of a client that went away.
    is_answered: bool,
    /// Whether nothing more is to be written.
    is_whole: bool,
    /// How far the request's body came, where it has one that is passed on.
    body: Option<PassedOn>,
}

impl Client {
    pub(super) fn new(balancer: Arc<Balancer>, address: SocketAddr) -> Self {
        Self {
            id: balancer.connection_id().into(),
            balancer,
            address,
            read: AtomicU64::new(0),
            written: AtomicU64::new(0),
            ledger: Mutex::default(),
            refused: Mutex::default(),
            since: Instant::now(),
        }
    }

    /// Notes that a request's head is refused; the next request that comes stands for it.
    pub(super) fn refuse(&self, refusal: Refusal, is_readable: bool) {
        *self.refused.lock().unwrap_or_else(PoisonError::into_inner) = Some((refusal, is_readable));
    }

    /// Why the head of this request is refused, if it is, and whether it could be read.
    pub(super) fn refused(&self) -> Option<(Refusal, bool)> {
        *self.refused.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Since when nothing is under way; none while something is.
    pub(super) fn idle_since(&self) -> Option<Instant> {
        let ledger = self.ledger();
        let is_idle = ledger.open.is_none();
        is_idle.then(|| ledger.ended.unwrap_or(self.since))
    }

    /// How long the connection has been there.
    pub(super) fn age(&self) -> Duration {
        self.since.elapsed()
    }

    fn ledger(&self) -> std::sync::MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A request came.
    pub(super) fn begin(&self, exchange: Exchange, started: Instant) {
        self.end();
        self.ledger().open = Some(Open {
            exchange,
            started,
            is_answered: false,
            is_whole: false,
            body: None,
        });
    }

    /// The request's body is being passed on.
    pub(super) fn passes_on(&self, body: &PassedOn) {
        if let Some(open) = &mut self.ledger().open {
            open.body = Some(body.clone());
        }
    }

    /// Notes something about the exchange under way.
    pub(super) fn note(&self, note: impl FnOnce(&mut Exchange)) {
        if let Some(open) = &mut self.ledger().open {
            note(&mut open.exchange);
        }
    }

    /// The answer is made; what follows is its delivery.
    pub(super) fn answer(&self, status: u16) {
        if let Some(open) = &mut self.ledger().open {
            open.exchange.status = status;
            open.exchange.elapsed = open.started.elapsed();
            open.is_answered = true;
        }
    }

    /// All of the answer is handed over; it is written when the connection is next flushed.
    pub(super) fn whole(&self) {
        if let Some(open) = &mut self.ledger().open {
            open.is_whole = true;
        }
    }

    /// Ends the exchange under way, if there is one, and counts it.
    pub(super) fn end(&self) {
        let mut ledger = self.ledger();
        let Some(mut open) = ledger.open.take() else {
            return;
        };
        let (read, written) = self.bytes();
        if !open.is_answered {
            open.exchange.elapsed = open.started.elapsed();
            // A client that leaves in the middle of its request sent a bad one; one that leaves behind it did not wait.
            if open.body.is_some_and(|body| body.is_incomplete()) {
                open.exchange.status = 400;
                open.exchange.forget_target();
            }
        }
        open.exchange.received = read - ledger.read;
        open.exchange.sent = written - ledger.written;
        (ledger.read, ledger.written) = (read, written);
        ledger.ended = Some(Instant::now());
        drop(ledger);
        self.balancer.record(&open.exchange);
    }

    /// What was read and written since the last exchange: of a request that could not be understood.
    pub(super) fn rest(&self) -> (u64, u64) {
        let ledger = self.ledger();
        let (read, written) = self.bytes();
        (read - ledger.read, written - ledger.written)
    }

    fn bytes(&self) -> (u64, u64) {
        let load = |count: &AtomicU64| count.load(Ordering::Relaxed);
        (load(&self.read), load(&self.written))
    }
}

impl Meter for Arc<Client> {
    fn read(&self, bytes: u64) {
        self.read.fetch_add(bytes, Ordering::Relaxed);
    }

    fn written(&self, bytes: u64) {
        self.written.fetch_add(bytes, Ordering::Relaxed);
    }

    fn flushed(&self) {
        let is_whole = self
            .ledger()
            .open
            .as_ref()
            .is_some_and(|open| open.is_whole);
        if is_whole {
            self.end();
        }
    }
}
