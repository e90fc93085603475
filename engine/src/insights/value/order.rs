use std::cmp::Ordering;

use super::{Number, Value, parse_number};

/// The order of `sort`, ascending: missing values, then values that are not numbers, then numbers.
/// (CloudWatch Logs user guide, `sort`: "updated natural sort".)
pub(in crate::insights) fn natural_order(a: &Value<'_>, b: &Value<'_>) -> Ordering {
    match (rank(a), rank(b)) {
        (Rank::Missing, Rank::Missing) => Ordering::Equal,
        (Rank::Word(a), Rank::Word(b)) => compare_words(a, b),
        (Rank::Number(x), Rank::Number(y)) => {
            x.compare(y).then_with(|| a.display().cmp(&b.display()))
        }
        (a, b) => a.index().cmp(&b.index()),
    }
}

/// The number by which `sort` ranks a value, if it ranks it as one.
pub(in crate::insights) fn sort_number(value: &Value<'_>) -> Option<Number> {
    match rank(value) {
        Rank::Number(number) => Some(number),
        Rank::Missing | Rank::Word(_) => None,
    }
}

enum Rank<'v> {
    Missing,
    Word(&'v str),
    Number(Number),
}

impl Rank<'_> {
    fn index(&self) -> u8 {
        match self {
            Self::Missing => 0,
            Self::Word(_) => 1,
            Self::Number(_) => 2,
        }
    }
}

fn rank<'v>(value: &'v Value<'_>) -> Rank<'v> {
    match value {
        Value::Null | Value::Structure(_) => Rank::Missing,
        Value::Text(text) if text.contains(['e', 'E']) => Rank::Word(text),
        Value::Text(text) => parse_number(text).map_or(Rank::Word(text), Rank::Number),
        Value::Written(text) => parse_number(text).map_or(Rank::Word(text), Rank::Number),
        Value::Integer(_) | Value::Float(_) | Value::Timestamp(_) => {
            value.number().map_or(Rank::Missing, Rank::Number)
        }
    }
}

fn compare_words(a: &str, b: &str) -> Ordering {
    let mut left = runs(a);
    let mut right = runs(b);
    loop {
        match (left.next(), right.next()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(x), Some(y)) => match compare_runs(x, y) {
                Ordering::Equal => {}
                unequal => return unequal,
            },
        }
    }
}

fn compare_runs(a: &str, b: &str) -> Ordering {
    if starts_with_digit(a) && starts_with_digit(b) {
        a.len().cmp(&b.len()).then_with(|| a.cmp(b))
    } else {
        a.cmp(b)
    }
}

/// The maximal stretches of digits and of other characters.
fn runs(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let digits = starts_with_digit(rest);
        let end = rest
            .find(|c: char| c.is_ascii_digit() != digits)
            .unwrap_or(rest.len());
        let (run, tail) = rest.split_at(end);
        rest = tail;
        Some(run)
    })
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_list_of_the_user_guide_is_in_order() {
        let listed = [
            "!:",
            "#",
            "*%04",
            "0#",
            "5A",
            "111A",
            "2345_",
            "@",
            "@_",
            "A",
            "A9876fghj",
            "a12345hfh",
            "0",
            "01",
            "1",
            "2",
            "3",
        ];
        for pair in listed.windows(2) {
            let [a, b] = [0, 1].map(|i| Value::Text(pair[i].into()));
            assert_eq!(natural_order(&a, &b), Ordering::Less, "{pair:?}");
        }
    }

    fn any_value() -> impl Strategy<Value = Value<'static>> {
        prop_oneof![
            Just(Value::Null),
            any::<i64>().prop_map(Value::Integer),
            any::<f64>().prop_map(Value::float),
            "[0-9a-c.]{0,4}".prop_map(Value::text),
        ]
    }

    proptest! {
        #[test]
        fn the_order_is_total(a in any_value(), b in any_value(), c in any_value()) {
            prop_assert_eq!(natural_order(&a, &b), natural_order(&b, &a).reverse());
            if natural_order(&a, &b).is_le() && natural_order(&b, &c).is_le() {
                prop_assert!(natural_order(&a, &c).is_le());
            }
        }
    }
}
