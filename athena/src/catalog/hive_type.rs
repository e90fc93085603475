use std::fmt;

/// A column type of Athena's DDL, which is Hive's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HiveType {
    /// `boolean`
    Boolean,
    /// `tinyint`
    TinyInt,
    /// `smallint`
    SmallInt,
    /// `int`, `integer`
    Int,
    /// `bigint`
    BigInt,
    /// `float`
    Float,
    /// `double`
    Double,
    /// `decimal(precision, scale)`
    Decimal(u8, u8),
    /// `string`
    String,
    /// `varchar(length)`
    Varchar(u32),
    /// `char(length)`
    Char(u32),
    /// `date`
    Date,
    /// `timestamp`
    Timestamp,
    /// `binary`
    Binary,
    /// `array<…>`
    Array(Box<Self>),
    /// `map<…,…>`
    Map(Box<Self>, Box<Self>),
    /// `struct<name:type,…>`
    Struct(Vec<(String, Self)>),
}

/// A text that is no type of Athena's DDL.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{text}` is no column type of Athena's DDL; expected boolean, tinyint, smallint, int, bigint, float, double, decimal(p,s), string, varchar(n), char(n), date, timestamp, binary, array<…>, map<…,…> or struct<…>"
)]
pub struct HiveTypeError {
    /// What was found.
    pub text: String,
}

impl HiveType {
    /// Reads a type as DDL writes it; blanks and capitals do not matter.
    pub fn parse(text: &str) -> Result<Self, HiveTypeError> {
        let plain: String = text.chars().filter(|at| !at.is_whitespace()).collect();
        let plain = plain.to_ascii_lowercase();
        Self::read(&plain).ok_or_else(|| HiveTypeError {
            text: text.trim().to_owned(),
        })
    }

    fn read(text: &str) -> Option<Self> {
        if let Some(inside) = inside(text, "array<", '>') {
            return Some(Self::Array(Box::new(Self::read(inside)?)));
        }
        if let Some(inside) = inside(text, "map<", '>') {
            let parts = divide(inside);
            let [key, value] = parts.as_slice() else {
                return None;
            };
            return Some(Self::Map(
                Box::new(Self::read(key)?),
                Box::new(Self::read(value)?),
            ));
        }
        if let Some(inside) = inside(text, "struct<", '>') {
            let field = |part: &&str| {
                let (name, of) = part.split_once(':')?;
                Some((name.to_owned(), Self::read(of)?))
            };
            let fields: Option<Vec<_>> = divide(inside).iter().map(field).collect();
            return fields.map(Self::Struct);
        }
        Self::sized(text).or_else(|| Self::simple(text))
    }

    fn sized(text: &str) -> Option<Self> {
        if let Some(inside) = inside(text, "decimal(", ')') {
            let (precision, scale) = inside.split_once(',').unwrap_or((inside, "0"));
            let (precision, scale) = (precision.parse().ok()?, scale.parse().ok()?);
            let fits = (1..=38).contains(&precision) && scale <= precision;
            return fits.then_some(Self::Decimal(precision, scale));
        }
        if let Some(inside) = inside(text, "varchar(", ')') {
            let length = inside.parse().ok()?;
            return (1..=65_535)
                .contains(&length)
                .then_some(Self::Varchar(length));
        }
        let length = inside(text, "char(", ')')?.parse().ok()?;
        (1..=255).contains(&length).then_some(Self::Char(length))
    }

    fn simple(text: &str) -> Option<Self> {
        Some(match text {
            "boolean" => Self::Boolean,
            "tinyint" => Self::TinyInt,
            "smallint" => Self::SmallInt,
            "int" | "integer" => Self::Int,
            "bigint" => Self::BigInt,
            "float" => Self::Float,
            "double" => Self::Double,
            "decimal" => Self::Decimal(10, 0),
            "string" => Self::String,
            "date" => Self::Date,
            "timestamp" => Self::Timestamp,
            "binary" => Self::Binary,
            _ => return None,
        })
    }
}

fn inside<'t>(text: &'t str, before: &str, behind: char) -> Option<&'t str> {
    text.strip_prefix(before)?.strip_suffix(behind)
}

/// The parts between commas that stand in no brackets.
fn divide(text: &str) -> Vec<&str> {
    let mut depth = 0_u32;
    let parts = text.split(move |at: char| {
        match at {
            '<' | '(' => depth += 1,
            '>' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        at == ',' && depth == 0
    });
    parts.collect()
}

impl fmt::Display for HiveType {
    /// As the catalogue writes it: `array<string>`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Boolean => out.write_str("boolean"),
            Self::TinyInt => out.write_str("tinyint"),
            Self::SmallInt => out.write_str("smallint"),
            Self::Int => out.write_str("int"),
            Self::BigInt => out.write_str("bigint"),
            Self::Float => out.write_str("float"),
            Self::Double => out.write_str("double"),
            Self::Decimal(precision, scale) => write!(out, "decimal({precision},{scale})"),
            Self::String => out.write_str("string"),
            Self::Varchar(length) => write!(out, "varchar({length})"),
            Self::Char(length) => write!(out, "char({length})"),
            Self::Date => out.write_str("date"),
            Self::Timestamp => out.write_str("timestamp"),
            Self::Binary => out.write_str("binary"),
            Self::Array(of) => write!(out, "array<{of}>"),
            Self::Map(key, value) => write!(out, "map<{key},{value}>"),
            Self::Struct(fields) => {
                let fields: Vec<String> = fields
                    .iter()
                    .map(|(name, of)| format!("{name}:{of}"))
                    .collect();
                write!(out, "struct<{}>", fields.join(","))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_print_as_the_catalogue_writes_them_and_read_back() {
        for (text, printed) in [
            ("STRING", "string"),
            ("integer", "int"),
            ("decimal( 10 , 2 )", "decimal(10,2)"),
            (
                "map<string, array<struct<a:int,b:varchar(3)>>>",
                "map<string,array<struct<a:int,b:varchar(3)>>>",
            ),
        ] {
            let of = HiveType::parse(text).unwrap();
            assert_eq!(of.to_string(), printed);
            assert_eq!(HiveType::parse(printed).unwrap(), of);
        }
    }

    #[test]
    fn what_is_no_type_is_named() {
        for text in [
            "strng",
            "decimal(39,1)",
            "array<>",
            "map<string>",
            "varchar(0)",
            "",
        ] {
            assert!(HiveType::parse(text).is_err(), "{text}");
        }
    }
}
