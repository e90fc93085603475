use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::endpoint::protocol::payload::{hex, md5, sha256};
use crate::endpoint::{Document, Fault, Members};

/// The bytes of objects, by their SHA-256: in files of a folder, or in memory. As the name of a file is never that of
/// a key, no key leads out of the folder, and what a journal names is never overwritten.
#[derive(Debug)]
pub(in crate::endpoint) enum Bodies {
    Memory(BTreeMap<String, Vec<u8>>),
    Folder(PathBuf),
}

/// The bytes of one object or part, which stand elsewhere: all that a journal says of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::endpoint) struct Body {
    /// 64 hexadecimal digits; of an object of many parts, one for each.
    pub(in crate::endpoint) pieces: Vec<Piece>,
}

/// Bytes that came in one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::endpoint) struct Piece {
    pub(in crate::endpoint) sha256: String,
    /// 32 hexadecimal digits.
    pub(in crate::endpoint) md5: String,
    pub(in crate::endpoint) length: u64,
}

impl Body {
    /// How many bytes.
    pub(in crate::endpoint) fn length(&self) -> u64 {
        self.pieces.iter().map(|piece| piece.length).sum()
    }
}

impl Default for Bodies {
    fn default() -> Self {
        Self::Memory(BTreeMap::new())
    }
}

impl Piece {
    fn of(bytes: &[u8]) -> Self {
        Self {
            sha256: sha256(bytes),
            md5: hex(&md5(bytes)),
            length: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
        }
    }

    fn write(&self) -> Document {
        Document::structure([
            ("SHA256", Document::from(&self.sha256)),
            ("MD5", (&self.md5).into()),
            ("Length", self.length.into()),
        ])
    }

    /// Reads what stands in place of the bytes of a request.
    pub(super) fn read(members: &Members) -> Option<Self> {
        let text = |name: &str| match members.get(name) {
            Some(Document::String(text)) => Some(text.clone()),
            _ => None,
        };
        let Some(Document::Integer(length)) = members.get("Length") else {
            return None;
        };
        Some(Self {
            sha256: text("SHA256")?,
            md5: text("MD5")?,
            length: u64::try_from(*length).ok()?,
        })
    }
}

impl Bodies {
    /// Keeps the bytes that stand under `Body`, puts what names them in their place, and says their name.
    pub(super) fn keep(&mut self, input: &mut Members) -> Result<Option<String>, Fault> {
        let Some(slot @ Document::Blob(_)) = input.get_mut("Body") else {
            return Ok(None);
        };
        let Document::Blob(bytes) = std::mem::replace(slot, Document::Null) else {
            return Ok(None);
        };
        let piece = self.add(&bytes)?;
        *slot = piece.write();
        Ok(Some(piece.sha256))
    }

    /// Keeps bytes.
    pub(super) fn add(&mut self, bytes: &[u8]) -> Result<Piece, Fault> {
        let piece = Piece::of(bytes);
        self.put(&piece.sha256, bytes)
            .map_err(|error| Fault::internal(format!("the object cannot be kept: {error}")))?;
        Ok(piece)
    }

