use std::io;
use std::path::PathBuf;

use belfry_engine::diag::{Diagnostic, render_text};

/// What was found in one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFindings {
    /// The file, as a person would name it: relative to the suite's folder.
    pub path: String,
    /// Its text.
    pub source: String,
    /// The findings, in order of their place.
    pub diagnostics: Vec<Diagnostic>,
}

impl FileFindings {
    /// With snippets, for a terminal.
    pub fn render(&self, coloured: bool) -> String {
        render_text(&self.diagnostics, &self.source, &self.path, coloured)
    }
}

/// Why a suite cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SuiteError {
    /// No `belfry.toml`.
    #[error("no belfry.toml in `{}` or above it", folder.display())]
    NotFound {
        /// Where the search began.
        folder: PathBuf,
    },
    /// A file cannot be read.
    #[error("`{}` cannot be read", path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The environment is not declared.
    #[error("no environment is called `{name}`; belfry.toml declares {}", known.join(", "))]
    UnknownEnvironment {
        /// What was asked for.
        name: String,
        /// What there is.
        known: Vec<String>,
    },
    /// Wrong texts, all of them.
    #[error("{}", summary(.0))]
    Wrong(Vec<FileFindings>),
}

fn summary(files: &[FileFindings]) -> String {
    let errors: usize = files
        .iter()
        .flat_map(|file| &file.diagnostics)
        .filter(|d| d.severity == belfry_engine::diag::Severity::Error)
        .count();
    match errors {
        1 => "the suite has 1 mistake".to_owned(),
        n => format!("the suite has {n} mistakes"),
    }
}
