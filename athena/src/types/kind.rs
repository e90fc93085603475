use std::fmt;

/// A type of Trino.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    /// Of NULL.
    Unknown,
    Boolean,
    TinyInt,
    SmallInt,
    Integer,
    BigInt,
    Double,
    /// Precision and scale.
    Decimal(u8, u8),
    /// With the greatest length, if there is one.
    Varchar(Option<u32>),
    Varbinary,
    Date,
    /// With the digits behind the seconds, 0 to 6.
    Timestamp(u8),
    TimestampTz(u8),
    IntervalDay,
    IntervalMonth,
    IpAddress,
    IpPrefix,
    Array(Box<Self>),
    Map(Box<Self>, Box<Self>),
    /// Fields with their names, if they have any.
    Row(Vec<(Option<String>, Self)>),
}

impl Type {
    pub(crate) const VARCHAR: Self = Self::Varchar(None);

    pub(crate) fn array(of: Self) -> Self {
        Self::Array(Box::new(of))
    }

    pub(crate) fn map(key: Self, value: Self) -> Self {
        Self::Map(Box::new(key), Box::new(value))
    }

    /// tinyint, smallint, integer, bigint.
    pub(crate) fn is_whole(&self) -> bool {
        self.width().is_some()
    }

    /// The bits of a whole number's type.
    pub(crate) fn width(&self) -> Option<u32> {
        match self {
            Self::TinyInt => Some(8),
            Self::SmallInt => Some(16),
            Self::Integer => Some(32),
            Self::BigInt => Some(64),
            _ => None,
        }
    }

    pub(crate) fn is_number(&self) -> bool {
        self.is_whole() || matches!(self, Self::Double | Self::Decimal(..))
    }

    /// The decimal type that holds a whole number or decimal.
    pub(crate) fn as_decimal(&self) -> Option<(u8, u8)> {
        Some(match self {
            Self::TinyInt => (3, 0),
            Self::SmallInt => (5, 0),
            Self::Integer => (10, 0),
            Self::BigInt => (19, 0),
            Self::Decimal(precision, scale) => (*precision, *scale),
            _ => return None,
        })
    }

    /// Whether `<` and ORDER BY know it.
    pub(crate) fn is_orderable(&self) -> bool {
        match self {
            Self::Map(..) => false,
            Self::Array(of) => of.is_orderable(),
            Self::Row(fields) => fields.iter().all(|(_, of)| of.is_orderable()),
            _ => true,
        }
    }

    /// The name without sizes, as Athena's ColumnInfo has it.
    pub(crate) fn base(&self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Boolean => "boolean",
            Self::TinyInt => "tinyint",
            Self::SmallInt => "smallint",
            Self::Integer => "integer",
            Self::BigInt => "bigint",
            Self::Double => "double",
            Self::Decimal(..) => "decimal",
            Self::Varchar(_) => "varchar",
            Self::Varbinary => "varbinary",
            Self::Date => "date",
            Self::Timestamp(_) => "timestamp",
            Self::TimestampTz(_) => "timestamp with time zone",
            Self::IntervalDay => "interval day to second",
            Self::IntervalMonth => "interval year to month",
            Self::IpAddress => "ipaddress",
            Self::IpPrefix => "ipprefix",
            Self::Array(_) => "array",
            Self::Map(..) => "map",
            Self::Row(_) => "row",
        }
    }
}

impl fmt::Display for Type {
    /// As Trino's messages write it.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Decimal(precision, scale) => write!(out, "decimal({precision},{scale})"),
            Self::Varchar(Some(length)) => write!(out, "varchar({length})"),
            Self::Timestamp(digits) => write!(out, "timestamp({digits})"),
            Self::TimestampTz(digits) => write!(out, "timestamp({digits}) with time zone"),
            Self::Array(of) => write!(out, "array({of})"),
            Self::Map(key, value) => write!(out, "map({key}, {value})"),
            Self::Row(fields) => {
                let field = |(name, of): &(Option<String>, Self)| match name {
                    Some(name) => format!("{name} {of}"),
                    None => of.to_string(),
                };
                let fields: Vec<String> = fields.iter().map(field).collect();
                write!(out, "row({})", fields.join(", "))
            }
            _ => out.write_str(self.base()),
        }
    }
}
