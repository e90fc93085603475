use anstyle::AnsiColor;

use crate::cli::{CommandError, Context};

/// The error with the line that it is about, and a mark under its place: line and column, both counted from 1.
pub(super) fn marked(
    cx: &Context,
    error: CommandError,
    text: &str,
    (line, column): (usize, usize),
) -> CommandError {
    let shown = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
    let number = line.to_string();
    let (gap, before) = (
        " ".repeat(number.len()),
        " ".repeat(column.saturating_sub(1).min(shown.chars().count())),
    );
    let mark = match cx.err_coloured {
        true => {
            let style = AnsiColor::Red.on_default();
            format!("{style}^{style:#}")
        }
        false => "^".to_owned(),
    };
    error.rendered(format!(
        "{gap} |\n{number} | {shown}\n{gap} | {before}{mark}"
    ))
}

/// The place that Athena's words name: `line 1:23`.
pub(super) fn place(message: &str) -> Option<(usize, usize)> {
    let number = |text: &str| -> Option<usize> {
        let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().ok()
    };
    message.match_indices("line ").find_map(|(at, word)| {
        let (line, column) = message.get(at + word.len()..)?.split_once(':')?;
        let is_number = !line.is_empty() && line.bytes().all(|b| b.is_ascii_digit());
        Some((number(line).filter(|_| is_number)?, number(column)?))
    })
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn a_place_is_read_from_athenas_words() {
        assert_eq!(
            place("COLUMN_NOT_FOUND: line 2:14: Column 'x' cannot be resolved"),
            Some((2, 14))
        );
        assert_eq!(place("a line that ends: here, line 3:1"), Some((3, 1)));
        assert_eq!(place("Query exhausted resources"), None);
    }
}
