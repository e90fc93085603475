use std::fs;
use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use belfry_athena::scan::{Files, Object, ObjectError, Objects};
use belfry_engine::catalog::{
    Catalog, access_log_table, connection_log_table, health_check_log_table,
};
use belfry_engine::events::LogType;
use flate2::read::MultiGzDecoder;

use crate::cli::CommandError;

/// The folders that stand for the tables: files have no bucket.
const TABLES: [&str; 3] = ["files:access/", "files:connection/", "files:health-check/"];
/// Their names, and what their files are.
pub(super) const KINDS: [(&str, &str); 3] = [
    ("alb_logs", "access logs"),
    ("alb_connection_logs", "connection logs"),
    ("alb_health_check_logs", "health-check logs"),
];
/// How a line that tells what its file is may be long.
const LONGEST_LINE: u64 = 1 << 20;
/// What bytes of gzip begin with.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// Files by the kind of their logs, and standard input, which is one of them.
#[derive(Debug, Default)]
pub(super) struct LogFiles {
    files: [Files; 3],
    /// Read whole: a query may look at a table twice.
    standard_input: Option<StandardInput>,
    /// Whether a query asked for a table that has no file.
    asked_for_none: [AtomicBool; 3],
}

#[derive(Clone, Debug)]
struct StandardInput {
    kind: usize,
    bytes: Arc<[u8]>,
}

impl StandardInput {
    fn size(&self) -> u64 {
        u64::try_from(self.bytes.len()).unwrap_or(u64::MAX)
    }

    /// Unpacked by its name, as files are.
    fn address(&self) -> &'static str {
        match self.bytes.starts_with(&GZIP) {
            true => "-.gz",
            false => "-",
        }
    }
}

impl LogFiles {
    /// The files that the command line names; of folders all that are in them, in order.
    pub(super) fn read(paths: &[PathBuf], input: &mut dyn Read) -> Result<Self, CommandError> {
        let mut found = Self::default();
        for path in paths {
            match path.as_os_str() == "-" {
                true => found.add_standard_input(input)?,
                false => found.add(path.clone(), true)?,
            }
        }
        Ok(found)
    }

    /// The bytes of all files, packed if they are.
    pub(super) fn size(&self) -> u64 {
        let paths = self.files.iter().flat_map(|files| &files.0);
        let sizes = paths.filter_map(|path| Some(fs::metadata(path).ok()?.len()));
        let own = self.standard_input.as_ref();
        sizes.sum::<u64>() + own.map_or(0, StandardInput::size)
    }

    /// What is to be said of tables that a query asked for and that no file belongs to.
    pub(super) fn notes(&self) -> impl Iterator<Item = String> {
        let asked = self.asked_for_none.iter().zip(KINDS);
        let asked = asked.filter(|(asked, _)| asked.load(Ordering::Relaxed));
        asked
            .map(|(_, (table, logs))| format!("no file holds {logs}: the table `{table}` is empty"))
    }

    fn add_standard_input(&mut self, input: &mut dyn Read) -> Result<(), CommandError> {
        if self.standard_input.is_some() {
            return Ok(());
        }
        let mut bytes = Vec::new();
        let read = input.read_to_end(&mut bytes);
        read.map_err(|error| CommandError::user(format!("standard input: {error}")))?;
        self.standard_input = Some(StandardInput {
            kind: kind_of(first_line(&bytes[..]).as_deref(), ""),
            bytes: bytes.into(),
        });
        Ok(())
    }

    fn add(&mut self, path: PathBuf, named: bool) -> Result<(), CommandError> {
        let wrong = |error| CommandError::user(format!("`{}`: {error}", path.display()));
        if fs::metadata(&path).map_err(wrong)?.is_dir() {
            let entries = fs::read_dir(&path).map_err(wrong)?;
            let paths: Result<Vec<PathBuf>, _> = entries
                .map(|entry| entry.map(|entry| entry.path()))
                .collect();
            let mut paths = paths.map_err(wrong)?;
            paths.sort();
            return paths.into_iter().try_for_each(|path| self.add(path, false));
        }
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        // As Athena leaves out objects of such names.
        if !named && name.starts_with(['.', '_']) {
            return Ok(());
        }
        let first = fs::File::open(&path).map_err(wrong)?;
        let kind = kind_of(first_line(first).as_deref(), &name);
        if let Some(files) = self.files.get_mut(kind) {
            files.0.push(path);
        }
        Ok(())
    }
}

