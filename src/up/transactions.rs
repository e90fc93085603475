/// One row of the sample.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Row {
    pub(super) customer_id: &'static str,
    pub(super) merchant_name: &'static str,
    pub(super) location: &'static str,
    /// Above zero.
    pub(super) amount: f64,
}

/// Real transactions, see `sample/SOURCE.md`. Embedded, so that the tool is one file.
const SAMPLE: &str = include_str!("sample/transactions.tsv");

/// All rows in the order in which they happened.
pub(super) fn rows() -> Vec<Row> {
    SAMPLE.lines().skip(1).filter_map(row).collect()
}

fn row(line: &'static str) -> Option<Row> {
    let mut cells = line.split('\t');
    Some(Row {
        customer_id: cells.next()?,
        merchant_name: cells.next()?,
        location: cells.next()?,
        amount: cells.next()?.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::{SAMPLE, rows};

    #[test]
    fn every_line_of_the_sample_is_a_transaction() {
        let rows = rows();
        assert_eq!(rows.len(), SAMPLE.lines().count() - 1);
        assert_eq!(rows.len(), 1611);
        assert!(rows.iter().all(|row| row.amount > 0.0));
    }

    #[test]
    fn no_merchant_is_named_after_the_label() {
        assert!(!SAMPLE.contains("fraud"));
    }
}
