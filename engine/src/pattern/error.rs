use crate::diag::{Code, Diagnostic, Span, pattern as codes};

/// Why a pattern is refused, in AWS's own words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct PatternError {
    /// The text of AWS's `InvalidParameterException`.
    pub message: String,
    /// Where in the pattern.
    pub span: Span,
    /// The kind of mistake.
    pub code: &'static Code,
}

/// What a parser of this room returns.
pub(super) type Result<T> = std::result::Result<T, PatternError>;

impl PatternError {
    /// The same finding as a diagnostic, to be shown with a snippet.
    pub fn diagnostic(&self) -> Diagnostic {
        Diagnostic::error(self.code, self.span, self.code.title).label(self.message.clone())
    }

    /// `Invalid character(s) in term '…'`: AWS's answer where the text stops being made of tokens.
    pub(super) fn term(term: &str, span: Span) -> Self {
        Self {
            message: format!("Invalid character(s) in term '{term}'"),
            span,
            code: &codes::INVALID_CHARACTERS,
        }
    }

    /// `Invalid metric filter pattern`: AWS's answer where the tokens do not make a pattern.
    pub(super) fn pattern(span: Span) -> Self {
        Self {
            message: "Invalid metric filter pattern".to_owned(),
            span,
            code: &codes::MALFORMED_PATTERN,
        }
    }

    /// A pattern that opens and does not close.
    pub(super) fn unclosed(open: char, close: char, span: Span) -> Self {
        Self {
            message: format!("If a filter pattern starts with '{open}' it must end with '{close}'"),
            span,
            code: &codes::UNCLOSED_PATTERN,
        }
    }

    /// A regular expression that AWS's engine does not take.
    pub(super) fn expression(span: Span) -> Self {
        Self {
            message: "Failed to compile regular expression.".to_owned(),
            span,
            code: &codes::BAD_REGULAR_EXPRESSION,
        }
    }

    /// More of something than a pattern may hold.
    pub(super) fn limit(message: &str, span: Span) -> Self {
        Self {
            message: message.to_owned(),
            span,
            code: &codes::LIMIT_EXCEEDED,
        }
    }

    /// Field selection criteria that do not read; AWS's words are not published.
    pub(super) fn criteria(message: String, span: Span) -> Self {
        Self {
            message,
            span,
            code: &codes::BAD_CRITERIA,
        }
    }

    /// A field that stands twice in a space-delimited pattern.
    pub(super) fn duplicate(field: &str, span: Span) -> Self {
        Self {
            message: format!("Duplicate field '{field}'"),
            span,
            code: &codes::DUPLICATE_FIELD,
        }
    }

    /// A condition of a space-delimited pattern that names two fields.
    pub(super) fn several_fields(first: &str, second: &str, span: Span) -> Self {
        Self {
            message: format!(
                "Multiple variables used in a single filter. Var1 : {first}, Var2 : {second}"
            ),
            span,
            code: &codes::SEVERAL_FIELDS,
        }
    }
}
