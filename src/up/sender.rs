use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use belfry_engine::base::Clock;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

use super::http::Connection;
use super::traffic::Traffic;

/// Connections over which purchases are sent, and purchases that wait for one.
const CONNECTIONS: usize = 16;

/// What came back so far.
#[derive(Debug, Default)]
pub struct Answers {
    /// Status below 400.
    pub scored: AtomicU64,
    /// Status 400 to 499.
    pub refused: AtomicU64,
    /// Status 500 and above.
    pub failed: AtomicU64,
    /// No answer: the connection broke.
    pub broken: AtomicU64,
}

impl Answers {
    /// All requests that got an answer.
    pub fn answered(&self) -> u64 {
        [&self.scored, &self.refused, &self.failed]
            .iter()
            .map(|count| count.load(Ordering::Relaxed))
            .sum()
    }

    fn count(&self, status: Option<u16>) {
        let count = match status {
            None => &self.broken,
            Some(500..) => &self.failed,
            Some(400..) => &self.refused,
            Some(_) => &self.scored,
        };
        count.fetch_add(1, Ordering::Relaxed);
    }
}

/// Sends `traffic` to the service until `stop` turns true, then waits for the answers under way.
/// Purchases are due at fixed moments; where the service is slow they wait, and none is left out.
pub async fn send(
    mut traffic: Traffic,
    service: SocketAddr,
    clock: Arc<dyn Clock>,
    answers: Arc<Answers>,
    mut stop: watch::Receiver<bool>,
) {
    let (queue, workers) = start_workers(service, &answers);
    let mut due = Instant::now();
    loop {
        due += traffic.gap();
        tokio::select! {
            () = sleep_until(due) => {}
            _ = stop.wait_for(|stop| *stop) => break,
        }
        let purchase = traffic.purchase(clock.now());
        let body = serde_json::to_vec(&purchase).unwrap_or_default();
        if queue.send(body).await.is_err() {
            break;
        }
    }
    drop(queue);
    workers.join_all().await;
}

fn start_workers(
    service: SocketAddr,
    answers: &Arc<Answers>,
) -> (async_queue::Sender, JoinSet<()>) {
    let (queue, waiting) = async_queue::bounded(CONNECTIONS);
    let mut workers = JoinSet::new();
    for _ in 0..CONNECTIONS {
        workers.spawn(work(
            Connection::new(service),
            waiting.clone(),
            Arc::clone(answers),
        ));
    }
    (queue, workers)
}

async fn work(mut connection: Connection, waiting: async_queue::Receiver, answers: Arc<Answers>) {
    while let Some(body) = async_queue::next(&waiting).await {
        let answer = connection.post("/api/v1/predict", body).await;
        answers.count(answer.ok().map(|(status, _)| status.as_u16()));
    }
}

/// A queue with many takers: tokio's has one, so they take turns at it.
mod async_queue {
    use super::{Arc, mpsc};
    use tokio::sync::Mutex;

    pub(super) type Sender = mpsc::Sender<Vec<u8>>;
    pub(super) type Receiver = Arc<Mutex<mpsc::Receiver<Vec<u8>>>>;

    pub(super) fn bounded(capacity: usize) -> (Sender, Receiver) {
        let (sender, receiver) = mpsc::channel(capacity);
        (sender, Arc::new(Mutex::new(receiver)))
    }

    pub(super) async fn next(receiver: &Receiver) -> Option<Vec<u8>> {
        receiver.lock().await.recv().await
    }
}
