use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::{MissedTickBehavior, interval, sleep};

use super::batch::{Batcher, LogLine, split};

/// How long a line may wait for others. The awslogs driver waits 5 seconds; shorter, because a
/// person watches.
const FLUSH_EVERY: Duration = Duration::from_secs(1);

/// How often one batch is sent before it is given up.
const ATTEMPTS: u32 = 12;

/// Where batches go: a log stream, or a test's stand-in.
pub trait LogSink: Send {
    /// Delivers one batch. Gives how many of its events were refused (too old, too new).
    fn put(&mut self, batch: &[LogLine]) -> impl Future<Output = Result<usize, PutError>> + Send;
}

/// Why a batch was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PutError {
    /// In the service's words.
    pub message: String,
    /// Whether the same call may succeed later: throttling, a failing service, no connection.
    pub retry: bool,
}

/// What became of all lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shipped {
    /// Lines read, without empty ones, those cut in parts counted once for each part.
    pub lines: usize,
    /// Events stored.
    pub delivered: usize,
    /// Events refused for their time.
    pub rejected: usize,
    /// Events of batches that were given up.
    pub lost: usize,
    /// Calls that succeeded.
    pub calls: usize,
    /// Why the latest batch was given up.
    pub error: Option<String>,
}

impl Shipped {
    /// Adds what became of other lines.
    pub(super) fn join(&mut self, other: &Self) {
        self.lines += other.lines;
        self.delivered += other.delivered;
        self.rejected += other.rejected;
        self.lost += other.lost;
        self.calls += other.calls;
        if self.error.is_none() {
            self.error.clone_from(&other.error);
        }
    }
}

/// Ships lines as the awslogs driver does: in order, in batches within the limits of PutLogEvents,
/// one call at a time. While a call is under way lines wait in `lines`, whose bound makes the
/// writer wait in turn. Ends when `lines` does, with everything delivered or accounted for.
pub async fn ship(mut lines: mpsc::Receiver<LogLine>, sink: impl LogSink) -> Shipped {
    let mut shipper = Shipper {
        sink,
        shipped: Shipped::default(),
    };
    let mut batcher = Batcher::default();
    let mut flush = interval(FLUSH_EVERY);
    flush.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let line = tokio::select! {
            line = lines.recv() => line,
            _ = flush.tick() => {
                shipper.deliver(batcher.take()).await;
                continue;
            }
        };
        let Some(line) = line else { break };
        for part in split(line) {
            shipper.shipped.lines += usize::from(!part.message.is_empty());
            shipper.deliver(batcher.push(part)).await;
        }
    }
    shipper.deliver(batcher.take()).await;
    shipper.shipped
}

struct Shipper<S> {
    sink: S,
    shipped: Shipped,
}

impl<S: LogSink> Shipper<S> {
    async fn deliver(&mut self, batch: Option<Vec<LogLine>>) {
        let Some(batch) = batch else { return };
        match self.put(&batch).await {
            Ok(rejected) => {
                self.shipped.calls += 1;
                self.shipped.rejected += rejected;
                self.shipped.delivered += batch.len().saturating_sub(rejected);
            }
            Err(error) => {
                self.shipped.lost += batch.len();
                self.shipped.error = Some(error.message);
            }
        }
    }

    async fn put(&mut self, batch: &[LogLine]) -> Result<usize, PutError> {
        let mut attempt = 1;
        loop {
            match self.sink.put(batch).await {
                Err(error) if error.retry && attempt < ATTEMPTS => sleep(back_off(attempt)).await,
                outcome => return outcome,
            }
            attempt += 1;
        }
    }
}

/// 50 ms, then twice as long each time, at most 5 s.
fn back_off(attempt: u32) -> Duration {
    let doubled = 2_u64.saturating_pow(attempt.saturating_sub(1));
    Duration::from_millis(50_u64.saturating_mul(doubled).min(5_000))
}

#[cfg(test)]
mod tests {
    use super::*;
    use belfry_engine::base::Millis;
    use std::sync::{Arc, Mutex};

    /// Takes its time, and fails as told.
    #[derive(Clone, Default)]
    struct Slow {
        taken: Arc<Mutex<Vec<String>>>,
        failures: Arc<Mutex<Vec<PutError>>>,
    }

    impl LogSink for Slow {
        async fn put(&mut self, batch: &[LogLine]) -> Result<usize, PutError> {
            for _ in 0..50 {
                tokio::task::yield_now().await;
            }
            if let Some(failure) = self.failures.lock().unwrap().pop() {
                return Err(failure);
            }
            let messages = batch.iter().map(|line| line.message.clone());
            self.taken.lock().unwrap().extend(messages);
            Ok(0)
        }
    }

    fn failure(retry: bool) -> PutError {
        PutError {
            message: "Rate exceeded".to_owned(),
            retry,
        }
    }

    /// Ships `count` lines through a narrow channel.
    async fn ship_all(sink: &Slow, count: usize) -> Shipped {
        let (sender, lines) = mpsc::channel(4);
        let shipping = tokio::spawn(ship(lines, sink.clone()));
        for n in 0..count {
            let message = format!("line {n}");
            sender
                .send(LogLine {
                    at: Millis(0),
                    message,
                })
                .await
                .unwrap();
        }
        drop(sender);
        shipping.await.unwrap()
    }

    #[tokio::test]
    async fn everything_is_delivered_in_order_before_the_end_though_the_sink_is_slow() {
        let sink = Slow::default();
        let shipped = ship_all(&sink, 25_000).await;
        assert_eq!(
            (shipped.lines, shipped.delivered, shipped.lost),
            (25_000, 25_000, 0)
        );
        assert!(shipped.calls >= 3);
        let expected = (0..25_000).map(|n| format!("line {n}"));
        assert!(sink.taken.lock().unwrap().iter().cloned().eq(expected));
    }

    #[tokio::test]
    async fn throttled_calls_are_sent_again() {
        let sink = Slow::default();
        sink.failures
            .lock()
            .unwrap()
            .extend([failure(true), failure(true)]);
        let shipped = ship_all(&sink, 10).await;
        assert_eq!((shipped.delivered, shipped.lost), (10, 0));
    }

    #[tokio::test]
    async fn a_batch_that_can_never_succeed_is_counted_as_lost_with_the_reason() {
        let sink = Slow::default();
        sink.failures.lock().unwrap().push(failure(false));
        let shipped = ship_all(&sink, 10).await;
        assert_eq!(shipped.delivered + shipped.lost, 10);
        assert!(shipped.lost > 0);
        assert_eq!(shipped.error.as_deref(), Some("Rate exceeded"));
    }

    #[test]
    fn back_off_doubles_up_to_five_seconds() {
        let millis = [1, 2, 7, 8, 40].map(|attempt| back_off(attempt).as_millis());
        assert_eq!(millis, [50, 100, 3200, 5000, 5000]);
    }
}
