use comfy_table::{CellAlignment, ContentArrangement, Table, presets};

/// A table with a header. Columns of numbers stand to the right; `width` wraps long cells.
pub fn table(columns: &[String], rows: &[Vec<Option<String>>], width: Option<u16>) -> String {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED);
    table.set_header(columns);
    for row in rows {
        table.add_row(row.iter().map(|cell| cell.as_deref().unwrap_or("")));
    }
    if let Some(width) = width {
        table.set_content_arrangement(ContentArrangement::Dynamic);
        table.set_width(width);
    }
    for (index, column) in table.column_iter_mut().enumerate() {
        if is_numeric(rows, index) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table.trim_fmt()
}

fn is_numeric(rows: &[Vec<Option<String>>], index: usize) -> bool {
    let mut cells = rows
        .iter()
        .filter_map(|row| row.get(index)?.as_deref())
        .peekable();
    cells.peek().is_some() && cells.all(|cell| cell.parse::<f64>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::table;

    #[test]
    fn numbers_stand_to_the_right_and_absent_cells_are_empty() {
        let columns = ["endpoint".to_owned(), "n".to_owned()];
        let cell = |text: &str| Some(text.to_owned());
        let rows = [vec![cell("/health"), cell("7")], vec![None, cell("12")]];
        insta::assert_snapshot!(table(&columns, &rows, None), @r###"
        ┌──────────┬────┐
        │ endpoint ┆  n │
        ╞══════════╪════╡
        │ /health  ┆  7 │
        │          ┆ 12 │
        └──────────┴────┘
        "###);
    }
}
