use std::collections::BTreeMap;

use belfry_engine::diag::{Diagnostic, Span, suite as codes};

use super::variables::{Places, substitute_placed};

/// A named query of Athena: a file of `queries/athena/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AthenaQuery {
    /// The deployed name: the suite's name, a slash, the file's stem.
    pub name: String,
    /// The file's stem.
    pub stem: String,
    /// What it answers; empty where the file does not say.
    pub description: String,
    /// The whole file with its variables replaced, comments included.
    pub text: String,
    /// The file, relative to the suite's folder.
    pub path: String,
    places: Places,
}

/// The longest text of a query, and of its name and description (API reference of CreateNamedQuery).
const LONGEST: usize = 262_144;
const LONGEST_NAME: usize = 128;
const LONGEST_DESCRIPTION: usize = 1024;

impl AthenaQuery {
    pub(super) fn read(
        cx: &mut Vec<Diagnostic>,
        (suite, stem, path): (&str, &str, &str),
        source: &str,
        variables: &BTreeMap<String, String>,
    ) -> Self {
        let (text, places) = substitute_placed(cx, source.trim_end(), 0, variables, str::to_owned);
        let name = format!("{suite}/{stem}");
        let description = description(source);
        let lengths = [
            ("text", text.chars().count(), LONGEST),
            ("name", name.chars().count(), LONGEST_NAME),
            (
                "description",
                description.chars().count(),
                LONGEST_DESCRIPTION,
            ),
        ];
        for (what, length, most) in lengths
            .into_iter()
            .filter(|(_, length, most)| length > most)
        {
            let message = format!("the query's {what} is {length} characters long, {most} fit");
            cx.push(Diagnostic::error(
                &codes::TOO_LONG,
                Span::new(0, 0),
                message,
            ));
        }
        if text
            .lines()
            .all(|line| line.trim().is_empty() || line.trim_start().starts_with("--"))
        {
            let message = "the file holds no query";
            cx.push(Diagnostic::error(&codes::HEADER, Span::new(0, 0), message));
        }
        Self {
            name,
            stem: stem.to_owned(),
            description,
            text,
            path: path.to_owned(),
            places,
        }
    }

    /// Where in the file a stretch of the text comes from.
    pub fn in_file(&self, span: Span) -> Span {
        self.places.origin(span)
    }

    /// The examples behind `-- parameter:` at the head, as Athena takes them: texts in quotes.
    pub fn examples(&self) -> Vec<String> {
        let comments = self.text.lines().map_while(|line| line.strip_prefix("--"));
        let entries = comments.filter_map(|comment| comment.trim().strip_prefix("parameter:"));
        entries
            .map(|entry| example(entry.trim()).to_owned())
            .collect()
    }
}

/// The value before the remark: `'a, b', what it is`.
fn example(entry: &str) -> &str {
    let end = match entry.strip_prefix('\'') {
        Some(text) => text.find('\'').map(|end| end + 2),
        None => entry.find(','),
    };
    let value = end.and_then(|end| entry.get(..end)).unwrap_or(entry);
    value.trim_end()
}

/// What stands behind `-- description:` among the comments at the head.
fn description(source: &str) -> String {
    let comments = source.lines().map_while(|line| line.strip_prefix("--"));
    let mut entries = comments.filter_map(|comment| comment.split_once(':'));
    let found = entries.find(|(key, _)| key.trim() == "description");
    found
        .map(|(_, value)| value.trim().to_owned())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_a_query_with_its_description_and_variables() {
        let variables = BTreeMap::from([("table".to_owned(), "alb".to_owned())]);
        let mut cx = Vec::new();
        let source = "-- description: Errors: all of them.\nSELECT * FROM ${table}\n";
        let query = AthenaQuery::read(&mut cx, ("s", "errors", "q"), source, &variables);
        assert!(cx.is_empty());
        assert_eq!(
            (query.name.as_str(), query.description.as_str()),
            ("s/errors", "Errors: all of them.")
        );
        assert!(query.text.ends_with("SELECT * FROM alb"));
        let source = "-- parameter: 'a, b', a text\n-- parameter: 7, a number\nSELECT ?, ?";
        let query = AthenaQuery::read(&mut cx, ("s", "two", "q"), source, &variables);
        assert_eq!(query.examples(), ["'a, b'", "7"]);
        AthenaQuery::read(&mut cx, ("s", "none", "q"), "-- only\n", &variables);
        assert_eq!(cx[0].code.name, "S0111");
    }
}
