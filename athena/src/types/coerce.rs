use super::kind::Type;

/// A field of a row.
type Field = (Option<String>, Type);

/// The greatest precision of a decimal.
const MOST_DIGITS: u8 = 38;

/// Whether a value of one type becomes one of another by itself (Trino's TypeCoercion). A text never becomes a number.
pub(crate) fn can_become(from: &Type, to: &Type) -> bool {
    match (from, to) {
        _ if from == to => true,
        (Type::Unknown, _) => true,
        (Type::Varchar(_), Type::Varchar(None)) => true,
        (Type::Varchar(Some(from)), Type::Varchar(Some(to))) => from <= to,
        (Type::Date, Type::Timestamp(_) | Type::TimestampTz(_)) => true,
        (Type::Timestamp(from), Type::Timestamp(to) | Type::TimestampTz(to))
        | (Type::TimestampTz(from), Type::TimestampTz(to)) => from <= to,
        (Type::Array(from), Type::Array(to)) => can_become(from, to),
        (Type::Map(key, value), Type::Map(to_key, to_value)) => {
            can_become(key, to_key) && can_become(value, to_value)
        }
        (Type::Row(from), Type::Row(to)) => {
            let pairs = from.iter().zip(to);
            from.len() == to.len()
                && pairs.fold(true, |all, ((_, a), (_, b))| all && can_become(a, b))
        }
        _ => number_becomes(from, to),
    }
}

fn number_becomes(from: &Type, to: &Type) -> bool {
    if let (Some(from), Some(to)) = (from.width(), to.width()) {
        return from <= to;
    }
    match (from.as_decimal(), to) {
        (Some(_), Type::Double) => true,
        (Some((precision, scale)), Type::Decimal(to_precision, to_scale)) => {
            scale <= *to_scale && precision - scale <= to_precision - to_scale
        }
        _ => false,
    }
}

/// The type that both become; `None` where they have none in common.
pub(crate) fn common(one: &Type, other: &Type) -> Option<Type> {
    if can_become(one, other) {
        return Some(named(other, one));
    }
    if can_become(other, one) {
        return Some(named(one, other));
    }
    match (one, other) {
        (Type::Varchar(_), Type::Varchar(_)) => Some(Type::VARCHAR),
        (Type::Timestamp(a), Type::TimestampTz(b)) | (Type::TimestampTz(b), Type::Timestamp(a)) => {
            Some(Type::TimestampTz(*a.max(b)))
        }
        (Type::Array(one), Type::Array(other)) => common(one, other).map(Type::array),
        (Type::Map(key, value), Type::Map(other_key, other_value)) => Some(Type::map(
            common(key, other_key)?,
            common(value, other_value)?,
        )),
        (Type::Row(one), Type::Row(other)) if one.len() == other.len() => {
            let field = |((name, a), (other, b)): (&Field, &Field)| {
                let name = name.clone().filter(|name| other.as_ref() == Some(name));
                Some((name, common(a, b)?))
            };
            let fields: Option<Vec<_>> = one.iter().zip(other).map(field).collect();
            fields.map(Type::Row)
        }
        _ => {
            let (precision, scale) = one.as_decimal()?;
            let (other_precision, other_scale) = other.as_decimal()?;
            let whole = (precision - scale).max(other_precision - other_scale);
            let scale = scale.max(other_scale);
            Some(Type::Decimal((whole + scale).min(MOST_DIGITS), scale))
        }
    }
}

/// Rows that become each other keep a field's name only where both have it.
fn named(to: &Type, from: &Type) -> Type {
    match (to, from) {
        (Type::Row(to), Type::Row(from)) => {
            let field = |((name, of), (other, _)): (&Field, &Field)| {
                let name = name.clone().filter(|name| other.as_ref() == Some(name));
                (name, of.clone())
            };
            Type::Row(to.iter().zip(from).map(field).collect())
        }
        _ => to.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_have_in_common_what_trino_documents() {
        for (one, other, both) in [
            (Type::Integer, Type::BigInt, Some(Type::BigInt)),
            (
                Type::Integer,
                Type::Decimal(4, 1),
                Some(Type::Decimal(11, 1)),
            ),
            (Type::BigInt, Type::Double, Some(Type::Double)),
            (Type::Varchar(Some(3)), Type::VARCHAR, Some(Type::VARCHAR)),
            (Type::VARCHAR, Type::Integer, None),
            (Type::Boolean, Type::Integer, None),
            (
                Type::Timestamp(6),
                Type::TimestampTz(3),
                Some(Type::TimestampTz(6)),
            ),
            (Type::Date, Type::VARCHAR, None),
            (Type::Unknown, Type::Date, Some(Type::Date)),
        ] {
            assert_eq!(common(&one, &other), both, "{one} and {other}");
            assert_eq!(common(&other, &one), both, "{other} and {one}");
        }
    }
}
