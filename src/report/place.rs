/// Line and column of a byte, both from 1; columns count characters.
pub(in crate::report) fn line_and_column(source: &str, byte: usize) -> (usize, usize) {
    let before = source.get(..source.floor_char_boundary(byte.min(source.len())));
    let before = before.unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = before.matches('\n').count() + 1;
    let column = before.get(line_start..).unwrap_or_default().chars().count() + 1;
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::line_and_column;

    #[test]
    fn lines_and_columns_count_from_one() {
        assert_eq!(line_and_column("ab\nçd", 0), (1, 1));
        assert_eq!(line_and_column("ab\nçd", 5), (2, 2));
        assert_eq!(line_and_column("ab", 99), (1, 3));
    }
}
