use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use belfry_engine::base::{Millis, TimeRange};
use belfry_engine::events::{
    EventRef, EventSource, FieldReader, FileOptions, LogFile, Origin, Piece, Pieces, Scanned,
    Visit, Wanted,
};

use super::Arguments;
use crate::cli::{CommandError, Kind};

/// What the files of a folder that are read end with, `.gz` behind it or not.
const ENDINGS: &[&str] = &[".jsonl", ".ndjson", ".json", ".log", ".txt"];

/// Log files, one after the other, as one source.
#[derive(Debug)]
pub(super) struct Files {
    files: Vec<(String, LogFile)>,
    /// What is known of each of them beside its lines.
    pub(super) origins: Vec<Origin>,
}

/// Positions of one file begin where those of the file before can no longer reach.
const POSITIONS_OF_A_FILE: u32 = 44;

impl Files {
    /// Reads what `--file` names: files, folders with all log files in them, `-` for standard input.
    pub(super) fn read(arguments: &Arguments) -> Result<Self, CommandError> {
        let mut paths = Vec::new();
        for path in &arguments.files {
            if path.is_dir() {
                paths.extend(of_folder(path)?);
            } else {
                paths.push(path.clone());
            }
        }
        let files = paths.iter().map(|path| open(arguments, path));
        let files = files.collect::<Result<Vec<_>, _>>()?;
        let origins = vec![Origin::default(); files.len()];
        Ok(Self { files, origins })
    }

    /// The first file in which no line has a time: then each event is stamped with its line's number.
    pub(super) fn first_undated(&self) -> Option<&str> {
        let file = self.files.iter().find(|(_, file)| file.is_undated())?;
        Some(&file.0)
    }

    /// What went wrong while the files were scanned.
    pub(super) fn check(&self) -> Result<(), CommandError> {
        let wrong = |error| CommandError::new(Kind::User, error);
        self.files
            .iter()
            .try_for_each(|(_, file)| file.check().map_err(wrong))
    }

    /// The whole seconds of `range` that hold events.
    pub(super) fn within(&self, range: TimeRange) -> TimeRange {
        let mut seen: Option<TimeRange> = None;
        for chunk in 0..self.chunks() {
            self.scan(chunk, range, &mut |event| {
                let at = event.timestamp;
                let ends = seen.get_or_insert(TimeRange { start: at, end: at });
                ends.start = ends.start.min(at);
                ends.end = ends.end.max(at);
            });
        }
        match seen {
            Some(ends) => TimeRange {
                start: ends.start.floor_to(1000),
                end: ends.end.floor_to(1000).plus(999),
            },
            None => TimeRange {
                start: Millis(0),
                end: Millis(999),
            },
        }
    }

    /// The files with their names.
    pub(super) fn each(&self) -> impl Iterator<Item = &(String, LogFile)> {
        self.files.iter()
    }

    fn file(&self, index: usize) -> Option<(Place<'_>, &LogFile)> {
        let (name, file) = self.files.get(index)?;
        let place = Place {
            first_position: u64::try_from(index).unwrap_or_default() << POSITIONS_OF_A_FILE,
            log_stream: (self.files.len() > 1).then_some(name.as_str()),
            origin: self.origins.get(index),
        };
        Some((place, file))
    }

    /// The file that chunk number `chunk` belongs to, and its number there.
    fn place(&self, chunk: usize) -> Option<(Place<'_>, &LogFile, usize)> {
        let mut chunk = chunk;
        for (index, (_, file)) in self.files.iter().enumerate() {
            match chunk.checked_sub(file.chunks()) {
                Some(rest) => chunk = rest,
                None => return self.file(index).map(|(place, file)| (place, file, chunk)),
            }
        }
        None
    }
}

/// With more than one file, an event without a log stream carries its file's name as `@logStream`.
impl EventSource for Files {
    fn chunks(&self) -> usize {
        self.files.iter().map(|(_, file)| file.chunks()).sum()
    }

