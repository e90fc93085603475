//! Why a query is not answered: Athena's error names and texts, with the place in the query.

use belfry_engine::diag::Span;

/// Who says no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Athena would refuse, too.
    Athena,
    /// Athena would answer; what it takes is not known here.
    Belfry,
}

/// A query, or one of its values, that is not answered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text())]
pub struct Refusal {
    /// Trino's name of the error: `TYPE_MISMATCH`.
    pub name: &'static str,
    /// What is wrong, in Trino's words where Athena refuses too.
    pub message: String,
    /// Where in the query; `None` for errors of values.
    pub at: Option<Span>,
    /// Line and column, both counted from 1, as `line 1:23`.
    pub place: Option<(usize, usize)>,
    /// Who refuses.
    pub by: By,
    /// What would work.
    pub help: Option<String>,
}

impl Refusal {
    /// An error at a place that Athena makes, too.
    pub(crate) fn athena(name: &'static str, at: Span, message: impl Into<String>) -> Box<Self> {
        Box::new(Self {
            name,
            message: message.into(),
            at: Some(at),
            place: None,
            by: By::Athena,
            help: None,
        })
    }

    /// Something that Athena knows and this crate does not.
    pub(crate) fn unsupported(at: Span, message: impl Into<String>) -> Box<Self> {
        let mut refusal = Self::athena("NOT_SUPPORTED", at, message);
        refusal.by = By::Belfry;
        refusal
    }

    /// An error of a value, met while the query runs.
    pub(crate) fn value(name: &'static str, message: impl Into<String>) -> Box<Self> {
        let mut refusal = Self::athena(name, Span::new(0, 0), message);
        refusal.at = None;
        refusal
    }

    /// A value that Athena knows and this crate does not, met while the query runs; TRY does not catch it.
    pub(crate) fn beyond(message: impl Into<String>) -> Box<Self> {
        let mut refusal = Self::value("NOT_SUPPORTED", message);
        refusal.by = By::Belfry;
        refusal
    }

    /// Trino's INVALID_FUNCTION_ARGUMENT.
    pub(crate) fn argument(message: impl Into<String>) -> Box<Self> {
        Self::value("INVALID_FUNCTION_ARGUMENT", message)
    }

    /// Trino's NUMERIC_VALUE_OUT_OF_RANGE.
    pub(crate) fn range(message: impl Into<String>) -> Box<Self> {
        Self::value("NUMERIC_VALUE_OUT_OF_RANGE", message)
    }

    pub(crate) fn help(mut self: Box<Self>, help: impl Into<String>) -> Box<Self> {
        self.help = Some(help.into());
        self
    }

    /// With line and column, now that the text is known.
    pub(crate) fn placed(mut self, text: &str) -> Self {
        if let Some(at) = self.at {
            let before = text.get(..at.start).unwrap_or(text);
            let line = before.matches('\n').count() + 1;
            let start = before.rfind('\n').map_or(0, |newline| newline + 1);
            let column = before.get(start..).unwrap_or_default().chars().count() + 1;
            self.place = Some((line, column));
        }
        self
    }

    /// As Athena shows it: `TYPE_MISMATCH: line 1:23: Cannot apply operator: varchar >= integer`.
    pub fn text(&self) -> String {
        match self.place {
            Some((line, column)) => {
                format!("{}: line {line}:{column}: {}", self.name, self.message)
            }
            None => format!("{}: {}", self.name, self.message),
        }
    }
}

/// What is right or refused.
pub(crate) type Judged<T> = Result<T, Box<Refusal>>;
