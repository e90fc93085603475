use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;

use crate::cli::query::log_files_of;
use crate::cli::{CommandError, Kind};
use crate::trace::{AccessLine, Id, ServiceLine};

/// Lines of both sides that hold an id.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) access: Vec<AccessLine>,
    pub(super) service: Vec<ServiceLine>,
    pub(super) notes: Vec<String>,
}

impl Found {
    /// The trace ids of the service's lines: by them the load balancer knows the request.
    pub(super) fn traces(&self) -> BTreeSet<String> {
        let traces = self.service.iter().filter_map(|line| line.text("trace_id"));
        traces.map(str::to_owned).collect()
    }
}

/// Reads the files until the lines of a request bring no other id of it: a request's lines name its trace, a trace's
/// lines name their requests.
pub(super) fn find(paths: &[PathBuf], id: &Id) -> Result<Found, CommandError> {
    let mut files = Vec::new();
    for path in paths {
        match path.is_dir() {
            true => files.extend(log_files_of(path)?),
            false => files.push(path.clone()),
        }
    }
    let mut ids = vec![id.clone()];
    loop {
        let mut found = Found::default();
        for file in &files {
            read(file, &ids, &mut found)?;
        }
        let more: Vec<Id> = others(&found, id)
            .into_iter()
            .filter(|other| !ids.contains(other))
            .collect();
        if more.is_empty() {
            return Ok(found);
        }
        ids.extend(more);
    }
}

/// The other names of what was asked for.
fn others(found: &Found, asked: &Id) -> Vec<Id> {
    let names = |member: &'static str| {
        let lines = found.service.iter();
        lines.filter_map(move |line| line.text(member))
    };
    match asked {
        Id::Request(_) => names("trace_id")
            .filter_map(|id| Id::parse(id).ok())
            .collect(),
        Id::Trace(_) => names("request_id")
            .map(|id| Id::Request(id.to_owned()))
            .collect(),
    }
}

fn read(path: &Path, ids: &[Id], found: &mut Found) -> Result<(), CommandError> {
    let name = path.display().to_string();
    let unreadable = |error: std::io::Error| {
        CommandError::new(Kind::User, anyhow::anyhow!("cannot read {name}: {error}"))
    };
    let file = File::open(path).map_err(unreadable)?;
    let mut reader = BufReader::with_capacity(64 * 1024, file);
    let is_gzip = reader
        .fill_buf()
        .map_err(unreadable)?
        .starts_with(&[0x1f, 0x8b]);
    let lines: Box<dyn BufRead> = match is_gzip {
        true => Box::new(BufReader::new(MultiGzDecoder::new(reader))),
        false => Box::new(reader),
    };
    for (number, line) in lines.split(b'\n').enumerate() {
        let line = line.map_err(unreadable)?;
        sort(&line, number + 1, &name, ids, found);
    }
    Ok(())
}

/// Keeps a line that holds one of the ids on the side that it belongs to.
pub(super) fn sort(line: &[u8], number: usize, from: &str, ids: &[Id], found: &mut Found) {
    let line = String::from_utf8_lossy(line);
    if !ids.iter().any(|id| line.contains(id.text())) {
        return;
    }
    if line.trim_start().starts_with('{') {
        let parsed = ServiceLine::parse(&line, None, from);
        let is_asked = |line: &ServiceLine| ids.iter().any(|id| line.has(id));
        found.service.extend(parsed.filter(is_asked));
        return;
    }
    match AccessLine::parse(&line, from) {
        Ok(line) if ids.iter().any(|id| line.has(id)) => found.access.push(line),
        Ok(_) => {}
        Err(error) => found.notes.push(format!(
            "{from}, line {number} holds the id and is no line of an access log: {error}"
        )),
    }
}
