use belfry_engine::base::Millis;

use super::refusals::{coded, not_found};
use super::store::AthenaStore;
use crate::endpoint::{Document, Fault, Input};

/// A query with `?` in it, under a name of its workgroup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PreparedStatement {
    pub(super) name: String,
    pub(super) workgroup: String,
    pub(super) text: String,
    pub(super) description: Option<String>,
    pub(super) modified: Millis,
}

impl PreparedStatement {
    pub(super) fn show(&self) -> Document {
        Document::structure([
            ("StatementName", Document::from(&self.name)),
            ("QueryStatement", Document::from(&self.text)),
            ("WorkGroupName", Document::from(&self.workgroup)),
            ("Description", self.description.clone().into()),
            ("LastModifiedTime", self.modified.into()),
        ])
    }
}

/// The longest text of a query.
pub(super) const LONGEST_QUERY: usize = 262_144;

/// `StatementName`: a letter or `_`, then letters, digits, `_`, `@` and `:`, up to 256 in all.
pub(super) fn name<'a>(input: &Input<'a>) -> Result<&'a str, Fault> {
    let name = input.required_str("StatementName")?;
    let first = name
        .bytes()
        .next()
        .is_some_and(|b| b.is_ascii_alphabetic() || b == b'_');
    let rest = name
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b"_@:".contains(&b));
    match first && rest && name.len() <= 256 {
        true => Ok(name),
        false => Err(input.constraint(
            "StatementName",
            name,
            "Member must satisfy regular expression pattern: [a-zA-Z_][a-zA-Z0-9_@:]{1,256}",
        )),
    }
}

/// The statement of a workgroup.
pub(super) fn find<'a>(
    store: &'a mut AthenaStore,
    workgroup: &str,
    name: &str,
) -> Result<&'a mut PreparedStatement, Fault> {
    let key = (workgroup.to_owned(), name.to_owned());
    let found = store.prepared.get_mut(&key);
    found.ok_or_else(|| {
        let message = format!("PreparedStatement {name} was not found in workGroup {workgroup}");
        not_found(message, name)
    })
}

/// What `EXECUTE name [USING value, …]` runs: the statement's text, and the values of its `?`. Nothing for other texts.
pub(super) fn executed(
    store: &AthenaStore,
    workgroup: &str,
    text: &str,
) -> Result<Option<(String, Vec<String>)>, Fault> {
    let Some((name, values)) = read_execute(text) else {
        return Ok(None);
    };
    let found = store.prepared.get(&(workgroup.to_owned(), name.to_owned()));
    let found = found.ok_or_else(|| {
        let message = format!("PreparedStatement {name} was not found in workGroup {workgroup}");
        coded("INVALID_INPUT", message)
    })?;
    Ok(Some((found.text.clone(), values)))
}

fn read_execute(text: &str) -> Option<(&str, Vec<String>)> {
    let text = text.trim().trim_end_matches(';').trim_end();
    let rest = after_word(text, "EXECUTE")?;
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let (name, rest) = rest.split_at_checked(end)?;
    let name = name.trim_matches('"');
    match after_word(rest, "USING") {
        Some(values) => Some((name, divided(values))),
        None => rest.trim().is_empty().then(|| (name, Vec::new())),
    }
}

/// What follows a word and blanks, where the text begins with them.
fn after_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let (first, rest) = text.trim_start().split_at_checked(word.len())?;
    let blank = rest.starts_with(char::is_whitespace);
    (blank && first.eq_ignore_ascii_case(word)).then(|| rest.trim_start())
}

/// The texts between commas that stand in no quotes and no brackets.
fn divided(values: &str) -> Vec<String> {
    let (mut depth, mut quoted) = (0_i32, None);
    let parts = values.split(move |letter: char| {
        match (quoted, letter) {
            (Some(quote), _) if quote == letter => quoted = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quoted = Some(letter),
            (None, '(' | '[') => depth += 1,
            (None, ')' | ']') => depth -= 1,
            (None, _) => {}
        }
        letter == ',' && quoted.is_none() && depth == 0
    });
    parts.map(|part| part.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn execute_names_a_statement_and_its_values() {
        let values = |values: &[&str]| values.iter().map(ToString::to_string).collect::<Vec<_>>();
        let text = "execute by_id\n USING 'a, ''b', greatest(1, 2), ARRAY[3, 4];";
        let expected = values(&["'a, ''b'", "greatest(1, 2)", "ARRAY[3, 4]"]);
        assert_eq!(read_execute(text), Some(("by_id", expected)));
        assert_eq!(read_execute("EXECUTE \"x\""), Some(("x", vec![])));
        for text in ["EXECUTED x", "SELECT 1", "EXECUTE a b", "EXECUTE"] {
            assert_eq!(read_execute(text), None, "{text}");
        }
    }
}
