use serde_json::Value;

use super::members::{Members, Problems};

/// A widget of type `text`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextWidget {
    /// As written; not trusted.
    pub markdown: String,
    /// Without the card's background.
    pub transparent: bool,
}

/// Reads the properties of a text widget.
pub(super) fn text_widget(value: &Value, path: &str, cx: &mut Problems) -> Option<TextWidget> {
    let members = Members::of(value, path, &["markdown", "background"], cx);
    members.required("markdown", cx);
    let backgrounds = [("solid", false), ("transparent", true)];
    Some(TextWidget {
        markdown: members.text("markdown", cx)?,
        transparent: members
            .one_of("background", &backgrounds, cx)
            .unwrap_or(false),
    })
}
