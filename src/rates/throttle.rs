use std::collections::BTreeMap;

use belfry_engine::base::Millis;

use super::rate;

/// Which calls come more often than AWS takes them: a bucket of tokens for each operation in a region, which holds
/// what a second gives and fills at the rate.
#[derive(Clone, Debug)]
pub struct Throttle {
    times: u32,
    buckets: BTreeMap<(String, String, String), Bucket>,
}

#[derive(Clone, Copy, Debug)]
struct Bucket {
    tokens: f64,
    at: Millis,
}

impl Throttle {
    /// At `times` the rates that AWS publishes.
    pub fn new(times: u32) -> Self {
        Self {
            times: times.max(1),
            buckets: BTreeMap::new(),
        }
    }

    /// Whether a call `now` is taken; it counts if it is.
    pub fn takes(&mut self, service: &str, region: &str, operation: &str, now: Millis) -> bool {
        let Some(rate) = rate(service, operation) else {
            return true;
        };
        let per_second = f64::from(rate.per_second) * f64::from(self.times);
        let key = (service.to_owned(), region.to_owned(), operation.to_owned());
        let bucket = self.buckets.entry(key).or_insert(Bucket {
            tokens: per_second,
            at: now,
        });
        let passed = u32::try_from(now.0.saturating_sub(bucket.at.0)).unwrap_or_default();
        let filled = bucket.tokens + per_second * f64::from(passed) / 1000.0;
        bucket.tokens = filled.min(per_second);
        bucket.at = now;
        let is_taken = bucket.tokens >= 1.0;
        if is_taken {
            bucket.tokens -= 1.0;
        }
        is_taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_takes_as_many_calls_as_the_rate_says() {
        let mut throttle = Throttle::new(1);
        let mut put = |at| throttle.takes("monitoring", "us-east-1", "PutMetricAlarm", Millis(at));
        let first: Vec<bool> = (0..4).map(|_| put(0)).collect();
        assert_eq!(first, [true, true, true, false]);
        assert!(!put(300));
        assert!(put(400));
        assert!(!put(500));
        assert!(put(10_000));
    }

    #[test]
    fn regions_and_operations_are_counted_apart() {
        let mut throttle = Throttle::new(1);
        for region in ["a", "b"] {
            for operation in ["PutMetricAlarm", "DeleteAlarms"] {
                for _ in 0..3 {
                    assert!(throttle.takes("monitoring", region, operation, Millis(0)));
                }
            }
        }
        assert!((0..1000).all(|_| throttle.takes("logs", "a", "PutLogEvents", Millis(0))));
    }
}
