use super::choices::PercentileMethod;
use super::distribution::Distribution;

/// Guards ranks against the rounding of `p * n / 100`.
const EPSILON: f64 = 1e-9;

/// The `p`-th percentile (0 to 100); `None` of nothing.
pub(super) fn percentile(
    distribution: &Distribution,
    p: f64,
    method: PercentileMethod,
) -> Option<f64> {
    let total: f64 = distribution.iter().map(|(_, weight)| weight).sum();
    match method {
        PercentileMethod::NearestRank => at_rank(distribution, p * total / 100.0),
        PercentileMethod::Linear => {
            let position = (p * (total - 1.0) / 100.0).max(0.0);
            let low = at_rank(distribution, position.floor() + 1.0)?;
            let high = at_rank(distribution, (position.floor() + 2.0).min(total))?;
            Some(low + (high - low) * position.fract())
        }
    }
}

/// The least value up to which at least `rank` samples lie.
fn at_rank(distribution: &Distribution, rank: f64) -> Option<f64> {
    let mut below = 0.0;
    let mut last = None;
    for (value, weight) in distribution.iter() {
        below += weight;
        last = Some(value);
        if below + EPSILON * below.max(1.0) >= rank {
            break;
        }
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn distribution(values: &[f64]) -> Distribution {
        let mut distribution = Distribution::default();
        values.iter().for_each(|v| distribution.add(*v, 1.0));
        distribution
    }

    #[test]
    fn percentile_of_one_value_is_that_value() {
        for method in [PercentileMethod::NearestRank, PercentileMethod::Linear] {
            for p in [0.0, 50.0, 100.0] {
                assert_eq!(percentile(&distribution(&[7.0]), p, method), Some(7.0));
            }
        }
    }

    #[test]
    fn the_two_methods_differ_between_samples() {
        let ten: Vec<f64> = (1..=10).map(f64::from).collect();
        let ten = distribution(&ten);
        let nearest = |p| percentile(&ten, p, PercentileMethod::NearestRank).unwrap();
        assert_eq!(
            [nearest(0.0), nearest(10.0), nearest(90.0), nearest(90.1)],
            [1.0, 1.0, 9.0, 10.0]
        );
        let linear = percentile(&ten, 95.0, PercentileMethod::Linear).unwrap();
        assert!((linear - 9.55).abs() < 1e-9);
    }

    proptest! {
        #[test]
        fn a_percentile_lies_between_the_least_and_the_greatest(
            values in prop::collection::vec(0.0..1e6f64, 1..60), p in 0.0..=100.0f64, linear: bool,
        ) {
            let method = if linear { PercentileMethod::Linear } else { PercentileMethod::NearestRank };
            let found = percentile(&distribution(&values), p, method).unwrap();
            let least = values.iter().copied().fold(f64::INFINITY, f64::min);
            let greatest = values.iter().copied().fold(0.0, f64::max);
            prop_assert!(least <= found && found <= greatest);
        }
    }
}
