use belfry_engine::diag::Span;
use toml::de::{DeTable, DeValue};

use crate::suite::section::span;

/// Where `key` of the table of list `list` stands that begins at `at` or around it; a key that is not there, or
/// stands in `metric`, is looked for there, and at last the table's name stands for it.
pub(super) fn of_key(source: &str, list: &str, at: Span, key: &str) -> Span {
    let (document, _) = DeTable::parse_recoverable(source);
    let tables = document.get_ref().get(list).map(|list| list.get_ref());
    let tables = tables.and_then(DeValue::as_array);
    let found = tables.into_iter().flat_map(|tables| tables.iter());
    let mut tables = found.filter_map(|table| table.get_ref().as_table());
    let table = tables.find(|table| {
        let name = table.get("name").map(|name| span(name.span()));
        name == Some(at)
    });
    table.and_then(|table| in_table(table, key)).unwrap_or(at)
}

fn in_table(table: &DeTable<'_>, key: &str) -> Option<Span> {
    if let Some((name, value)) = table.get_key_value(key) {
        return Some(span(name.span()).to(span(value.span())));
    }
    let metric = table.get("metric")?.get_ref().as_table()?;
    let (name, value) = metric.get_key_value(key)?;
    Some(span(name.span()).to(span(value.span())))
}
