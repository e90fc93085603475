use super::choices::PERCENTILE_METHOD;
use super::distribution::Distribution;
use super::percentile::percentile;
use super::statistic::{Bounds, Statistic};

/// A statistic that needs the single values; `None` where nothing lies within its bounds.
pub(super) fn from_values(distribution: &Distribution, statistic: Statistic) -> Option<f64> {
    match statistic {
        Statistic::Percentile(p) => percentile(distribution, p, PERCENTILE_METHOD),
        Statistic::TrimmedCount(bounds) => Some(within(distribution, bounds).count),
        Statistic::TrimmedSum(bounds) => Some(within(distribution, bounds).sum),
        Statistic::TrimmedMean(bounds) => within(distribution, bounds).mean(),
        Statistic::PercentileRank(bounds) => {
            Some(within(distribution, bounds).count * 100.0 / total(distribution))
        }
        Statistic::WinsorizedMean(bounds) => winsorized(distribution, bounds),
        Statistic::SampleCount
        | Statistic::Average
        | Statistic::Sum
        | Statistic::Minimum
        | Statistic::Maximum => None,
    }
}

#[derive(Default)]
struct Totals {
    count: f64,
    sum: f64,
}

impl Totals {
    fn mean(&self) -> Option<f64> {
        (self.count > 0.0).then(|| self.sum / self.count)
    }
}

fn total(distribution: &Distribution) -> f64 {
    distribution.iter().map(|(_, weight)| weight).sum()
}

/// What lies within `bounds`. Between percentiles a sample on the edge counts in part, which is why AWS's
/// trimmed counts may be fractional.
fn within(distribution: &Distribution, bounds: Bounds) -> Totals {
    let total = total(distribution);
    let rank = |edge: Option<f64>, open: f64| edge.map_or(open, |p| p * total / 100.0);
    let (low, high) = (rank(bounds.low, 0.0), rank(bounds.high, total));
    let mut totals = Totals::default();
    let mut below = 0.0;
    for (value, weight) in distribution.iter() {
        let part = if bounds.percent {
            ((below + weight).min(high) - f64::max(below, low)).max(0.0)
        } else if is_between(value, bounds) {
            weight
        } else {
            0.0
        };
        totals.count += part;
        totals.sum += part * value;
        below += weight;
    }
    totals
}

fn is_between(value: f64, bounds: Bounds) -> bool {
    bounds.low.is_none_or(|low| value > low) && bounds.high.is_none_or(|high| value <= high)
}

fn winsorized(distribution: &Distribution, bounds: Bounds) -> Option<f64> {
    let edge = |edge: Option<f64>| match (edge, bounds.percent) {
        (Some(p), true) => percentile(distribution, p, PERCENTILE_METHOD),
        (edge, _) => edge,
    };
    let low = edge(bounds.low).unwrap_or(f64::NEG_INFINITY);
    let high = edge(bounds.high).unwrap_or(f64::INFINITY);
    let drawn = distribution
        .iter()
        .map(|(value, weight)| value.max(low).min(high) * weight);
    let totals = Totals {
        sum: drawn.sum(),
        count: total(distribution),
    };
    totals.mean()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_ten(statistic: &str) -> Option<f64> {
        let mut distribution = Distribution::default();
        (1..=10).for_each(|n| distribution.add(f64::from(n), 1.0));
        from_values(&distribution, Statistic::parse(statistic).unwrap())
    }

    #[test]
    fn trimming_takes_what_lies_within() {
        assert_eq!(of_ten("tm90"), Some(5.0));
        assert_eq!(of_ten("tc90"), Some(9.0));
        assert_eq!(of_ten("ts90"), Some(45.0));
        assert_eq!(of_ten("tc95"), Some(9.5));
        assert_eq!(of_ten("IQM"), Some(5.5));
        assert_eq!(of_ten("TM(2:4)"), Some(3.5));
        assert_eq!(of_ten("TM(20:)"), None);
    }

    #[test]
    fn the_lower_edge_of_a_rank_is_outside_and_the_upper_inside() {
        assert_eq!(of_ten("PR(:3)"), Some(30.0));
        assert_eq!(of_ten("PR(3:)"), Some(70.0));
        assert_eq!(of_ten("PR(3:5)"), Some(20.0));
    }

    #[test]
    fn winsorizing_draws_what_lies_beyond_to_the_edge() {
        assert_eq!(of_ten("WM(:8)"), Some(5.2));
        assert_eq!(of_ten("wm80"), Some(5.2));
    }
}