    fn put(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::Memory(all) => {
                all.insert(name.to_owned(), bytes.to_vec());
                Ok(())
            }
            Self::Folder(folder) => {
                let path = file(folder, name);
                if path.exists() {
                    return Ok(());
                }
                let within = folder.join(&name[..2]);
                fs::create_dir_all(&within)?;
                let unfinished = path.with_extension("part");
                let mut written = File::create(&unfinished)?;
                written.write_all(bytes)?;
                written.sync_data()?;
                fs::rename(&unfinished, &path)?;
                File::open(&within)?.sync_all()
            }
        }
    }

    /// The bytes of `body` from `from`, at most `most` of them.
    pub(super) fn read(&self, body: &Body, from: u64, most: u64) -> Result<Vec<u8>, Fault> {
        let mut bytes = Vec::new();
        let mut at = 0;
        let end = from.saturating_add(most);
        for piece in &body.pieces {
            let next = at + piece.length;
            if next > from && at < end {
                let whole = self.piece(&piece.sha256).map_err(|error| {
                    Fault::internal(format!("the object's bytes cannot be read: {error}"))
                })?;
                let start = usize::try_from(from.saturating_sub(at)).unwrap_or(usize::MAX);
                let stop = usize::try_from(end.min(next) - at).unwrap_or(usize::MAX);
                bytes.extend_from_slice(whole.get(start..stop).unwrap_or_default());
            }
            at = next;
        }
        Ok(bytes)
    }

    fn piece(&self, name: &str) -> io::Result<Vec<u8>> {
        match self {
            Self::Memory(all) => {
                let bytes = all.get(name).cloned();
                bytes.ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, name))
            }
            Self::Folder(folder) => fs::read(file(folder, name)),
        }
    }

    /// Forgets bytes that nothing names any more.
    pub(super) fn forget(&mut self, name: &str) {
        match self {
            Self::Memory(all) => {
                all.remove(name);
            }
            // A file that stays is swept when the folder is opened next.
            Self::Folder(folder) => {
                let _ = fs::remove_file(file(folder, name));
            }
        }
    }

    /// Forgets everything that is not in `named`; the error names what is, but has no bytes.
    pub(super) fn sweep(&mut self, named: &BTreeMap<String, u64>) -> Result<(), String> {
        let Self::Folder(folder) = self else {
            return Ok(());
        };
        for name in named.keys() {
            if !file(folder, name).is_file() {
                return Err(format!(
                    "the bytes of an object are missing: {}",
                    file(folder, name).display()
                ));
            }
        }
        for path in files(folder) {
            let name = path.file_name().and_then(|name| name.to_str());
            if !name.is_some_and(|name| named.contains_key(name)) {
                let _ = fs::remove_file(&path);
            }
        }
        Ok(())
    }
}

fn file(folder: &Path, name: &str) -> PathBuf {
    folder.join(name.get(..2).unwrap_or("xx")).join(name)
}

/// The files of the folders in `folder`; what cannot be read is not there.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = |path: &Path| {
        let read = fs::read_dir(path).into_iter().flatten().flatten();
        read.map(|entry| entry.path()).collect::<Vec<_>>()
    };
    entries(folder)
        .iter()
        .flat_map(|inner| entries(inner))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(bodies: &mut Bodies, bytes: &[u8]) -> Piece {
        let mut input = Members::new();
        input.insert("Body".into(), Document::Blob(bytes.to_vec()));
        bodies.keep(&mut input).unwrap();
        Piece::read(input["Body"].members().unwrap()).unwrap()
    }

    #[test]
    fn parts_are_read_as_one() {
        let folder = tempfile::tempdir().unwrap();
        for mut bodies in [Bodies::default(), Bodies::Folder(folder.path().into())] {
            let pieces = vec![kept(&mut bodies, b"hello"), kept(&mut bodies, b" world")];
            let body = Body { pieces };
            assert_eq!(body.length(), 11);
            assert_eq!(bodies.read(&body, 0, 100).unwrap(), b"hello world");
            assert_eq!(bodies.read(&body, 3, 5).unwrap(), b"lo wo");
            assert_eq!(bodies.read(&body, 6, 2).unwrap(), b"wo");
            assert_eq!(bodies.read(&body, 11, 2).unwrap(), b"");
        }
    }

    #[test]
    fn what_nothing_names_is_swept_and_what_is_missing_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let mut bodies = Bodies::Folder(folder.path().into());
        let (one, two) = (kept(&mut bodies, b"one"), kept(&mut bodies, b"two"));
        let named = BTreeMap::from([(one.sha256.clone(), 1)]);
        bodies.sweep(&named).unwrap();
        assert!(bodies.piece(&one.sha256).is_ok());
        assert!(bodies.piece(&two.sha256).is_err());
        bodies.forget(&one.sha256);
        assert!(bodies.sweep(&named).unwrap_err().contains(&one.sha256));
    }
}
