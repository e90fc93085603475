use crate::refusal::{By, Judged, Refusal};
use crate::types::Type;
use crate::value::{Value, compare};

/// The most values that Trino keeps.
const MOST: i64 = 10_000;

fn wanted(count: Option<&Value>, name: &str) -> Judged<usize> {
    let count = count.map_or(0, Value::as_whole);
    if count <= 0 || count > MOST {
        let message = format!(
            "third argument of {name} must be a positive integer of at most {MOST}: {count}"
        );
        return Err(Refusal::argument(message));
    }
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

/// The first values by an order, the greatest first where `greatest`. NULLs among what they are found by are left out.
fn first(
    rows: &[&[Value]],
    (by, count): (usize, usize),
    greatest: bool,
    name: &str,
) -> Judged<Value> {
    let mut kept: Vec<&&[Value]> = rows
        .iter()
        .filter(|row| row.get(by).is_some_and(|value| !value.is_null()))
        .collect();
    let Some(row) = kept.first() else {
        return Ok(Value::Null);
    };
    let most = wanted(row.get(count), name)?;
    let key = |row: &&[Value]| row.get(by).cloned().unwrap_or(Value::Null);
    kept.sort_by(|one, other| {
        let order = compare(&key(one), &key(other));
        if greatest { order.reverse() } else { order }
    });
    let values = kept.into_iter().take(most);
    Ok(Value::array(
        values.filter_map(|row| row.first().cloned()).collect(),
    ))
}

/// `max(x, n)`
pub(super) fn greatest(rows: &[&[Value]], _: &Type) -> Judged<Value> {
    first(rows, (0, 1), true, "max")
}

/// `min(x, n)`
pub(super) fn least(rows: &[&[Value]], _: &Type) -> Judged<Value> {
    first(rows, (0, 1), false, "min")
}

/// `max_by(x, y, n)`
pub(super) fn by_greatest(rows: &[&[Value]], _: &Type) -> Judged<Value> {
    first(rows, (1, 2), true, "max_by")
}

/// `min_by(x, y, n)`
pub(super) fn by_least(rows: &[&[Value]], _: &Type) -> Judged<Value> {
    first(rows, (1, 2), false, "min_by")
}

/// `numeric_histogram(buckets, x)` where no two values need to share a bucket: how they are then put together depends on
/// the order in which Athena reads them.
pub(super) fn numeric_histogram(rows: &[&[Value]], _: &Type) -> Judged<Value> {
    let buckets = rows
        .first()
        .and_then(|row| row.first())
        .map_or(0, Value::as_whole);
    let mut values: Vec<f64> = rows
        .iter()
        .filter_map(|row| row.get(1).filter(|value| !value.is_null()))
        .map(Value::as_double)
        .collect();
    values.sort_by(f64::total_cmp);
    if values.is_empty() {
        return Ok(Value::Null);
    }
    if buckets < 2 {
        return Err(Refusal::argument(
            "numeric_histogram bucket count must be greater than one",
        ));
    }
    let mut entries: Vec<(Value, Value)> = Vec::new();
    for same in values.chunk_by(|one, other| one == other) {
        let count = same.iter().map(|_| 1.0).sum();
        let value = same.first().copied().unwrap_or_default();
        entries.push((Value::Double(value), Value::Double(count)));
    }
    if entries.len() > usize::try_from(buckets).unwrap_or(usize::MAX) {
        let mut refusal = Refusal::value(
            "NOT_SUPPORTED",
            format!(
                "numeric_histogram of {} different values in {buckets} buckets is an approximation that is not known here",
                entries.len()
            ),
        );
        refusal.by = By::Belfry;
        return Err(refusal.help("more buckets than different values, or width_bucket"));
    }
    Ok(Value::Map(entries.into()))
}
