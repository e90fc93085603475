use belfry_engine::pattern::FilterPattern;

use super::Part;
use super::parts::{conditions, in_words, trimmed};

/// The conditions of a space-delimited pattern, each judged with all other fields left open. Where the line has not the
/// fields that the pattern names, that alone is said.
pub(super) fn parts(pattern: &str, start: usize, end: usize, message: &str) -> Vec<Part> {
    let fields = fields(pattern, start, end);
    let open = |judged: usize, text: &str| {
        let each = fields.iter().enumerate().map(|(place, field)| {
            if place == judged {
                text
            } else {
                field.open(pattern)
            }
        });
        format!("[{}]", each.collect::<Vec<_>>().join(", "))
    };
    let Ok(shape) = FilterPattern::parse(&open(usize::MAX, "")) else {
        return Vec::new();
    };
    if !shape.matches(message) {
        return vec![lacks_fields(pattern, (start, end), message)];
    }
    let mut parts = Vec::new();
    for (place, field) in fields.iter().enumerate() {
        for (start, end) in conditions(pattern, field.start, field.end) {
            let text = pattern.get(start..end).unwrap_or_default();
            if text == field.name || text == "..." {
                continue;
            }
            let Ok(alone) = FilterPattern::parse(&open(place, text)) else {
                continue;
            };
            parts.push(Part {
                text: text.to_owned(),
                start,
                end,
                holds: alone.matches(message),
                found: Some(in_words(
                    &shape.select(message, &format!("${}", field.name)),
                )),
            });
        }
    }
    parts
}

fn lacks_fields(pattern: &str, (start, end): (usize, usize), message: &str) -> Part {
    let all = FilterPattern::parse("[...]")
        .ok()
        .and_then(|all| all.extract(message));
    let count = all.map_or(0, |fields| fields.len());
    let text = pattern.get(start..end).unwrap_or_default().trim();
    Part {
        text: text.to_owned(),
        start,
        end,
        holds: false,
        found: Some(match count {
            1 => "one field".to_owned(),
            count => format!("{count} fields"),
        }),
    }
}

/// A field of the pattern: where it stands, and its name; empty where it has none.
struct Field {
    start: usize,
    end: usize,
    name: String,
}

impl Field {
    /// The field without its conditions.
    fn open<'p>(&'p self, pattern: &'p str) -> &'p str {
        match pattern.get(self.start..self.end) {
            Some("...") => "...",
            _ => &self.name,
        }
    }
}

/// Commas part fields, outside of quotes and regular expressions.
fn fields(pattern: &str, start: usize, end: usize) -> Vec<Field> {
    let inside = pattern.get(start..end).unwrap_or_default();
    let mut bounds = Vec::new();
    let mut from = start;
    let mut closing: Option<char> = None;
    for (at, letter) in inside.char_indices() {
        match closing {
            Some(mark) if letter == mark => closing = None,
            Some(_) => {}
            None if matches!(letter, '"' | '%') => closing = Some(letter),
            None if letter == ',' => {
                bounds.push((from, start + at));
                from = start + at + 1;
            }
            None => {}
        }
    }
    bounds.push((from, end));
    let field = |(start, end): (usize, usize)| {
        let (start, end) = trimmed(pattern, vec![(start, end)])
            .next()
            .unwrap_or((start, start));
        let text = pattern.get(start..end).unwrap_or_default();
        let name = text.trim_start_matches(['(', ' ']);
        let length = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        Field {
            start,
            end,
            name: name
                .get(..length.unwrap_or(name.len()))
                .unwrap_or_default()
                .to_owned(),
        }
    };
    bounds.into_iter().map(field).collect()
}
