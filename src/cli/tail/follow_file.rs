use std::fs::{File, Metadata};
use std::io::{self, Read, Seek, SeekFrom};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::lines::Lines;

/// A file that is read on as it grows.
#[derive(Debug)]
pub(super) struct FollowedFile {
    path: PathBuf,
    file: File,
    read: u64,
    lines: Lines,
}

/// What a look at the file brought.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Seen {
    /// A whole line.
    Line(String),
    /// The file became shorter and is read from its beginning.
    Truncated,
    /// Another file has the name now and is read from its beginning.
    Replaced,
}

impl FollowedFile {
    /// From the beginning of the file.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        Ok(Self {
            path: path.to_path_buf(),
            file: File::open(path)?,
            read: 0,
            lines: Lines::default(),
        })
    }

    /// Everything new. A name that nobody has at the moment is waited for: log rotation is like that.
    pub(super) fn poll(&mut self) -> io::Result<Vec<Seen>> {
        let mut seen = Vec::new();
        if self.file.metadata()?.len() < self.read {
            seen.extend(self.finish());
            seen.push(Seen::Truncated);
            self.restart()?;
        }
        self.read_on(&mut seen)?;
        let named = std::fs::metadata(&self.path);
        match named {
            Ok(named) if !is_same(&named, &self.file.metadata()?) => {
                // What was written to the old file before it was left.
                let next = match File::open(&self.path) {
                    Ok(next) => next,
                    // Moved on once more in between.
                    Err(error) if is_missing(&error) => return Ok(seen),
                    Err(error) => return Err(error),
                };
                self.read_on(&mut seen)?;
                seen.extend(self.finish());
                seen.push(Seen::Replaced);
                self.file = next;
                self.restart()?;
                self.read_on(&mut seen)?;
            }
            Err(error) if !is_missing(&error) => return Err(error),
            _ => {}
        }
        Ok(seen)
    }

    /// The last line, if it has no end yet.
    pub(super) fn finish(&mut self) -> Option<Seen> {
        self.lines.finish().map(Seen::Line)
    }

    fn restart(&mut self) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(0))?;
        self.read = 0;
        self.lines = Lines::default();
        Ok(())
    }

    fn read_on(&mut self, seen: &mut Vec<Seen>) -> io::Result<()> {
        let mut buffer = vec![0; 64 * 1024];
        loop {
            let count = self.file.read(&mut buffer)?;
            if count == 0 {
                return Ok(());
            }
            self.read += u64::try_from(count).unwrap_or_default();
            let bytes = buffer.get(..count).unwrap_or_default();
            seen.extend(self.lines.feed(bytes).into_iter().map(Seen::Line));
        }
    }
}

fn is_missing(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::NotFound
}

fn is_same(one: &Metadata, other: &Metadata) -> bool {
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn line(text: &str) -> Seen {
        Seen::Line(text.to_owned())
    }

    #[test]
    fn lines_truncation_and_replacement_are_seen_and_nothing_twice() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("app.log");
        fs::write(&path, "one\ntw").unwrap();
        let mut file = FollowedFile::open(&path).unwrap();
        assert_eq!(file.poll().unwrap(), [line("one")]);
        fs::write(&path, "one\ntwo\nthree\n").unwrap();
        assert_eq!(file.poll().unwrap(), [line("two"), line("three")]);
        assert_eq!(file.poll().unwrap(), []);
        fs::write(&path, "new\n").unwrap();
        assert_eq!(file.poll().unwrap(), [Seen::Truncated, line("new")]);
        fs::write(&path, "new\nlast\nunended").unwrap();
        fs::rename(&path, folder.path().join("app.log.1")).unwrap();
        assert_eq!(file.poll().unwrap(), [line("last")]);
        fs::write(&path, "first\n").unwrap();
        assert_eq!(
            file.poll().unwrap(),
            [line("unended"), Seen::Replaced, line("first")]
        );
    }

    #[test]
    fn a_file_that_is_away_is_waited_for_and_its_unended_line_is_not_lost() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("app.log");
        fs::write(&path, b"bad \xff byte\nunended").unwrap();
        let mut file = FollowedFile::open(&path).unwrap();
        assert_eq!(file.poll().unwrap(), [line("bad \u{fffd} byte")]);
        fs::write(&path, "x\n").unwrap();
        assert_eq!(
            file.poll().unwrap(),
            [line("unended"), Seen::Truncated, line("x")]
        );
        fs::remove_file(&path).unwrap();
        assert_eq!(file.poll().unwrap(), []);
        fs::write(&path, "back\nand").unwrap();
        assert_eq!(file.poll().unwrap(), [Seen::Replaced, line("back")]);
        assert_eq!(file.finish(), Some(line("and")));
        assert_eq!(file.finish(), None);
    }
}