/// The first line of a log, unpacked; none where it cannot be read, which the query will say.
fn first_line(bytes: impl Read) -> Option<String> {
    let mut bytes = BufReader::new(bytes);
    let packed = bytes.fill_buf().ok()?.starts_with(&GZIP);
    let unpacked: Box<dyn Read + '_> = match packed {
        true => Box::new(MultiGzDecoder::new(bytes)),
        false => Box::new(bytes),
    };
    let mut line = Vec::new();
    let mut unpacked = BufReader::new(unpacked.take(LONGEST_LINE));
    unpacked.read_until(b'\n', &mut line).ok()?;
    Some(String::from_utf8_lossy(&line).trim_end().to_owned())
}

/// Which table a file belongs to: by its first line, else by AWS's own names of delivered files.
fn kind_of(first: Option<&str>, name: &str) -> usize {
    match first.and_then(LogType::of_file_line) {
        Some(LogType::AlbAccess) => 0,
        Some(LogType::AlbConnection) => 1,
        Some(LogType::AlbHealthCheck) => 2,
        _ if name.starts_with("conn_log") => 1,
        _ if name.starts_with("health_check_log") => 2,
        _ => 0,
    }
}

/// The tables that a suite deploys, over the files: their columns and their patterns, all of it one partition.
pub(super) fn tables() -> Catalog {
    let mut tables = Catalog::default();
    let [access, connection, health_check] = TABLES;
    let [(of_access, _), (of_connection, _), (of_health_check, _)] = KINDS;
    for table in [
        access_log_table(of_access, access),
        connection_log_table(of_connection, connection),
        health_check_log_table(of_health_check, health_check),
    ] {
        tables.put("default", table);
    }
    tables
}

impl Objects for LogFiles {
    fn list(&self, folder: &str) -> Result<Vec<Object>, ObjectError> {
        let Some(kind) = TABLES.iter().position(|table| *table == folder) else {
            return Ok(Vec::new());
        };
        let files = self.files.get(kind);
        let mut found = files.map_or_else(|| Ok(Vec::new()), |files| files.list(folder))?;
        let own = self.standard_input.as_ref();
        found.extend(own.filter(|own| own.kind == kind).map(|own| Object {
            address: own.address().to_owned(),
            size: own.size(),
        }));
        if let (true, Some(asked)) = (found.is_empty(), self.asked_for_none.get(kind)) {
            asked.store(true, Ordering::Relaxed);
        }
        Ok(found)
    }

    fn open(&self, address: &str) -> Result<Box<dyn Read + Send>, ObjectError> {
        match &self.standard_input {
            Some(own) if own.address() == address => {
                Ok(Box::new(Cursor::new(Arc::clone(&own.bytes))))
            }
            _ => Files::default().open(address),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEALTH: &str = include_str!("../../../athena/tests/data/health-checks.log");

    #[test]
    fn a_file_is_told_by_its_first_line_else_by_its_name() {
        let kind = |line: &str, name: &str| kind_of(first_line(line.as_bytes()).as_deref(), name);
        assert_eq!(kind("nothing\n", "conn_log.x.log"), 1);
        assert_eq!(kind("nothing\n", "health_check_log.x.log"), 2);
        assert_eq!(kind("", "alb.log"), 0);
        assert_eq!(kind(HEALTH, "saved.log"), 2);
    }

    #[test]
    fn standard_input_is_a_table_that_can_be_read_twice() {
        let paths = [PathBuf::from("-"), PathBuf::from("-")];
        let files = LogFiles::read(&paths, &mut Cursor::new(b"a line\n")).unwrap();
        let listed = files.list("files:access/").unwrap();
        assert_eq!((listed.len(), listed[0].size, files.size()), (1, 7, 7));
        assert_eq!(files.notes().count(), 0);
        assert!(files.list("files:connection/").unwrap().is_empty());
        let note = "no file holds connection logs: the table `alb_connection_logs` is empty";
        assert_eq!(files.notes().collect::<Vec<_>>(), [note]);
        for _ in 0..2 {
            let mut text = String::new();
            files.open("-").unwrap().read_to_string(&mut text).unwrap();
            assert_eq!(text, "a line\n");
        }
    }
}
