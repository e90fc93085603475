use belfry_engine::diag::{Diagnostic, Span};
use toml::de::DeValue;

use crate::suite::section::{Section, span, wrong_type};

/// `rows = [["a", 1], …]`: texts, or numbers as they are written.
pub(super) fn read(
    cx: &mut Vec<Diagnostic>,
    section: &mut Section<'_>,
) -> Option<Vec<Vec<String>>> {
    let Some((at, value)) = section.value("rows") else {
        section.missing(cx, "rows", "a list of rows, which may be empty");
        return None;
    };
    let Some(rows) = value.as_array() else {
        wrong_type(cx, "rows", at, value, "a list of rows");
        return None;
    };
    let rows = rows.iter();
    rows.map(|row| one(cx, span(row.span()), row.get_ref()))
        .collect()
}

fn one(cx: &mut Vec<Diagnostic>, at: Span, row: &DeValue<'_>) -> Option<Vec<String>> {
    let Some(cells) = row.as_array() else {
        wrong_type(cx, "rows", at, row, "a list of rows, each a list of cells");
        return None;
    };
    let cells = cells.iter();
    cells
        .map(|cell| {
            let text = cell_text(cell.get_ref());
            if text.is_none() {
                let at = span(cell.span());
                wrong_type(cx, "rows", at, cell.get_ref(), "a text or a number");
            }
            text
        })
        .collect()
}

fn cell_text(cell: &DeValue<'_>) -> Option<String> {
    match cell {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) => Some(number.as_str().to_owned()),
        DeValue::Float(number) => Some(number.as_str().to_owned()),
        DeValue::Boolean(_) | DeValue::Datetime(_) | DeValue::Array(_) | DeValue::Table(_) => None,
    }
}
