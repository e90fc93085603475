use rust_decimal::Decimal;

/// Bytes of a megabyte as AWS bills it. AWS counts in powers of two: its log example takes 1,024 GB for a TB, and
/// S3's price list says 2^30 bytes.
pub const MEGABYTE: u64 = 1 << 20;
/// Bytes of a gigabyte as AWS bills it.
pub const GIGABYTE: u64 = 1 << 30;
/// Bytes of a terabyte as AWS bills it.
pub const TERABYTE: u64 = 1 << 40;

/// Bytes in gigabytes.
pub fn gigabytes(bytes: Decimal) -> Decimal {
    bytes / Decimal::from(GIGABYTE)
}

/// Seconds in hours.
pub fn hours(seconds: Decimal) -> Decimal {
    seconds / Decimal::from(3600)
}
