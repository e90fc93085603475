use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// The new text of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    /// Relative to the suite's folder.
    pub path: String,
    /// What it is written for.
    pub addresses: Vec<String>,
    /// Its text so far; nothing where it is new.
    pub before: Option<String>,
    /// Its text from now on.
    pub after: String,
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
#[error("`{}` cannot be written, so nothing was", path.display())]
pub struct WriteError {
    /// Which file.
    pub path: PathBuf,
    /// Why.
    #[source]
    pub source: io::Error,
}

/// Writes all files, or none: each new text is on the disk beside its file before the first one takes its place,
/// and what took its place is put back where a later one fails or `is_right` says no.
pub fn write_all(
    folder: &Path,
    changes: &[FileChange],
    is_right: impl FnOnce() -> bool,
) -> Result<bool, WriteError> {
    let outcome = prepare(folder, changes).and_then(|()| place(folder, changes));
    let is_kept = outcome.is_ok() && is_right();
    if !is_kept {
        undo(folder, changes);
    }
    outcome.map(|()| is_kept)
}

fn beside(path: &Path) -> PathBuf {
    path.with_extension("belfry-pull")
}

fn prepare(folder: &Path, changes: &[FileChange]) -> Result<(), WriteError> {
    for change in changes {
        let path = folder.join(&change.path);
        let written = path.parent().map_or(Ok(()), fs::create_dir_all);
        let written = written.and_then(|()| {
            let mut file = fs::File::create(beside(&path))?;
            file.write_all(change.after.as_bytes())?;
            file.sync_all()
        });
        written.map_err(|source| WriteError { path, source })?;
    }
    Ok(())
}

fn place(folder: &Path, changes: &[FileChange]) -> Result<(), WriteError> {
    for change in changes {
        let path = folder.join(&change.path);
        let placed = match &change.before {
            Some(_) => fs::metadata(&path)
                .and_then(|old| fs::set_permissions(beside(&path), old.permissions())),
            None => Ok(()),
        };
        let placed = placed.and_then(|()| fs::rename(beside(&path), &path));
        placed.map_err(|source| WriteError { path, source })?;
    }
    Ok(())
}

/// As everything was. What cannot be put back was not there, or is in the version control.
fn undo(folder: &Path, changes: &[FileChange]) {
    for change in changes {
        let path = folder.join(&change.path);
        let _ = fs::remove_file(beside(&path));
        let _ = match &change.before {
            Some(before) => fs::write(&path, before),
            None => fs::remove_file(&path),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(path: &str, before: Option<&str>) -> FileChange {
        FileChange {
            path: path.to_owned(),
            addresses: Vec::new(),
            before: before.map(str::to_owned),
            after: "new".to_owned(),
        }
    }

    #[test]
    fn all_files_are_written_or_none() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("a"), "old").unwrap();
        let changes = [change("a", Some("old")), change("sub/b", None)];
        assert!(!write_all(folder.path(), &changes, || false).unwrap());
        assert_eq!(fs::read_to_string(at("a")).unwrap(), "old");
        assert!(!at("sub/b").exists());
        assert!(write_all(folder.path(), &changes, || true).unwrap());
        assert_eq!(fs::read_to_string(at("sub/b")).unwrap(), "new");
        fs::create_dir(at("c")).unwrap();
        let hopeless = [change("d", None), change("c", Some("x"))];
        assert!(write_all(folder.path(), &hopeless, || true).is_err());
        assert!(!at("d").exists());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3);
    }
}
