use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// One object or file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Object {
    /// Its address: `s3://bucket/key`, or the path of a file. This is `"$path"`.
    pub address: String,
    /// Its size in bytes, compressed if it is.
    pub size: u64,
}

/// Objects that cannot be listed or opened.
#[derive(Debug, thiserror::Error)]
#[error("`{address}`: {source}")]
pub struct ObjectError {
    /// Which.
    pub address: String,
    /// Why.
    #[source]
    pub source: io::Error,
}

/// Where the objects of tables are.
pub trait Objects: Sync {
    /// The objects whose addresses begin with a table's or partition's folder, in order of their addresses.
    fn list(&self, folder: &str) -> Result<Vec<Object>, ObjectError>;

    /// The bytes of an object as they are kept.
    fn open(&self, address: &str) -> Result<Box<dyn Read + Send>, ObjectError>;
}

fn open(path: &str) -> Result<Box<dyn Read + Send>, ObjectError> {
    let wrong = |source| ObjectError {
        address: path.to_owned(),
        source,
    };
    let file = fs::File::open(path).map_err(wrong)?;
    Ok(Box::new(file))
}

/// Files of a disk, whatever folder is asked for.
#[derive(Clone, Debug, Default)]
pub struct Files(pub Vec<PathBuf>);

impl Objects for Files {
    fn list(&self, _: &str) -> Result<Vec<Object>, ObjectError> {
        let object = |path: &PathBuf| {
            let address = path.display().to_string();
            match fs::metadata(path) {
                Ok(metadata) => Ok(Object {
                    size: metadata.len(),
                    address,
                }),
                Err(source) => Err(ObjectError { address, source }),
            }
        };
        self.0.iter().map(object).collect()
    }

    fn open(&self, address: &str) -> Result<Box<dyn Read + Send>, ObjectError> {
        open(address)
    }
}

/// A folder that stands for S3: `s3://bucket/key` is the file `bucket/key` in it, other addresses are its paths.
#[derive(Clone, Debug)]
pub struct Folder(pub PathBuf);

impl Folder {
    fn path(&self, address: &str) -> PathBuf {
        self.0
            .join(address.strip_prefix("s3://").unwrap_or(address))
    }

    fn walk(&self, folder: &Path, address: &str, found: &mut Vec<Object>) -> io::Result<()> {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            // A prefix without objects is no error in S3.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error),
        };
        for entry in entries {
            let entry = entry?;
            let address = format!("{address}{}", entry.file_name().to_string_lossy());
            let metadata = entry.metadata()?;
            match metadata.is_dir() {
                true => self.walk(&entry.path(), &format!("{address}/"), found)?,
                false => found.push(Object {
                    address,
                    size: metadata.len(),
                }),
            }
        }
        Ok(())
    }
}

impl Objects for Folder {
    fn list(&self, folder: &str) -> Result<Vec<Object>, ObjectError> {
        let mut found = Vec::new();
        let walked = self.walk(&self.path(folder), folder, &mut found);
        walked.map_err(|source| ObjectError {
            address: folder.to_owned(),
            source,
        })?;
        found.sort();
        Ok(found)
    }

    fn open(&self, address: &str) -> Result<Box<dyn Read + Send>, ObjectError> {
        open(&self.path(address).display().to_string())
    }
}
