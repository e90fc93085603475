use belfry_engine::diag::{Diagnostic, Span};

use super::names::spelling;
use super::section::Section;

/// An SNS topic that alarms notify.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// `fraud-detection-alerts`.
    pub name: String,
    pub(super) at: Span,
}

impl Topic {
    pub(super) fn read(cx: &mut Vec<Diagnostic>, mut section: Section<'_>) -> Option<Self> {
        let name = section.required_string(cx, "name");
        section.finish(cx);
        let name = name?;
        spelling(cx, "topic", &name, "_-", 256);
        Some(Self {
            at: name.at,
            name: name.value,
        })
    }
}
