use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use hyper::client::conn::http1::{Builder, SendRequest};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout};

use super::body::{Lent, RequestBody};
use super::counted::{Counted, Meter};

/// The largest head of a response: 32 KB for all headers together (user guide, "HTTP 502: Bad gateway").
const MOST_RESPONSE_HEAD: usize = 32 * 1024;

/// Connections to targets that are free, and what went over all of them.
#[derive(Debug, Default)]
pub(super) struct Pool {
    idle: Mutex<BTreeMap<SocketAddr, Vec<Idle>>>,
    traffic: Arc<Traffic>,
}

#[derive(Debug)]
struct Idle {
    sender: SendRequest<RequestBody>,
    since: Instant,
}

/// Bytes and connections.
#[derive(Debug, Default)]
pub(super) struct Traffic {
    read: AtomicU64,
    written: AtomicU64,
    open: AtomicU64,
    made: AtomicU64,
}

/// Why a target cannot be reached.
#[derive(Debug)]
pub(super) enum Unreachable {
    /// It refuses.
    Refused,
    /// It says nothing.
    TimedOut,
}

impl Pool {
    /// A connection to `target` that was used before and is still good, youngest first.
    pub(super) async fn reuse(&self, target: SocketAddr, idle_timeout: Duration) -> Option<Lent> {
        loop {
            let idle = {
                let mut all = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
                all.get_mut(&target)?.pop()?
            };
            let Idle { mut sender, since } = idle;
            if since.elapsed() < idle_timeout && sender.ready().await.is_ok() {
                return Some(Lent { target, sender });
            }
        }
    }

    /// A new connection.
    pub(super) async fn connect(
        &self,
        target: SocketAddr,
        patience: Duration,
    ) -> Result<Lent, Unreachable> {
        let connecting = timeout(patience, TcpStream::connect(target)).await;
        let stream = connecting
            .map_err(|_| Unreachable::TimedOut)?
            .map_err(|_| Unreachable::Refused)?;
        stream.set_nodelay(true).map_err(|_| Unreachable::Refused)?;
        let stream = Counted::new(stream, Arc::clone(&self.traffic));
        let (sender, connection) = Builder::new()
            .max_buf_size(MOST_RESPONSE_HEAD)
            .handshake(TokioIo::new(stream))
            .await
            .map_err(|_| Unreachable::Refused)?;
        let open = Open::of(&self.traffic);
        tokio::spawn(async move {
            // Its errors come back through the request that meets them.
            let _ = connection.await;
            drop(open);
        });
        Ok(Lent { target, sender })
    }

    /// Keeps a connection for the next request.
    pub(super) fn put(&self, lent: Lent) {
        let idle = Idle {
            sender: lent.sender,
            since: Instant::now(),
        };
        let mut all = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        all.entry(lent.target).or_default().push(idle);
    }

    /// Closes the free connections to a target.
    pub(super) fn forget(&self, target: SocketAddr) {
        let mut all = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        all.remove(&target);
    }

    /// Connections that are open.
    pub(super) fn open(&self) -> u64 {
        self.traffic.open.load(Ordering::Relaxed)
    }

    /// Connections made since this was last asked.
    pub(super) fn take_made(&self) -> u64 {
        self.traffic.made.swap(0, Ordering::Relaxed)
    }

    /// Bytes that targets were sent, and bytes that came from them, since the start.
    pub(super) fn bytes(&self) -> (u64, u64) {
        let load = |count: &AtomicU64| count.load(Ordering::Relaxed);
        (load(&self.traffic.written), load(&self.traffic.read))
    }
}

impl Meter for Arc<Traffic> {
    fn read(&self, bytes: u64) {
        self.read.fetch_add(bytes, Ordering::Relaxed);
    }

    fn written(&self, bytes: u64) {
        self.written.fetch_add(bytes, Ordering::Relaxed);
    }
}

/// Counts a connection as open while it lives.
struct Open(Arc<Traffic>);

impl Open {
    fn of(traffic: &Arc<Traffic>) -> Self {
        traffic.open.fetch_add(1, Ordering::Relaxed);
        traffic.made.fetch_add(1, Ordering::Relaxed);
        Self(Arc::clone(traffic))
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::Relaxed);
    }
}
