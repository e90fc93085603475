use std::fs;
use std::io::Read;
use std::path::PathBuf;

use belfry_athena::scan::{Files, Object, ObjectError, Objects};
use belfry_engine::catalog::{
    Catalog, access_log_table, connection_log_table, health_check_log_table,
};

use crate::cli::CommandError;

/// The folders that stand for the tables: files have no bucket.
const TABLES: [&str; 3] = ["files:access/", "files:connection/", "files:health-check/"];

/// Files by the kind of their logs.
#[derive(Debug, Default)]
pub(super) struct LogFiles([Files; 3]);

impl LogFiles {
    /// The files that the command line names; of folders all that are in them, in order.
    pub(super) fn read(paths: &[PathBuf]) -> Result<Self, CommandError> {
        let mut found = Self::default();
        for path in paths {
            found.add(path.clone(), true)?;
        }
        Ok(found)
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
        // AWS's own names of delivered files.
        let kind = match name {
            name if name.starts_with("conn_log") => 1,
            name if name.starts_with("health_check_log") => 2,
            _ => 0,
        };
        if let Some(files) = self.0.get_mut(kind) {
            files.0.push(path);
        }
        Ok(())
    }
}

/// The tables that a suite deploys, over the files: their columns and their patterns, all of it one partition.
pub(super) fn tables() -> Catalog {
    let mut tables = Catalog::default();
    let [access, connection, health_check] = TABLES;
    for table in [
        access_log_table("alb_logs", access),
        connection_log_table("alb_connection_logs", connection),
        health_check_log_table("alb_health_check_logs", health_check),
    ] {
        tables.put("default", table);
    }
    tables
}

impl Objects for LogFiles {
    fn list(&self, folder: &str) -> Result<Vec<Object>, ObjectError> {
        let kind = TABLES.iter().position(|table| *table == folder);
        kind.and_then(|kind| self.0.get(kind))
            .map_or_else(|| Ok(Vec::new()), |files| files.list(folder))
    }

    fn open(&self, address: &str) -> Result<Box<dyn Read + Send>, ObjectError> {
        Files::default().open(address)
    }
}
