use std::io::{self, Write};

/// One line of RFC 4180: a cell in quotes where it holds a comma, a quote or a line's end. An absent
/// cell is empty.
pub(super) fn line<'a>(
    out: &mut dyn Write,
    cells: impl Iterator<Item = Option<&'a str>>,
) -> io::Result<()> {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            out.write_all(b",")?;
        }
        let cell = cell.unwrap_or_default();
        if cell.contains([',', '"', '\n', '\r']) {
            write!(out, "\"{}\"", cell.replace('"', "\"\""))?;
        } else {
            out.write_all(cell.as_bytes())?;
        }
    }
    out.write_all(b"\r\n")
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn a_cell_with_a_comma_or_a_quote_stands_in_quotes() {
        let mut out = Vec::new();
        let cells = [Some("a,b"), None, Some("say \"x\"")];
        line(&mut out, cells.into_iter()).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "\"a,b\",,\"say \"\"x\"\"\"\r\n"
        );
    }
}
