use std::hash::{Hash, Hasher};
use std::sync::Arc;

use super::decimal::Decimal;
use super::order;
use super::zone::Zone;

/// A value. Its type says how it is to be read: a whole number may be of four types, a decimal of any scale.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Null,
    Boolean(bool),
    /// tinyint to bigint
    Whole(i64),
    Double(f64),
    Decimal(Decimal),
    Varchar(Arc<str>),
    Varbinary(Arc<[u8]>),
    /// Days since 1970.
    Date(i32),
    /// Microseconds since 1970, without a zone.
    Timestamp(i64),
    /// Microseconds since 1970 in UTC.
    TimestampTz(i64, Zone),
    /// Milliseconds.
    IntervalDay(i64),
    /// Months.
    IntervalMonth(i64),
    /// As IPv6; IPv4 is mapped.
    IpAddress(Arc<[u8; 16]>),
    IpPrefix(Arc<([u8; 16], u8)>),
    Array(Arc<[Self]>),
    /// In the order of their making.
    Map(Arc<[(Self, Self)]>),
    Row(Arc<[Self]>),
}

impl Value {
    pub(crate) fn text(text: &str) -> Self {
        Self::Varchar(Arc::from(text))
    }

    pub(crate) fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The text of a varchar; empty for others, which the types rule out.
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Varchar(text) => text,
            _ => "",
        }
    }

    /// A whole number; 0 for others, which the types rule out.
    pub(crate) fn as_whole(&self) -> i64 {
        match self {
            Self::Whole(number) | Self::IntervalDay(number) | Self::IntervalMonth(number) => {
                *number
            }
            _ => 0,
        }
    }

    pub(crate) fn as_double(&self) -> f64 {
        match self {
            Self::Double(number) => *number,
            _ => 0.0,
        }
    }

    pub(crate) fn as_decimal(&self) -> i128 {
        match self {
            Self::Decimal(number) => number.units(),
            _ => 0,
        }
    }

    pub(crate) fn is_true(&self) -> bool {
        matches!(self, Self::Boolean(true))
    }

    pub(crate) fn items(&self) -> &[Self] {
        match self {
            Self::Array(items) | Self::Row(items) => items,
            _ => &[],
        }
    }

    pub(crate) fn entries(&self) -> &[(Self, Self)] {
        match self {
            Self::Map(entries) => entries,
            _ => &[],
        }
    }

    pub(crate) fn decimal(units: i128) -> Self {
        Self::Decimal(Decimal::of(units))
    }

    pub(crate) fn array(items: Vec<Self>) -> Self {
        Self::Array(items.into())
    }
}

/// Whether they are not distinct: NULL is NULL, NaN is NaN. This is what grouping asks.
impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        order::same(self, other)
    }
}

impl Eq for Value {}

impl Hash for Value {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Self::Null => state.write_u8(0),
            Self::Boolean(value) => value.hash(state),
            Self::Whole(value)
            | Self::Timestamp(value)
            | Self::TimestampTz(value, _)
            | Self::IntervalDay(value)
            | Self::IntervalMonth(value) => value.hash(state),
            // Both zeros are one value, and so are all that are no number.
            Self::Double(value) if value.is_nan() => f64::NAN.to_bits().hash(state),
            Self::Double(value) => (value + 0.0).to_bits().hash(state),
            Self::Decimal(value) => value.units().hash(state),
            Self::Varchar(text) => text.hash(state),
            Self::Varbinary(bytes) => bytes.hash(state),
            Self::Date(days) => days.hash(state),
            Self::IpAddress(address) => address.hash(state),
            Self::IpPrefix(prefix) => prefix.hash(state),
            Self::Array(items) | Self::Row(items) => items.hash(state),
            // Entries may stand in any order.
            Self::Map(entries) => entries.len().hash(state),
        }
    }
}
