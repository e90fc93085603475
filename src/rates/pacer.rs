use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

use tokio::time::Instant;

use super::rate;

/// Holds calls back so that no operation is called more often than AWS takes it: the calls of one operation in one
/// region go out evenly, however many wait.
#[derive(Debug)]
pub struct Pacer {
    times: u32,
    /// Of each operation, when the next call may go out.
    free: Mutex<BTreeMap<(String, String, String), Instant>>,
}

impl Pacer {
    /// At `times` the rates that AWS publishes.
    pub fn new(times: u32) -> Self {
        Self {
            times: times.max(1),
            free: Mutex::default(),
        }
    }

    /// Waits for the turn of a call. Operations without a published rate do not wait.
    pub async fn wait(&self, service: &str, region: &str, operation: &str) {
        let Some(rate) = rate(service, operation) else {
            return;
        };
        let between = Duration::from_secs(1) / rate.per_second.saturating_mul(self.times);
        let turn = self.turn((service, region, operation), between);
        tokio::time::sleep_until(turn).await;
    }

    fn turn(&self, (service, region, operation): (&str, &str, &str), between: Duration) -> Instant {
        let key = (service.to_owned(), region.to_owned(), operation.to_owned());
        let now = Instant::now();
        let Ok(mut free) = self.free.lock() else {
            return now;
        };
        let next = free.entry(key).or_insert(now);
        let turn = (*next).max(now);
        *next = turn + between;
        turn
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_of_one_operation_take_turns_and_others_do_not_wait_for_them() {
        let pacer = Pacer::new(1);
        let third = Duration::from_secs(1) / 3;
        let put = |region| pacer.turn(("monitoring", region, "PutMetricAlarm"), third);
        let first = put("us-east-1");
        assert_eq!(put("us-east-1"), first + third);
        assert_eq!(put("us-east-1"), first + third * 2);
        assert!(put("eu-west-1") < first + third);
    }
}
