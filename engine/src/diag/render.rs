use annotate_snippets::{AnnotationKind, Group, Level, Patch, Renderer, Snippet};
use serde_json::{Value, json};

use super::{Diagnostic, Help, Severity};

/// The diagnostics as people read them, with snippets of `source`. `origin` names the text (a path, or
/// `query`); colour only where `coloured`.
pub fn render_text(
    diagnostics: &[Diagnostic],
    source: &str,
    origin: &str,
    coloured: bool,
) -> String {
    let renderer = if coloured {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let rendered: Vec<String> = diagnostics
        .iter()
        .map(|d| d.clone().snapped(source))
        .map(|d| renderer.render(&report(&d, source, origin)))
        .collect();
    rendered.join("\n\n")
}

fn report<'a>(diagnostic: &'a Diagnostic, source: &'a str, origin: &'a str) -> Vec<Group<'a>> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let label = &diagnostic.primary;
    let primary = AnnotationKind::Primary
        .span(label.span.start..label.span.end)
        .label(&label.text);
    let others = diagnostic.secondary.iter().map(|l| {
        AnnotationKind::Context
            .span(l.span.start..l.span.end)
            .label(&l.text)
    });
    let snippet = Snippet::source(source)
        .path(origin)
        .annotation(primary)
        .annotations(others);
    let title = level
        .primary_title(&diagnostic.message)
        .id(diagnostic.code.name);
    let group = title.element(snippet);
    match &diagnostic.help {
        None => vec![group],
        Some(Help::Text(text)) => vec![group.element(Level::HELP.message(text))],
        Some(Help::Replace {
            span,
            text,
            message,
        }) => vec![
            group,
            Level::HELP
                .secondary_title(message)
                .element(Snippet::source(source).patch(Patch::new(span.start..span.end, text))),
        ],
    }
}

/// The diagnostics as machines read them: a list of objects with byte and character offsets.
pub fn render_json(diagnostics: &[Diagnostic], source: &str) -> Value {
    diagnostics.iter().map(|d| one_json(d, source)).collect()
}

fn one_json(diagnostic: &Diagnostic, source: &str) -> Value {
    let chars = diagnostic.primary.span.in_chars(source);
    let help = diagnostic.help.as_ref().map(|help| match help {
        Help::Text(text) => json!({ "text": text }),
        Help::Replace {
            span,
            text,
            message,
        } => json!({ "text": message, "replace": span, "with": text }),
    });
    json!({
        "code": diagnostic.code.name,
        "severity": match diagnostic.severity { Severity::Error => "error", Severity::Warning => "warning" },
        "message": diagnostic.message,
        "label": diagnostic.primary.text,
        "span": diagnostic.primary.span,
        "startCharOffset": chars.start,
        "endCharOffset": chars.end,
        "help": help,
    })
}
