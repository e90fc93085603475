use super::size::{MEGABYTE, TERABYTE};
use rust_decimal::Decimal;

/// The least that a query pays, in megabytes.
const LEAST: u64 = 10;

/// The bytes that a query of so many scanned bytes is billed for: whole megabytes, rounded up, and ten of them at
/// least (Athena's pricing page). What scans nothing, as DDL does, and what failed pays nothing; a cancelled
/// query pays for what it scanned.
pub fn athena_billed(scanned: u64) -> u64 {
    if scanned == 0 {
        return 0;
    }
    let megabytes = scanned.div_ceil(MEGABYTE).max(LEAST);
    megabytes.saturating_mul(MEGABYTE)
}

/// Billed bytes in the price list's terabytes.
pub fn athena_terabytes(billed: u64) -> Decimal {
    Decimal::from(billed) / Decimal::from(TERABYTE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cost::prices::{Allowances, PriceList, item};

    #[test]
    fn a_query_pays_whole_megabytes_and_ten_at_least() {
        assert_eq!(athena_billed(0), 0);
        assert_eq!(athena_billed(1), 10 * MEGABYTE);
        assert_eq!(athena_billed(10 * MEGABYTE), 10 * MEGABYTE);
        assert_eq!(athena_billed(10 * MEGABYTE + 1), 11 * MEGABYTE);
    }

    #[test]
    fn a_terabyte_costs_five_dollars() {
        let price = PriceList::built_in()
            .unwrap()
            .price(&item::ATHENA_SCAN)
            .unwrap();
        let cost = |scanned| price.cost(athena_terabytes(athena_billed(scanned)), Allowances::Used);
        assert_eq!(cost(TERABYTE).cents(), "5.00");
        assert_eq!(cost(1).to_string(), "less than $0.0001");
    }
}
