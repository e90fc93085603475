use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table, Width, presets};

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

/// A table in parts: the first decides how wide its columns are, and on which side their cells stand.
pub(super) struct Frame {
    /// With the space beside the cells.
    widths: Vec<u16>,
    numeric: Vec<bool>,
    bottom: String,
}

impl Frame {
    /// The table of the first rows, without its lower border.
    pub(super) fn open(
        columns: &[String],
        rows: &[Vec<Option<String>>],
        width: Option<u16>,
    ) -> (Self, String) {
        let text = table(columns, rows, width);
        let (text, bottom) = text.rsplit_once('\n').unwrap_or_default();
        let spans = bottom.trim_matches(['└', '┘']).split('┴');
        let widths = spans.map(|span| u16::try_from(span.chars().count()).unwrap_or(u16::MAX));
        let frame = Self {
            widths: widths.collect(),
            numeric: (0..columns.len())
                .map(|index| is_numeric(rows, index))
                .collect(),
            bottom: bottom.to_owned(),
        };
        (frame, text.to_owned())
    }

    /// More rows, without borders above and below. What is too long for its column goes on in a line below.
    pub(super) fn more(&self, rows: &[Vec<Option<String>>]) -> String {
        let mut table = Table::new();
        table.load_style(presets::UTF8_FULL_CONDENSED);
        for row in rows {
            table.add_row(row.iter().map(|cell| cell.as_deref().unwrap_or("")));
        }
        for (index, column) in table.column_iter_mut().enumerate() {
            if let Some(width) = self.widths.get(index) {
                column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(*width)));
            }
            if self.numeric.get(index) == Some(&true) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        let text = table.trim_fmt();
        let inner = text.split_once('\n').map_or("", |(_, rest)| rest);
        let inner = inner.rsplit_once('\n').map_or("", |(rows, _)| rows);
        inner.to_owned()
    }

    /// The lower border.
    pub(super) fn bottom(&self) -> &str {
        &self.bottom
    }
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
