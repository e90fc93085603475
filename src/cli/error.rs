use std::io;

use super::{Context, Exit};
use crate::aws::CloudError;

/// Whose mistake it is; decides the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A text or a file somebody wrote.
    User,
    /// The command line.
    Usage,
    /// A check failed.
    Check,
    /// AWS refused or was not reached.
    Cloud,
    /// A bug in belfry.
    Internal,
    /// The reader of our output went away; no error at all.
    ReaderGone,
}

/// What ends a command early.
#[derive(Debug)]
pub struct CommandError {
    /// Whose mistake it is.
    pub kind: Kind,
    /// What happened, with its causes.
    pub error: anyhow::Error,
    /// What would help, one line each.
    pub hints: Vec<String>,
    /// Diagnostics already rendered with their snippets, shown before the error.
    pub rendered: Option<String>,
}

impl CommandError {
    /// An error of `kind`.
    pub fn new(kind: Kind, error: impl Into<anyhow::Error>) -> Self {
        Self {
            kind,
            error: error.into(),
            hints: Vec::new(),
            rendered: None,
        }
    }

    /// A mistake in a text or a file.
    pub fn user(message: impl Into<String>) -> Self {
        Self::new(Kind::User, anyhow::Error::msg(message.into()))
    }

    /// A mistake on the command line that clap cannot see.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(Kind::Usage, anyhow::Error::msg(message.into()))
    }

    /// With a line of advice.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// With diagnostics to show first.
    #[must_use]
    pub fn rendered(mut self, text: impl Into<String>) -> Self {
        self.rendered = Some(text.into());
        self
    }

    /// Writes the error for a person and says how the process ends.
    pub(super) fn report(&self, cx: &mut Context) -> Exit {
        // Where the message itself cannot be written, the exit code still says what happened.
        let _ = self.write(&mut cx.err);
        match self.kind {
            Kind::User => Exit::WrongText,
            Kind::Usage => Exit::Usage,
            Kind::Check => Exit::CheckFailed,
            Kind::Cloud => Exit::Cloud,
            Kind::Internal => Exit::Bug,
            Kind::ReaderGone => Exit::Fine,
        }
    }

    fn write(&self, err: &mut dyn io::Write) -> io::Result<()> {
        if self.kind == Kind::ReaderGone {
            return Ok(());
        }
        if let Some(rendered) = &self.rendered {
            writeln!(err, "{}\n", rendered.trim_end())?;
        }
        writeln!(err, "error: {}", self.error)?;
        for cause in self.error.chain().skip(1) {
            writeln!(err, "  caused by: {cause}")?;
        }
        for hint in &self.hints {
            writeln!(err, "hint: {hint}")?;
        }
        if self.kind == Kind::Internal {
            writeln!(err, "this is a bug in belfry: please report it")?;
        }
        err.flush()
    }
}

impl From<CloudError> for CommandError {
    fn from(error: CloudError) -> Self {
        let hint = error.hint.clone();
        let command_error = Self::new(Kind::Cloud, error);
        match hint {
            Some(hint) => command_error.hint(hint),
            None => command_error,
        }
    }
}

/// Only for the writing of answers: other input and output gets the path into its text first.
impl From<io::Error> for CommandError {
    fn from(error: io::Error) -> Self {
        let kind = match error.kind() {
            io::ErrorKind::BrokenPipe => Kind::ReaderGone,
            _ => Kind::User,
        };
        Self::new(kind, error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(error: &CommandError) -> String {
        let mut text = Vec::new();
        error.write(&mut text).unwrap();
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn an_error_shows_its_causes_and_then_its_hints() {
        let cause = io::Error::new(io::ErrorKind::NotFound, "no such file");
        let error = CommandError::new(
            Kind::User,
            anyhow::Error::new(cause).context("belfry.toml cannot be read"),
        )
        .hint("name its folder with --suite");
        assert_eq!(
            text_of(&error),
            "error: belfry.toml cannot be read\n  caused by: no such file\nhint: name its folder with --suite\n"
        );
    }

    #[test]
    fn a_reader_that_went_away_is_no_error() {
        let error = CommandError::from(io::Error::from(io::ErrorKind::BrokenPipe));
        assert_eq!(error.kind, Kind::ReaderGone);
        assert_eq!(text_of(&error), "");
    }
}
