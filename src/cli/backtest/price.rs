use crate::cli::CommandError;
use crate::report::dollars;

/// US dollars for a metric that GetMetricData is asked for: the list price of us-east-1, October 2026.
const DOLLARS_PER_METRIC: f64 = 0.01 / 1000.0;

/// Reads a limit in US dollars: `0.5`, `$0.50`.
pub(super) fn parse(text: &str) -> Result<f64, String> {
    let number = text.strip_prefix('$').unwrap_or(text).parse::<f64>();
    number
        .ok()
        .filter(|limit| limit.is_finite() && *limit > 0.0)
        .ok_or_else(|| format!("`{text}` is no price; expected US dollars above 0, such as 0.50"))
}

/// What so many requests for so many metrics cost by the list price.
pub(super) fn of_metrics(metrics: usize, requests: usize) -> f64 {
    let asked = u32::try_from(metrics.saturating_mul(requests)).unwrap_or(u32::MAX);
    f64::from(asked) * DOLLARS_PER_METRIC
}

/// Refuses what would cost more than `limit`.
pub(super) fn check(price: f64, limit: f64) -> Result<(), CommandError> {
    if price <= limit {
        return Ok(());
    }
    let (price, limit) = (dollars(price), dollars(limit));
    Err(CommandError::usage(format!(
        "reading would cost about {price} (estimate), more than --max-cost {limit}"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thousand_metrics_cost_a_cent() {
        assert_eq!(of_metrics(100, 10).to_string(), "0.01");
        let list = crate::cost::PriceList::built_in().unwrap();
        let listed = list
            .price(&crate::cost::prices::item::GET_METRIC_DATA)
            .unwrap();
        assert_eq!(listed.first_paid().dollars().to_string(), "0.01");
        assert!(check(0.5, 1.0).is_ok());
        assert!(check(1.5, 1.0).is_err());
    }
}
