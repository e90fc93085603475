use std::fmt;

/// A statement that is not read: Athena refuses it before it runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DdlError {
    /// From one.
    pub line: usize,
    /// From one, in characters.
    pub column: usize,
    /// What is wrong there.
    pub message: String,
}

impl DdlError {
    /// A mistake at a byte of `text`.
    pub(super) fn at(text: &str, offset: usize, message: impl Into<String>) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self {
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).unwrap_or_default().chars().count() + 1,
            message: message.into(),
        }
    }
}

impl fmt::Display for DdlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}:{}: {}", self.line, self.column, self.message)
    }
}

/// Why a statement that was read failed when it ran, in Hive's words: Athena hands them on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure(pub String);

impl Failure {
    /// The statement makes no sense.
    pub(super) fn semantic(message: impl fmt::Display) -> Self {
        Self(format!("FAILED: SemanticException {message}"))
    }

    /// The catalogue refused.
    pub(super) fn execution(message: impl fmt::Display) -> Self {
        Self(format!(
            "FAILED: Execution Error, return code 1 from org.apache.hadoop.hive.ql.exec.DDLTask. {message}"
        ))
    }

    /// There is no such table.
    pub(super) fn no_table(name: &str) -> Self {
        Self::semantic(format_args!("[Error 10001]: Table not found {name}"))
    }

    /// There is no such database.
    pub(super) fn no_database(name: &str) -> Self {
        Self::semantic(format_args!(
            "[Error 10072]: Database does not exist: {name}"
        ))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
