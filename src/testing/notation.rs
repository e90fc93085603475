use belfry_engine::diag::{Diagnostic, Span, test as codes};

use crate::suite::section::Text;

/// More values than any test needs; a misplaced `x` would otherwise fill the memory.
const MOST_VALUES: usize = 1_000_000;

/// Reads a series in expanding notation: `0x10 5 _ 7+1x3`. `None` is a period without a value.
pub(super) fn read(cx: &mut Vec<Diagnostic>, text: &Text, source: &str) -> Vec<Option<f64>> {
    let mut values = Vec::new();
    // Escapes would shift the places; the notation needs none, so a text with some is shown whole.
    let raw = text.at.text(source);
    let first = raw.find(&text.value).map(|quotes| text.at.start + quotes);
    let mut refuse = |word: &str, offset: usize, reason: String| {
        let at = first.map_or(text.at, |first| {
            Span::new(first + offset, first + offset + word.len())
        });
        cx.push(
            Diagnostic::error(&codes::NOTATION, at, reason)
                .help("write `5`, `_`, `5x10`, `_x3` or `7+2x3`, with spaces between"),
        );
    };
    let mut offset = 0;
    for piece in text.value.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        match expand(word) {
            _ if word.is_empty() => {}
            Ok(more) if values.len() + more.len() > MOST_VALUES => {
                let reason = format!("a series has at most {MOST_VALUES} values");
                refuse(word, offset, reason);
                return values;
            }
            Ok(more) => values.extend(more),
            Err(reason) => refuse(word, offset, reason),
        }
        offset += piece.len();
    }
    values
}

/// `7+2x3`: start, step, count.
fn expand(word: &str) -> Result<Vec<Option<f64>>, String> {
    let (body, count) = match word.rsplit_once('x') {
        None => (word, 1),
        Some((body, count)) => (body, number_of_values(word, count)?),
    };
    if body == "_" {
        return Ok(vec![None; count]);
    }
    let (start, step) = match step_at(body) {
        Some(at) if word.contains('x') => {
            let (start, step) = body.split_at(at);
            (number(word, start)?, number(word, step)?)
        }
        Some(_) => {
            return Err(format!(
                "`{word}` has a step and no number of values, such as `{word}x3`"
            ));
        }
        None => (number(word, body)?, 0.0),
    };
    let at = |place: u32| Some(start + step * f64::from(place));
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    Ok((0..count).map(at).collect())
}

/// Where the sign of the step stands: not the first character, and not that of an exponent.
fn step_at(body: &str) -> Option<usize> {
    let bytes = body.as_bytes();
    (1..bytes.len()).find(|at| {
        matches!(bytes.get(*at), Some(b'+' | b'-'))
            && !matches!(bytes.get(at - 1), Some(b'e' | b'E'))
    })
}

fn number_of_values(word: &str, count: &str) -> Result<usize, String> {
    let read = count.parse::<usize>().ok();
    let read = read.filter(|count| (1..=MOST_VALUES).contains(count));
    read.ok_or_else(|| {
        format!("`{word}`: after `x` stands how many values, from 1 to {MOST_VALUES}")
    })
}

fn number(word: &str, text: &str) -> Result<f64, String> {
    let read = text.parse::<f64>().ok().filter(|number| number.is_finite());
    read.ok_or_else(|| format!("`{word}` is no value: `{text}` is no number"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(text: &str) -> Vec<Option<f64>> {
        let words = text.split_whitespace();
        words.flat_map(|word| expand(word).unwrap()).collect()
    }

    #[test]
    fn the_number_after_x_counts_the_values() {
        assert_eq!(
            series("0x3 5"),
            [Some(0.0), Some(0.0), Some(0.0), Some(5.0)]
        );
        assert_eq!(series("7+1x3"), [Some(7.0), Some(8.0), Some(9.0)]);
        assert_eq!(series("7-2.5x2"), [Some(7.0), Some(4.5)]);
        assert_eq!(series("-1-1x2"), [Some(-1.0), Some(-2.0)]);
        assert_eq!(series("1e-3 1E+2+1x1"), [Some(0.001), Some(100.0)]);
        assert_eq!(series("_ _x2"), [None; 3]);
    }

    #[test]
    fn what_is_no_value_is_refused_with_its_place() {
        let source = r#"values = "1 2y3 _x0""#;
        let text = Text {
            value: "1 2y3 _x0".to_owned(),
            at: Span::new(9, 20),
        };
        let mut cx = Vec::new();
        assert_eq!(read(&mut cx, &text, source), [Some(1.0)]);
        let found: Vec<_> = cx.iter().map(|d| d.primary.span.text(source)).collect();
        assert_eq!(found, ["2y3", "_x0"]);
        for wrong in ["x3", "5x", "5x-1", "5+", "5+1", "nan", "inf", "_5", "1,2"] {
            assert!(expand(wrong).is_err(), "{wrong}");
        }
    }
}
