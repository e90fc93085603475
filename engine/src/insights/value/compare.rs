use std::cmp::Ordering;

use super::{Number, Value};

/// A comparison operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::insights) enum Comparison {
    /// `=` and `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `!=` where it holds for missing values
    NotEqualOrMissing,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

impl Comparison {
    fn holds(self, ordering: Ordering) -> bool {
        match self {
            Self::Equal => ordering.is_eq(),
            Self::NotEqual | Self::NotEqualOrMissing => ordering.is_ne(),
            Self::Less => ordering.is_lt(),
            Self::LessOrEqual => ordering.is_le(),
            Self::Greater => ordering.is_gt(),
            Self::GreaterOrEqual => ordering.is_ge(),
        }
    }
}

/// Whether `a op b` holds. A number against text that is not numeric is unequal and has no order; a
/// moment against text likewise, since Logs Insights does not filter by readable dates. With a map or list
/// every comparison is false (CloudWatch Logs user guide, structure types).
pub(in crate::insights) fn compare(op: Comparison, a: &Value<'_>, b: &Value<'_>) -> bool {
    match (a, b) {
        (Value::Null, _) | (_, Value::Null) => op == Comparison::NotEqualOrMissing,
        (Value::Structure(_), _) | (_, Value::Structure(_)) => false,
        (Value::Text(a), Value::Text(b)) => compare_texts(op, a, b),
        (Value::Timestamp(_), Value::Text(_)) | (Value::Text(_), Value::Timestamp(_)) => false,
        _ => match (a.number(), b.number()) {
            (Some(a), Some(b)) => op.holds(a.compare(b)),
            _ => matches!(op, Comparison::NotEqual | Comparison::NotEqualOrMissing),
        },
    }
}

fn compare_texts(op: Comparison, a: &str, b: &str) -> bool {
    if matches!(
        op,
        Comparison::Equal | Comparison::NotEqual | Comparison::NotEqualOrMissing
    ) {
        return op.holds(a.cmp(b));
    }
    op.holds(numbers(a, b).map_or_else(|| a.cmp(b), |(a, b)| a.compare(b)))
}

fn numbers(a: &str, b: &str) -> Option<(Number, Number)> {
    Some((super::parse_number(a)?, super::parse_number(b)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Millis;

    fn text(text: &str) -> Value<'_> {
        Value::Text(text.into())
    }

    #[test]
    fn a_missing_value_meets_no_comparison() {
        for op in [Comparison::Equal, Comparison::NotEqual, Comparison::Less] {
            assert!(!compare(op, &Value::Null, &text("x")), "{op:?}");
        }
    }

    #[test]
    fn a_list_meets_no_comparison() {
        let list = Value::Structure(super::super::Structure::list([]));
        for op in [Comparison::Equal, Comparison::NotEqual] {
            assert!(!compare(op, &list, &list) && !compare(op, &list, &text("[]")));
        }
    }

    #[test]
    fn numeric_text_equals_the_number_it_spells() {
        assert!(compare(
            Comparison::Equal,
            &text("200"),
            &Value::Integer(200)
        ));
        assert!(compare(Comparison::Greater, &text("1000"), &text("9")));
        assert!(!compare(Comparison::Equal, &text("1.0"), &text("1")));
    }

    #[test]
    fn a_number_and_a_word_are_unequal_and_have_no_order() {
        assert!(compare(
            Comparison::NotEqual,
            &Value::Integer(1),
            &text("one")
        ));
        assert!(!compare(Comparison::Less, &Value::Integer(1), &text("one")));
    }

    #[test]
    fn a_moment_compares_with_milliseconds_but_not_with_text() {
        let at = Value::Timestamp(Millis(5));
        assert!(compare(Comparison::GreaterOrEqual, &at, &Value::Integer(5)));
        assert!(!compare(Comparison::NotEqual, &at, &text("1970-01-01")));
    }
}
