use belfry_engine::diag::{Diagnostic, Span, nearest, suite as codes};
use belfry_engine::insights::Parameter;

use super::query_parameter;
use super::section::Text;

/// The comments at the head of a query file.
#[derive(Debug, Default)]
pub(super) struct Header {
    pub(super) description: String,
    pub(super) log_groups: Vec<Text>,
    pub(super) parameters: Vec<Parameter>,
}

const KEYS: &[&str] = &["description", "log-groups", "parameter"];

impl Header {
    pub(super) fn read(cx: &mut Vec<Diagnostic>, source: &str) -> Self {
        let mut header = Self::default();
        let mut start = 0;
        for line in source.split_inclusive('\n') {
            let Some(comment) = line.trim_end().strip_prefix('#') else {
                break;
            };
            if let Some((key, value)) = comment.split_once(':') {
                let value_at = start + key.len() + 2;
                header.entry(cx, source, (key.trim(), value), (start, value_at));
            }
            start += line.len();
        }
        header
    }

    fn entry(
        &mut self,
        cx: &mut Vec<Diagnostic>,
        source: &str,
        (key, value): (&str, &str),
        (line_at, value_at): (usize, usize),
    ) {
        match key {
            "description" => value.trim().clone_into(&mut self.description),
            "log-groups" => self.log_groups = list(value, value_at),
            "parameter" => self.add_parameter(cx, value, value_at, source),
            // Any other comment with a colon is prose, unless it is nearly a key.
            other => {
                if let Some(near) = nearest(other, KEYS.iter().copied()) {
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

    fn add_parameter(&mut self, cx: &mut Vec<Diagnostic>, value: &str, at: usize, source: &str) {
        let found = query_parameter::read(value, at, &self.parameters);
        match found {
            Ok(parameter) => {
                if !source.contains(&format!("{{{{{}}}}}", parameter.name)) {
                    let written = value.trim();
                    let start = at + value.len() - value.trim_start().len();
                    cx.push(unused(
                        &parameter.name,
                        Span::new(start, start + written.len()),
                    ));
                }
                self.parameters.push(parameter);
            }
            Err(mistake) => cx.push(*mistake),
        }
    }
}

fn unused(name: &str, at: Span) -> Diagnostic {
    let message = format!("the query has no place for the parameter `{name}`");
    Diagnostic::error(&codes::HEADER, at, message).help(format!(
        "write `{{{{{name}}}}}` where its value goes; AWS refuses a parameter that the text does not take"
    ))
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
    fn parameters_stand_one_a_line_with_default_and_description() {
        let source =
            "# parameter: id -- the request\n# parameter: n = 20\nfilter a = {{id}} | limit {{n}}";
        let mut cx = Vec::new();
        let header = Header::read(&mut cx, source);
        assert!(cx.is_empty());
        let parameter = |name: &str, default: Option<&str>, description: Option<&str>| Parameter {
            name: name.to_owned(),
            default: default.map(str::to_owned),
            description: description.map(str::to_owned),
        };
        assert_eq!(
            header.parameters,
            [
                parameter("id", None, Some("the request")),
                parameter("n", Some("20"), None)
            ]
        );
    }

    #[test]
    fn a_misspelt_header_is_not_taken_for_prose() {
        let mut cx = Vec::new();
        Header::read(&mut cx, "# log-group: /a\nfields @message");
        assert_eq!(cx[0].to_string(), "[S0111] unknown header `log-group`");
    }
}
