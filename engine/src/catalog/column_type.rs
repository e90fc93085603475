use std::fmt;

/// The type of a column in Athena's data definition language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnType {
    /// `string`, `int`, `bigint`, … as [`ColumnType::PLAIN`] names them.
    Plain(&'static str),
    /// `decimal(precision, scale)`.
    Decimal(u8, u8),
    /// `char(length)`, 1 to 255.
    Char(u16),
    /// `varchar(length)`, 1 to 65535.
    Varchar(u16),
    /// `array<item>`.
    Array(Box<Self>),
    /// `map<key,value>`; keys are plain.
    Map(Box<Self>, Box<Self>),
    /// `struct<name:type,…>`.
    Struct(Vec<(String, Self)>),
}

impl ColumnType {
    /// The types without parameters ("Data types in Amazon Athena"). `integer` is a type of queries only.
    pub const PLAIN: &'static [&'static str] = &[
        "boolean",
        "tinyint",
        "smallint",
        "int",
        "bigint",
        "float",
        "double",
        "string",
        "binary",
        "date",
        "timestamp",
    ];

    /// `string`.
    pub const STRING: Self = Self::Plain("string");
}

/// As the catalogue keeps it: small letters, no blanks.
impl fmt::Display for ColumnType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain(name) => f.write_str(name),
            Self::Decimal(precision, scale) => write!(f, "decimal({precision},{scale})"),
            Self::Char(length) => write!(f, "char({length})"),
            Self::Varchar(length) => write!(f, "varchar({length})"),
            Self::Array(item) => write!(f, "array<{item}>"),
            Self::Map(key, value) => write!(f, "map<{key},{value}>"),
            Self::Struct(fields) => {
                f.write_str("struct<")?;
                for (index, (name, kind)) in fields.iter().enumerate() {
                    let comma = if index == 0 { "" } else { "," };
                    write!(f, "{comma}{name}:{kind}")?;
                }
                f.write_str(">")
            }
        }
    }
}
