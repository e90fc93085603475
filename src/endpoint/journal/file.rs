use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use belfry_engine::base::Millis;
use serde_json::Value;

use super::{Entry, entry, header, line};
use crate::endpoint::EndpointError;
use crate::endpoint::protocol::Call;

/// The journal of a data folder, open for appending.
#[derive(Debug)]
pub(in crate::endpoint) struct Journal {
    path: PathBuf,
    file: File,
}

/// What was found in a file beside its entries.
struct Found {
    /// Where the last whole line ends.
    end: u64,
    /// How many bytes of a line that was never finished follow.
    torn: u64,
}

impl Journal {
    /// Opens the journal and shows its entries, oldest first, to `replay`. A last line that was never finished
    /// was never acknowledged: it is cut off, and `remark` hears about it. Damage anywhere else refuses to open.
    pub(in crate::endpoint) fn open(
        path: &Path,
        account_id: &str,
        replay: &mut dyn FnMut(&Entry),
        remark: &dyn Fn(&str),
    ) -> Result<Self, EndpointError> {
        let failed = |source| EndpointError::Journal {
            path: path.to_owned(),
            source,
        };
        let mut options = OpenOptions::new();
        let file = options
            .create(true)
            .read(true)
            .append(true)
            .open(path)
            .map_err(failed)?;
        let found = read(path, &file, account_id, replay)?;
        if found.torn > 0 {
            remark(&format!(
                "the last line of the journal was never finished; its {} bytes are cut off: {}",
                found.torn,
                path.display()
            ));
            file.set_len(found.end).map_err(failed)?;
        }
        let mut journal = Self {
            path: path.to_owned(),
            file,
        };
        if found.end == 0 {
            journal.write(&header::write(account_id))?;
        }
        Ok(journal)
    }

    /// Writes a call; when this returns, it is on the disk.
    pub(in crate::endpoint) fn append(
        &mut self,
        at: Millis,
        region: &str,
        call: &Call,
    ) -> Result<(), EndpointError> {
        self.write(&entry::write(at, region, call))
    }

    fn write(&mut self, entry: &Value) -> Result<(), EndpointError> {
        let written = self.file.write_all(&line::write(entry));
        written
            .and_then(|()| self.file.sync_data())
            .map_err(|source| EndpointError::Journal {
                path: self.path.clone(),
                source,
            })
    }
}

fn read(
    path: &Path,
    file: &File,
    account_id: &str,
    replay: &mut dyn FnMut(&Entry),
) -> Result<Found, EndpointError> {
    let mut reader = BufReader::new(file);
    let mut found = Found { end: 0, torn: 0 };
    let mut bytes = Vec::new();
    for number in 1_u64.. {
        bytes.clear();
        let length =
            reader
                .read_until(b'\n', &mut bytes)
                .map_err(|source| EndpointError::Journal {
                    path: path.to_owned(),
                    source,
                })?;
        let length = u64::try_from(length).unwrap_or(u64::MAX);
        if !bytes.ends_with(b"\n") {
            found.torn = length;
            break;
        }
        found.end += length;
        take(&bytes, number, account_id, replay).map_err(|reason| EndpointError::Damaged {
            path: path.to_owned(),
            line: number,
            reason,
        })?;
    }
    Ok(found)
}

fn take(
    bytes: &[u8],
    number: u64,
    account_id: &str,
    replay: &mut dyn FnMut(&Entry),
) -> Result<(), String> {
    let value = line::read(bytes)?;
    if number == 1 {
        return header::check(&value, account_id);
    }
    replay(&entry::read(value)?);
    Ok(())
}
