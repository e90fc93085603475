use belfry_engine::catalog::ColumnType;

use super::kind::Type;
use crate::refusal::{Judged, Refusal};
use crate::sql::ast::{TypeArgument, TypeName};

/// The most digits behind the seconds that are kept here; Trino keeps 12.
const MOST_FRACTION: u32 = 6;

/// Types that Trino has and this crate has not.
const OTHERS: [&str; 12] = [
    "real",
    "char",
    "json",
    "time",
    "time with time zone",
    "uuid",
    "hyperloglog",
    "qdigest",
    "tdigest",
    "p4hyperloglog",
    "geometry",
    "sphericalgeography",
];

const SIMPLE: [(&str, Type); 17] = [
    ("boolean", Type::Boolean),
    ("tinyint", Type::TinyInt),
    ("smallint", Type::SmallInt),
    ("integer", Type::Integer),
    ("int", Type::Integer),
    ("bigint", Type::BigInt),
    ("double", Type::Double),
    ("varchar", Type::VARCHAR),
    ("varbinary", Type::Varbinary),
    ("date", Type::Date),
    ("timestamp", Type::Timestamp(3)),
    ("timestamp with time zone", Type::TimestampTz(3)),
    ("interval day to second", Type::IntervalDay),
    ("interval year to month", Type::IntervalMonth),
    ("ipaddress", Type::IpAddress),
    ("ipprefix", Type::IpPrefix),
    ("decimal", Type::Decimal(38, 0)),
];

/// The type that a query names.
pub(crate) fn of_name(name: &TypeName) -> Judged<Type> {
    let simple = SIMPLE.iter().find(|(of, _)| *of == name.name);
    match (simple, name.arguments.as_slice()) {
        (Some((_, of)), []) => Ok(of.clone()),
        (Some((_, of)), arguments) => sized(name, of, arguments),
        (None, arguments) => composed(name, arguments),
    }
}

fn sized(name: &TypeName, of: &Type, arguments: &[TypeArgument]) -> Judged<Type> {
    match (of, arguments) {
        (Type::Varchar(_), [TypeArgument::Number(length)]) => Ok(Type::Varchar(Some(*length))),
        (Type::Decimal(..), [TypeArgument::Number(precision)]) => decimal(name, *precision, 0),
        (Type::Decimal(..), [TypeArgument::Number(precision), TypeArgument::Number(scale)]) => {
            decimal(name, *precision, *scale)
        }
        (Type::Timestamp(_) | Type::TimestampTz(_), [TypeArgument::Number(digits)]) => {
            let small = u8::try_from(*digits)
                .ok()
                .filter(|_| *digits <= MOST_FRACTION);
            let Some(digits) = small else {
                let message = format!(
                    "timestamps of {digits} digits behind the seconds are not supported here"
                );
                return Err(Refusal::unsupported(name.at, message).help("up to 6 digits are"));
            };
            Ok(match of {
                Type::Timestamp(_) => Type::Timestamp(digits),
                _ => Type::TimestampTz(digits),
            })
        }
        _ => Err(unknown(name)),
    }
}

fn decimal(name: &TypeName, precision: u32, scale: u32) -> Judged<Type> {
    let sizes = (u8::try_from(precision), u8::try_from(scale));
    match sizes {
        (Ok(precision @ 1..=38), Ok(scale)) if scale <= precision => {
            Ok(Type::Decimal(precision, scale))
        }
        (Ok(1..=38), _) => {
            let message =
                format!("DECIMAL scale must be in range [0, precision ({precision})]: {scale}");
            Err(Refusal::athena(
                "INVALID_FUNCTION_ARGUMENT",
                name.at,
                message,
            ))
        }
        _ => {
            let message = format!("DECIMAL precision must be in range [1, 38]: {precision}");
            Err(Refusal::athena(
                "INVALID_FUNCTION_ARGUMENT",
                name.at,
                message,
            ))
        }
    }
}

fn composed(name: &TypeName, arguments: &[TypeArgument]) -> Judged<Type> {
    match (name.name.as_str(), arguments) {
        ("array", [TypeArgument::Type(None, of)]) => of_name(of).map(Type::array),
        (
            "map",
            [
                TypeArgument::Type(None, key),
                TypeArgument::Type(None, value),
            ],
        ) => Ok(Type::map(of_name(key)?, of_name(value)?)),
        ("row", [_, ..]) => {
            let field = |argument: &TypeArgument| match argument {
                TypeArgument::Type(field, of) => {
                    Ok((field.as_ref().map(|field| field.text.clone()), of_name(of)?))
                }
                TypeArgument::Number(_) => Err(unknown(name)),
            };
            let fields: Judged<Vec<_>> = arguments.iter().map(field).collect();
            fields.map(Type::Row)
        }
        (other, _) if OTHERS.contains(&other) => Err(Refusal::unsupported(
            name.at,
            format!("the type `{other}` is not supported here"),
        )),
        _ => Err(unknown(name)),
    }
}

fn unknown(name: &TypeName) -> Box<Refusal> {
    let known = SIMPLE.map(|(of, _)| of);
    let near = belfry_engine::diag::nearest(&name.name, known);
    let refusal = Refusal::athena(
        "TYPE_NOT_FOUND",
        name.at,
        format!("Unknown type: {}", name.name),
    );
    match near {
        _ if name.name == "string" => {
            refusal.help("queries call it `varchar`; only DDL says `string`")
        }
        Some(near) => refusal.help(format!("there is a type `{near}`")),
        None => refusal,
    }
}

/// The type that queries see of a column; the name of the type where it is not supported.
pub(crate) fn of_hive(of: &ColumnType) -> Result<Type, String> {
    let plain = |name: &str| {
        let found = PLAIN.iter().find(|(of, _)| *of == name);
        found.map(|(_, found)| found.clone())
    };
    let found = match of {
        ColumnType::Plain(name) => plain(name),
        ColumnType::Decimal(precision, scale) => Some(Type::Decimal(*precision, *scale)),
        ColumnType::Varchar(length) => Some(Type::Varchar(Some(u32::from(*length)))),
        ColumnType::Char(_)
        | ColumnType::Array(_)
        | ColumnType::Map(..)
        | ColumnType::Struct(_) => None,
    };
    found.ok_or_else(|| of.to_string())
}

/// The column types without sizes that queries see; `float` and `binary` are not supported.
const PLAIN: &[(&str, Type)] = &[
    ("boolean", Type::Boolean),
    ("tinyint", Type::TinyInt),
    ("smallint", Type::SmallInt),
    ("int", Type::Integer),
    ("bigint", Type::BigInt),
    ("double", Type::Double),
    ("string", Type::VARCHAR),
    ("date", Type::Date),
    ("timestamp", Type::Timestamp(3)),
];
