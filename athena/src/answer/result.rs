use crate::types::Type;

/// What Athena's GetQueryResults says about a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnInfo {
    /// Its name; `_col0` and so on where the query gives none.
    pub name: String,
    /// The type without sizes: `varchar`, `timestamp with time zone`.
    pub data_type: String,
    /// Digits of numbers, the greatest length of texts.
    pub precision: i32,
    /// Digits behind the point.
    pub scale: i32,
    /// Whether texts differ by case.
    pub case_sensitive: bool,
}

impl ColumnInfo {
    pub(super) fn new(name: String, of: &Type) -> Self {
        // The figures that Athena's JDBC metadata has for each type.
        let (precision, scale) = match of {
            Type::TinyInt => (3, 0),
            Type::SmallInt => (5, 0),
            Type::Integer => (10, 0),
            Type::BigInt => (19, 0),
            Type::Double => (17, 0),
            Type::Decimal(precision, scale) => (i32::from(*precision), i32::from(*scale)),
            Type::Varchar(None) => (i32::MAX, 0),
            Type::Varchar(Some(length)) => (i32::try_from(*length).unwrap_or(i32::MAX), 0),
            Type::Varbinary => (1_073_741_824, 0),
            Type::Timestamp(_) | Type::TimestampTz(_) => (3, 0),
            _ => (0, 0),
        };
        let case_sensitive = matches!(of, Type::Varchar(_));
        Self {
            name,
            data_type: of.base().to_owned(),
            precision,
            scale,
            case_sensitive,
        }
    }
}

/// What the query cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// The bytes that were read of objects, compressed if they are.
    pub scanned: u64,
}

/// Athena charges a query for whole megabytes, and for at least ten (Athena pricing).
const CHARGED: u64 = 1_000_000;
const LEAST_CHARGED: u64 = 10 * CHARGED;

impl Statistics {
    /// The bytes that Athena charges for: rounded up to the next megabyte, at least ten if any object was read.
    pub fn charged(&self) -> u64 {
        match self.scanned {
            0 => 0,
            scanned => scanned
                .div_ceil(CHARGED)
                .saturating_mul(CHARGED)
                .max(LEAST_CHARGED),
        }
    }
}

/// A query's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The columns, in order.
    pub columns: Vec<ColumnInfo>,
    /// The rows as texts; `None` is NULL.
    pub rows: Vec<Vec<Option<String>>>,
    /// What it cost.
    pub statistics: Statistics,
    /// What is to be said beside the result: where Athena approximates.
    pub notes: Vec<String>,
}
