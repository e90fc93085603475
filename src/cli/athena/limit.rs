use super::Arguments;
use super::write::{LEAST_DOLLARS, scan_for};
use crate::cli::CommandError;

/// How much a query may scan, and the flag that says so.
#[derive(Debug)]
pub(super) struct Limit {
    pub(super) bytes: u64,
    /// `--cutoff 1000` or `--max-cost $0.50`.
    pub(super) flag: String,
}

impl Limit {
    /// The lower of the two flags, where there is one.
    pub(super) fn of(arguments: &Arguments) -> Result<Option<Self>, CommandError> {
        let bytes = arguments.cutoff.map(|bytes| Self {
            bytes,
            flag: format!("--cutoff {bytes}"),
        });
        let cost = arguments.max_cost.map(|most| match most >= LEAST_DOLLARS {
            true => Ok(Self {
                bytes: scan_for(most),
                flag: format!("--max-cost {most}"),
            }),
            false => Err(CommandError::usage(format!(
                "--max-cost {most} is less than the smallest query costs: Athena charges for at least 10 MB, ${LEAST_DOLLARS}"
            ))),
        });
        let both = [bytes, cost.transpose()?];
        Ok(both.into_iter().flatten().min_by_key(|limit| limit.bytes))
    }

    /// Whether so many bytes are more.
    pub(super) fn is_over(&self, scanned: u64) -> bool {
        scanned > self.bytes
    }
}
