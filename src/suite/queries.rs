use belfry_engine::diag::{Diagnostic, Span, has_errors, suite as codes};
use belfry_engine::insights::{self, Parameter};

use super::names::declared;
use super::query_header::Header;

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
    /// What the text takes: each `{{name}}` in it.
    pub parameters: Vec<Parameter>,
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
        let definition = insights::SavedQuery {
            name: format!("{suite}/{stem}"),
            text: source.trim_end().to_owned(),
            parameters: header.parameters,
        };
        match insights::compile_saved(&definition, &[]) {
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
            name: definition.name,
            stem: stem.to_owned(),
            description: header.description,
            log_groups,
            parameters: definition.parameters,
            text: definition.text,
            path: path.to_owned(),
        }
    }

    /// What other queries call: the name, the text and the parameters.
    pub fn definition(&self) -> insights::SavedQuery {
        insights::SavedQuery {
            name: self.name.clone(),
            text: self.text.clone(),
            parameters: self.parameters.clone(),
        }
    }
}
