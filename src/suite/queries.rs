use belfry_engine::diag::{Diagnostic, Span, has_errors, suite as codes};
use belfry_engine::insights;

use super::names::declared;
use super::section::Text;

/// A saved Logs Insights query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedQuery {
    /// The deployed name: the suite's name, a slash, the file's stem.
    pub name: String,
    /// The file's stem: what `belfry query` calls it.
    pub stem: String,
    /// What it answers; empty where the file does not say.
    pub description: String,
    /// Where it looks.
    pub log_groups: Vec<String>,
    /// The whole file, comments included: Logs Insights skips them, and whoever opens the query in the
    /// console reads them.
    pub text: String,
    /// The file, relative to the suite's folder.
    pub path: String,
}

impl SavedQuery {
    pub(super) fn read(
        cx: &mut Vec<Diagnostic>,
        suite: &str,
        stem: &str,
        path: &str,
        source: &str,
        known_groups: &[&str],
    ) -> Self {
        let header = Header::read(cx, source);
        for group in &header.log_groups {
            declared(cx, "log group", group, known_groups);
        }
        let mut log_groups: Vec<String> = header.log_groups.into_iter().map(|t| t.value).collect();
        let mut selects = false;
        match insights::compile(source) {
            Ok((query, warnings)) => {
                cx.extend(warnings);
                selects = query.source().is_some();
                if log_groups.is_empty() {
                    log_groups = query.source_groups().to_vec();
                }
            }
            Err(diagnostics) => cx.extend(diagnostics),
        }
        if log_groups.is_empty() && !selects && !has_errors(cx) {
            cx.push(
                Diagnostic::error(
                    &codes::HEADER,
                    Span::new(0, 0),
                    "the query names no log group",
                )
                .help("begin the file with `# log-groups: /name/of/the/group`"),
            );
        }
        Self {
            name: format!("{suite}/{stem}"),
            stem: stem.to_owned(),
            description: header.description,
            log_groups,
            text: source.trim_end().to_owned(),
            path: path.to_owned(),
        }
    }
}

/// The comments at the head of a query file.
#[derive(Debug, Default)]
struct Header {
    description: String,
    log_groups: Vec<Text>,
}

impl Header {
    fn read(cx: &mut Vec<Diagnostic>, source: &str) -> Self {
        let mut header = Self::default();
        let mut start = 0;
        for line in source.split_inclusive('\n') {
            let Some(comment) = line.trim_end().strip_prefix('#') else {
                break;
            };
            if let Some((key, value)) = comment.split_once(':') {
                let value_at = start + key.len() + 2;
                header.entry(cx, key.trim(), value, value_at, start);
            }
            start += line.len();
        }
        header
    }

    fn entry(
        &mut self,
        cx: &mut Vec<Diagnostic>,
        key: &str,
        value: &str,
        value_at: usize,
        line_at: usize,
    ) {
        match key {
            "description" => value.trim().clone_into(&mut self.description),
            "log-groups" => self.log_groups = list(value, value_at),
            // Any other comment with a colon is prose, unless it is nearly a key.
            other => {
                if let Some(near) =
                    belfry_engine::diag::nearest(other, ["description", "log-groups"])
                {
                    let at = Span::new(line_at, value_at);
                    let message = format!("unknown header `{other}`");
                    cx.push(
                        Diagnostic::error(&codes::HEADER, at, message)
                            .help(format!("a header with a similar name exists: `{near}`")),
                    );
                }
            }
        }
    }
}

/// The comma-separated texts of `value`, which stands at `at`.
fn list(value: &str, at: usize) -> Vec<Text> {
    let mut start = at;
    let mut texts = Vec::new();
    for part in value.split(',') {
        let name = part.trim();
        if !name.is_empty() {
            let from = start + part.len() - part.trim_start().len();
            texts.push(Text {
                value: name.to_owned(),
                at: Span::new(from, from + name.len()),
            });
        }
        start += part.len() + 1;
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_carries_description_and_log_groups_with_their_places() {
        let source = "# description: Errors.\n# log-groups: /a, /b\n# prose\nfields @message\n";
        let mut cx = Vec::new();
        let header = Header::read(&mut cx, source);
        assert_eq!(header.description, "Errors.");
        let found: Vec<_> = header
            .log_groups
            .iter()
            .map(|text| (text.value.as_str(), text.at.text(source)))
            .collect();
        assert_eq!(found, [("/a", "/a"), ("/b", "/b")]);
        assert!(cx.is_empty());
    }

    #[test]
    fn a_misspelt_header_is_not_taken_for_prose() {
        let mut cx = Vec::new();
        Header::read(&mut cx, "# log-group: /a\nfields @message");
        assert_eq!(cx[0].to_string(), "[S0111] unknown header `log-group`");
    }
}
