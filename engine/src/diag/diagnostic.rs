use std::fmt;

use super::{Code, Span};

/// Whether a text can be used in spite of the finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The text is refused.
    Error,
    /// The text is valid but suspicious.
    Warning,
}

/// A place in the text and what is to be said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What: a short fragment shown under the carets; may be empty.
    pub text: String,
}

/// What would work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Help {
    /// Advice in words.
    Text(String),
    /// A change that mends the text.
    Replace {
        /// What to replace.
        span: Span,
        /// The new text.
        text: String,
        /// Why: `a function with a similar name exists`.
        message: String,
    },
}

/// One thing wrong with a text somebody wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// The kind of mistake.
    pub code: &'static Code,
    /// A lower-case fragment: ``unknown function `cuont` ``.
    pub message: String,
    /// Where, and what stands there.
    pub primary: Label,
    /// Other places that matter.
    pub secondary: Vec<Label>,
    /// What would work.
    pub help: Option<Help>,
}

impl Diagnostic {
    /// An error at `span`.
    pub fn error(code: &'static Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            code,
            message: message.into(),
            primary: Label {
                span,
                text: String::new(),
            },
            secondary: Vec::new(),
            help: None,
        }
    }

    /// A warning at `span`.
    pub fn warning(code: &'static Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(code, span, message)
        }
    }

    /// With words under the carets.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.primary.text = text.into();
        self
    }

    /// With a second place.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.secondary.push(Label {
            span,
            text: text.into(),
        });
        self
    }

    /// With advice.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(Help::Text(text.into()));
        self
    }

    /// With a change that mends the text.
    #[must_use]
    pub fn replace(
        mut self,
        span: Span,
        text: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        self.help = Some(Help::Replace {
            span,
            text: text.into(),
            message: message.into(),
        });
        self
    }
}

impl Diagnostic {
    /// With every place fitted to `source`, so that renderers can show it: a mistake in computing a place
    /// makes the place wider, not the program end.
    #[must_use]
    pub fn snapped(mut self, source: &str) -> Self {
        self.primary.span = self.primary.span.snapped(source);
        for label in &mut self.secondary {
            label.span = label.span.snapped(source);
        }
        if let Some(Help::Replace { span, .. }) = &mut self.help {
            *span = span.snapped(source);
        }
        self
    }
}

/// One line without the snippet: ``[Q0301] unknown function `cuont` ``.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{}] {}", self.code.name, self.message)
    }
}

/// Whether any of `diagnostics` refuses the text.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|d| d.severity == Severity::Error)
}
