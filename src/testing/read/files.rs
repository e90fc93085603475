use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use belfry_engine::diag::{Diagnostic, Severity, has_errors};

use super::{Reader, file};
use crate::suite::{FileFindings, Suite};
use crate::testing::TestFile;

/// The folder of a suite's tests, beside its belfry.toml.
pub const FOLDER: &str = "suite-tests";

/// Why tests cannot be run.
#[derive(Debug, thiserror::Error)]
pub enum TestsError {
    /// A file or folder cannot be read.
    #[error("`{}` cannot be read", path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// There are no test files.
    #[error("no test file is at `{}`", path.display())]
    None {
        /// Where they were looked for.
        path: PathBuf,
    },
    /// Wrong texts, all of them.
    #[error("{}", summary(.0))]
    Wrong(Vec<FileFindings>),
}

fn summary(files: &[FileFindings]) -> String {
    let findings = files.iter().flat_map(|file| &file.diagnostics);
    let errors = findings.filter(|d| d.severity == Severity::Error).count();
    match errors {
        1 => "the test files have 1 mistake".to_owned(),
        n => format!("the test files have {n} mistakes"),
    }
}

/// Reads the test files at `paths`, files or folders with all below them; without any, those of the suite in
/// `folder`.
pub fn read_files(
    suite: &Suite,
    folder: &Path,
    paths: &[PathBuf],
) -> Result<Vec<TestFile>, TestsError> {
    let default = [folder.join(FOLDER)];
    let paths = if paths.is_empty() { &default } else { paths };
    let mut found = BTreeSet::new();
    for path in paths {
        let before = found.len();
        if path.exists() {
            collect(path, &mut found)?;
        }
        if found.len() == before && !found.contains(path) {
            return Err(TestsError::None { path: path.clone() });
        }
    }
    let mut files = Vec::new();
    let mut wrong = Vec::new();
    for path in found {
        let source = fs::read_to_string(&path).map_err(|source| TestsError::Read {
            path: path.clone(),
            source,
        })?;
        let mut cx = Vec::new();
        let reader = Reader {
            suite,
            folder: path.parent().unwrap_or(folder),
            source: &source,
        };
        let shown = path.strip_prefix(folder).unwrap_or(&path);
        let shown = shown.display().to_string();
        let file = file::read(&mut cx, &reader, &shown);
        note(&mut wrong, shown, &source, cx);
        files.push(file);
    }
    let is_wrong = wrong.iter().any(|file| has_errors(&file.diagnostics));
    if is_wrong {
        return Err(TestsError::Wrong(wrong));
    }
    Ok(files)
}

fn note(wrong: &mut Vec<FileFindings>, path: String, source: &str, mut cx: Vec<Diagnostic>) {
    if cx.is_empty() {
        return;
    }
    cx.sort_by_key(|diagnostic| diagnostic.primary.span);
    wrong.push(FileFindings {
        path,
        source: source.to_owned(),
        diagnostics: cx,
    });
}

/// A file, or every `.toml` below a folder.
fn collect(path: &Path, found: &mut BTreeSet<PathBuf>) -> Result<(), TestsError> {
    if path.is_file() {
        found.insert(path.to_path_buf());
        return Ok(());
    }
    let failed = |source| TestsError::Read {
        path: path.to_path_buf(),
        source,
    };
    for entry in fs::read_dir(path).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let is_test = path
            .extension()
            .is_some_and(|extension| extension == "toml");
        if path.is_dir() || is_test {
            collect(&path, found)?;
        }
    }
    Ok(())
}
