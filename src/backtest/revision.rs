use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// The suite's folder as it was in a revision, in a folder of its own until this is dropped.
#[derive(Debug)]
pub struct Revision {
    folder: TempDir,
}

/// Why a revision cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum RevisionError {
    /// There is no `git`.
    #[error("`git` cannot be run, and reads the revision `{revision}`")]
    NoGit {
        /// What was asked for.
        revision: String,
        /// Why.
        source: io::Error,
    },
    /// Git says no.
    #[error("git cannot read `{revision}` of `{}`: {reason}", folder.display())]
    Refused {
        /// What was asked for.
        revision: String,
        /// The suite's folder.
        folder: PathBuf,
        /// Git's words.
        reason: String,
    },
    /// The files cannot be written to a temporary folder.
    #[error("a temporary folder cannot be made")]
    Folder(#[source] io::Error),
}

impl Revision {
    /// Reads what `folder` held in `revision`. Git writes the files through an index of its own: the repository and
    /// its working tree are not touched.
    pub fn read(folder: &Path, revision: &str) -> Result<Self, RevisionError> {
        let git = Git { folder, revision };
        let prefix = git.run(&["rev-parse", "--show-prefix"], None)?;
        let prefix = prefix.trim_end_matches(['\n', '/']);
        let tree = format!("{revision}:{prefix}");
        git.run(
            &[
                "rev-parse",
                "--verify",
                "--quiet",
                "--end-of-options",
                &tree,
            ],
            None,
        )
        .map_err(|_| git.refused("no such revision, or the folder is not in it".to_owned()))?;
        let target = TempDir::new().map_err(RevisionError::Folder)?;
        let index = target.path().join(".index");
        git.run(&["read-tree", &tree], Some(&index))?;
        let files = target.path().join("suite");
        let to = format!("--prefix={}/", files.display());
        git.run(&["checkout-index", "--all", &to], Some(&index))?;
        Ok(Self { folder: target })
    }

    /// Where the files are.
    pub fn folder(&self) -> PathBuf {
        self.folder.path().join("suite")
    }
}

struct Git<'a> {
    folder: &'a Path,
    revision: &'a str,
}

impl Git<'_> {
    fn run(&self, arguments: &[&str], index: Option<&Path>) -> Result<String, RevisionError> {
        let mut command = Command::new("git");
        command.arg("-C").arg(self.folder).args(arguments);
        if let Some(index) = index {
            command.env("GIT_INDEX_FILE", OsStr::new(index));
        }
        let output = command.output().map_err(|source| RevisionError::NoGit {
            revision: self.revision.to_owned(),
            source,
        })?;
        self.text(&output)
    }

    fn text(&self, output: &Output) -> Result<String, RevisionError> {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        match output.status.success() {
            true => Ok(text(&output.stdout)),
            false => Err(self.refused(text(&output.stderr).trim().to_owned())),
        }
    }

    fn refused(&self, reason: String) -> RevisionError {
        RevisionError::Refused {
            revision: self.revision.to_owned(),
            folder: self.folder.to_owned(),
            reason,
        }
    }
}
