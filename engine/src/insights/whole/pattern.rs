use super::{Running, Whole, set, value};
use crate::base::Millis;
use crate::insights::exec::Row;
use crate::insights::others::Cell;
use crate::insights::patterns::{Pattern as Found, cluster, severity};
use crate::insights::plan::Slot;
use crate::insights::value::Value;

/// The place of the masked text in the rows that come in.
pub(in crate::insights) const MASKED: Slot = 0;
/// The place of the number of its events.
pub(in crate::insights) const COUNT: Slot = 1;

/// Masked texts with their counts.
pub(in crate::insights) type Masked = Vec<(String, u64)>;

/// `pattern`: a row for each shape that texts share.
#[derive(Debug)]
pub(in crate::insights) struct Pattern {
    /// `@pattern`, `@ratio`, `@sampleCount`, `@severityLabel`
    pub(in crate::insights) columns: [Slot; 4],
}

impl Whole for Pattern {
    fn for_each_slot(&self, visit: &mut dyn FnMut(Slot)) {
        visit(MASKED);
        visit(COUNT);
    }

    /// The most frequent pattern first. Events without the text count for the ratio alone.
    fn apply(&self, rows: Vec<Row>, _: &mut Running<'_>) -> Vec<Row> {
        let total: u64 = rows.iter().map(count).sum();
        let texts = masked(rows)
            .into_iter()
            .map(|(text, count)| (text, [count, 0]));
        let mut found = cluster(texts.collect());
        found.sort_by(|a, b| b.counts.cmp(&a.counts).then_with(|| a.text.cmp(&b.text)));
        let row = |pattern: Found| {
            let [count, _] = pattern.counts;
            let values = [
                Value::text(pattern.text.clone()),
                ratio(count, total),
                number(count),
                Value::text(severity(&pattern.text)),
            ];
            new_row(self.columns.into_iter().zip(values))
        };
        found.into_iter().map(row).collect()
    }
}

/// `diff`: the patterns of two time ranges side by side.
#[derive(Debug)]
pub(in crate::insights) struct Diff {
    /// `@pattern`, `@sampleCount`, `@differenceEventCount`, `@differenceDescription`, `@severityLabel`
    pub(in crate::insights) columns: [Slot; 5],
    /// The texts of the range before.
    pub(in crate::insights) before: Cell<Masked>,
}

impl Whole for Diff {
    fn for_each_slot(&self, visit: &mut dyn FnMut(Slot)) {
        visit(MASKED);
        visit(COUNT);
    }

    /// The greatest difference first.
    fn apply(&self, rows: Vec<Row>, _: &mut Running<'_>) -> Vec<Row> {
        let now = masked(rows)
            .into_iter()
            .map(|(text, count)| (text, [count, 0]));
        let before = self.before.get().into_iter().flatten();
        let before = before.map(|(text, count)| (text.clone(), [0, *count]));
        let mut found = cluster(now.chain(before).collect());
        let difference = |pattern: &Found| pattern.counts[0].abs_diff(pattern.counts[1]);
        found.sort_by(|a, b| {
            let order = difference(b).cmp(&difference(a));
            order
                .then_with(|| b.counts.cmp(&a.counts))
                .then_with(|| a.text.cmp(&b.text))
        });
        let row = |pattern: Found| {
            let [now, before] = pattern.counts;
            let values = [
                Value::text(pattern.text.clone()),
                number(now),
                signed_difference(now, before),
                Value::text(description(now, before)),
                Value::text(severity(&pattern.text)),
            ];
            new_row(self.columns.into_iter().zip(values))
        };
        found.into_iter().map(row).collect()
    }
}

/// The texts of rows that have one.
pub(in crate::insights) fn masked(rows: Vec<Row>) -> Masked {
    let text = |row: Row| {
        let count = count(&row);
        let text = value(&row, MASKED).display()?.into_owned();
        Some((text, count))
    };
    rows.into_iter().filter_map(text).collect()
}

fn count(row: &Row) -> u64 {
    match value(row, COUNT) {
        Value::Integer(count) => u64::try_from(*count).unwrap_or(0),
        _ => 0,
    }
}

fn new_row(values: impl Iterator<Item = (Slot, Value<'static>)>) -> Row {
    let mut row = Row {
        values: Vec::new(),
        at: Millis(0),
        position: None,
    };
    for (slot, value) in values {
        set(&mut row, slot, value);
    }
    row
}

fn number(count: u64) -> Value<'static> {
    i64::try_from(count).map_or(Value::Null, Value::Integer)
}

/// With two decimals, as the guide shows it: `0.50`.
fn ratio(count: u64, total: u64) -> Value<'static> {
    let hundredths = (count.saturating_mul(200) + total) / total.saturating_mul(2).max(1);
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    Value::Written(text.into())
}

fn signed_difference(now: u64, before: u64) -> Value<'static> {
    let number = |count: u64| i64::try_from(count).ok();
    match (number(now), number(before)) {
        (Some(now), Some(before)) => Value::Integer(now - before),
        _ => Value::Null,
    }
}

fn description(now: u64, before: u64) -> String {
    match (now, before) {
        (_, 0) => "new pattern".to_owned(),
        (0, _) => "pattern not seen any more".to_owned(),
        _ if now == before => "same number of events".to_owned(),
        _ => {
            let percent = now.abs_diff(before).saturating_mul(100) / before;
            let word = if now > before { "more" } else { "fewer" };
            format!("{percent}% {word} events")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_has_two_decimals() {
        let text = |count, total| ratio(count, total).display().unwrap().into_owned();
        assert_eq!(text(1, 2), "0.50");
        assert_eq!(text(2, 3), "0.67");
        assert_eq!(text(3, 3), "1.00");
    }

    #[test]
    fn a_description_tells_new_from_gone() {
        assert_eq!(description(3, 0), "new pattern");
        assert_eq!(description(0, 3), "pattern not seen any more");
        assert_eq!(description(3, 2), "50% more events");
        assert_eq!(description(1, 2), "50% fewer events");
    }
}
