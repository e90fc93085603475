use belfry_engine::insights::Statistics;

/// US dollars for a gigabyte that Logs Insights scans: the list price of us-east-1, October 2026. Other
/// regions ask a little more, and the five free gigabytes of a month are not taken off: an estimate.
const DOLLARS_PER_GIGABYTE: f64 = 0.005;
const BYTES_PER_GIGABYTE: f64 = 1_073_741_824.0;

/// What a scan costs by the list price.
pub(super) fn of_scan(statistics: &Statistics) -> f64 {
    // Exact below 2^32 gigabytes.
    let gigabytes = format!("{}", statistics.bytes_scanned)
        .parse()
        .unwrap_or(0.0)
        / BYTES_PER_GIGABYTE;
    gigabytes * DOLLARS_PER_GIGABYTE
}

/// Reads a limit in US dollars: `0.5`, `$0.50`.
pub(in crate::cli) fn parse(text: &str) -> Result<f64, String> {
    let number = text.strip_prefix('$').unwrap_or(text).parse::<f64>();
    number
        .ok()
        .filter(|limit| limit.is_finite() && *limit > 0.0)
        .ok_or_else(|| format!("`{text}` is no price; expected US dollars above 0, such as 0.50"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gigabyte_costs_half_a_cent() {
        let statistics = Statistics {
            bytes_scanned: 1 << 30,
            ..Statistics::default()
        };
        assert_eq!(of_scan(&statistics).to_string(), "0.005");
        let list = crate::cost::PriceList::built_in().unwrap();
        let listed = list.price(&crate::cost::prices::item::LOG_SCAN).unwrap();
        assert_eq!(
            listed.first_paid().dollars().to_string(),
            DOLLARS_PER_GIGABYTE.to_string()
        );
        assert_eq!(parse("$0.50"), Ok(0.5));
        for wrong in ["0", "-1", "cheap", "inf"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