    fn scan(&self, chunk: usize, range: TimeRange, visit: &mut dyn FnMut(EventRef<'_>)) {
        if let Some((place, file, chunk)) = self.place(chunk) {
            file.scan(chunk, range, &mut |event| visit(place.of(event)));
        }
    }

    fn scan_wanted(&self, chunk: usize, wanted: &Wanted<'_>, visit: &mut Visit<'_>) -> Scanned {
        match self.place(chunk) {
            Some((place, file, chunk)) => file.scan_wanted(chunk, wanted, &mut |event, reader| {
                visit(place.of(event), reader)
            }),
            None => Scanned::default(),
        }
    }

    fn pieces(&self) -> Option<Pieces<'_>> {
        if self.files.iter().all(|(_, file)| file.pieces().is_none()) {
            return None;
        }
        let files = (0..self.files.len()).filter_map(|index| self.file(index));
        Some(Box::new(files.flat_map(|(place, file)| -> Pieces<'_> {
            match file.pieces() {
                Some(pieces) => Box::new(pieces.map(move |inner| -> Box<dyn Piece> {
                    Box::new(PieceOfFile { place, inner })
                })),
                None => Box::new((0..file.chunks()).map(move |chunk| -> Box<dyn Piece> {
                    let inner = Box::new(Chunk { file, chunk });
                    Box::new(PieceOfFile { place, inner })
                })),
            }
        })))
    }

    fn log_groups(&self) -> usize {
        1
    }

    fn refuses(&self, field: &str) -> Option<String> {
        self.origins.iter().find_map(|origin| origin.refuses(field))
    }

    fn notes(&self) -> Vec<String> {
        let named = self.files.len() > 1;
        let notes = self.files.iter().zip(&self.origins);
        let notes = notes.flat_map(|((name, file), origin)| {
            let notes = file.notes().into_iter().chain(origin.misfits.in_words());
            notes.map(move |note| match named {
                true => format!("{name}: {note}"),
                false => note,
            })
        });
        notes.collect()
    }
}

/// What an event carries of its file.
#[derive(Clone, Copy, Debug)]
struct Place<'s> {
    first_position: u64,
    log_stream: Option<&'s str>,
    origin: Option<&'s Origin>,
}

impl Place<'_> {
    fn of<'e>(&'e self, event: EventRef<'e>) -> EventRef<'e> {
        EventRef {
            log_stream: event.log_stream.or(self.log_stream),
            origin: self.origin,
            position: self.first_position + event.position,
            ..event
        }
    }
}

/// A piece of one of the files.
struct PieceOfFile<'s> {
    place: Place<'s>,
    inner: Box<dyn Piece + 's>,
}

impl Piece for PieceOfFile<'_> {
    fn scan(&self, wanted: &Wanted<'_>, visit: &mut Visit<'_>) -> Scanned {
        let mut visit =
            |event: EventRef<'_>, reader: &mut FieldReader<'_>| visit(self.place.of(event), reader);
        self.inner.scan(wanted, &mut visit)
    }
}

/// A chunk of a file that stands beside others which are read in pieces.
struct Chunk<'s> {
    file: &'s LogFile,
    chunk: usize,
}

impl Piece for Chunk<'_> {
    fn scan(&self, wanted: &Wanted<'_>, visit: &mut Visit<'_>) -> Scanned {
        self.file.scan_wanted(self.chunk, wanted, visit)
    }
}

fn open(arguments: &Arguments, path: &Path) -> Result<(String, LogFile), CommandError> {
    let options = FileOptions {
        format: arguments.file_format.into(),
        time_field: arguments.time_field.as_deref(),
    };
    let opened = if path == Path::new("-") {
        LogFile::read("-", io::stdin(), &options)
    } else {
        LogFile::open(path, &options)
    };
    let file = opened.map_err(|error| CommandError::new(Kind::User, error))?;
    Ok((path.display().to_string(), file))
}

/// The log files of a folder and those below it, by name. Hidden ones are left out.
pub(in crate::cli) fn of_folder(folder: &Path) -> Result<Vec<PathBuf>, CommandError> {
    let mut folders = vec![folder.to_path_buf()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        let wrong = |error| unreadable(&folder.display().to_string(), error);
        for entry in fs::read_dir(&folder).map_err(wrong)? {
            let path = entry.map_err(wrong)?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let plain = name.strip_suffix(".gz").unwrap_or(&name);
            if name.starts_with('.') {
                continue;
            } else if path.is_dir() {
                folders.push(path);
            } else if ENDINGS.iter().any(|ending| plain.ends_with(ending)) {
                found.push(path);
            }
        }
    }
    if found.is_empty() {
        let message = format!("{} holds no log file", folder.display());
        let endings = ENDINGS.join(", ");
        return Err(CommandError::user(message).hint(format!(
            "of a folder, files that end with {endings} are read, with .gz too"
        )));
    }
    found.sort();
    Ok(found)
}

fn unreadable(name: &str, error: io::Error) -> CommandError {
    let error = anyhow::Error::new(error).context(format!("cannot read {name}"));
    CommandError::new(Kind::User, error)
}
