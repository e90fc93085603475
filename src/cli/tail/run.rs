use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read as _, Write};
use std::path::Path;
use std::time::Duration;

use belfry_engine::base::{Millis, TimeRange};
use belfry_engine::events::{EventSource as _, FileOptions, LogFile};
use belfry_engine::pattern::FilterPattern;
use jiff::tz::TimeZone;

use super::follow_file::{FollowedFile, Seen};
use super::{Arguments, group};
use crate::cli::interrupt::Interrupt;
use crate::cli::query::{End, Here};
use crate::cli::{CommandError, Context, Exit, Format, Kind};

/// Lines of the file that are shown at first.
const FIRST_LINES: usize = 10;
const PAUSE: Duration = Duration::from_millis(200);

/// Follows a group or a file until Ctrl-C, which is no error.
pub(in crate::cli) fn run(cx: &mut Context, arguments: &Arguments) -> Result<Exit, CommandError> {
    let pattern = group::pattern(arguments.filter.as_deref())?;
    if matches!(
        cx.globals.format,
        Format::Csv | Format::Markdown | Format::Junit | Format::Github | Format::Sarif
    ) {
        return Err(CommandError::usage(
            "`tail` prints lines, or events as JSON",
        ));
    }
    let zone = if arguments.utc {
        TimeZone::UTC
    } else {
        cx.settings.zone.clone()
    };
    let path = Path::new(&arguments.target);
    if path.is_dir() {
        let error = CommandError::usage(format!("{} is a folder", path.display()));
        return Err(error.hint("`tail` follows one file; `belfry query --file` reads a folder"));
    }
    if path.is_file() {
        follow(cx, arguments, path, pattern.as_ref(), zone)?;
    } else {
        group::follow(cx, arguments, &zone).map_err(|error| match error.kind {
            Kind::Cloud => error.hint("no file has that name, so it was taken for a log group"),
            _ => error,
        })?;
    }
    Ok(Exit::Fine)
}

fn follow(
    cx: &mut Context,
    arguments: &Arguments,
    path: &Path,
    pattern: Option<&FilterPattern>,
    zone: TimeZone,
) -> Result<(), CommandError> {
    let unreadable = |error| unreadable(path, error);
    if cx.globals.format == Format::Json {
        let error = CommandError::usage("lines of a file are printed as they are");
        return Err(error.hint("--format json is for log groups"));
    }
    if is_gzip(path).map_err(unreadable)? {
        let message = format!(
            "{} is compressed: it does not grow by lines",
            path.display()
        );
        return Err(CommandError::user(message).hint("`belfry query --file` reads it"));
    }
    if !cx.globals.quiet {
        writeln!(cx.err, "the file {}; Ctrl-C ends", path.display())?;
    }
    let matches = |line: &String| pattern.is_none_or(|pattern| pattern.matches(line));
    let mut file = FollowedFile::open(path).map_err(unreadable)?;
    let first = file.poll().map_err(unreadable)?;
    let present = first.into_iter().filter_map(|seen| match seen {
        Seen::Line(line) => Some(line),
        Seen::Truncated | Seen::Replaced => None,
    });
    let shown = match arguments.since {
        None => last(present.filter(matches)),
        Some(since) => {
            let here = Here {
                now: cx.clock.now(),
                zone,
            };
            let start = since
                .resolve(&here, End::Start)
                .map_err(CommandError::usage)?;
            from(start, path, present)?
                .into_iter()
                .filter(|line| matches(line))
                .collect()
        }
    };
    for line in shown {
        writeln!(cx.out, "{line}")?;
    }
    cx.out.flush()?;
    let (mut out, mut err) = (take(&mut cx.out), take(&mut cx.err));
    let mut quiet = io::sink();
    let remarks: &mut dyn Write = if cx.globals.quiet {
        &mut quiet
    } else {
        &mut err
    };
    let ended = cx.block_on(go_on(path, &mut file, pattern, (&mut out, remarks)));
    (cx.out, cx.err) = (out, err);
    ended
}

/// Prints what comes, until Ctrl-C; then a last line that has no end.
async fn go_on(
    path: &Path,
    file: &mut FollowedFile,
    pattern: Option<&FilterPattern>,
    (out, remarks): (&mut dyn Write, &mut dyn Write),
) -> Result<(), CommandError> {
    let wanted = |seen: &Seen| match (seen, pattern) {
        (Seen::Line(line), Some(pattern)) => pattern.matches(line),
        _ => true,
    };
    let mut interrupt = Interrupt::listen()?;
    loop {
        let ended = tokio::select! {
            biased;
            () = interrupt.next() => true,
            () = tokio::time::sleep(PAUSE) => false,
        };
        let seen = file.poll().map_err(|error| unreadable(path, error))?;
        let last = if ended { file.finish() } else { None };
        for seen in seen.into_iter().chain(last).filter(wanted) {
            match seen {
                Seen::Line(line) => writeln!(out, "{line}")?,
                Seen::Truncated => {
                    writeln!(remarks, "the file was truncated; from its beginning:")?;
                }
                Seen::Replaced => {
                    writeln!(
                        remarks,
                        "another file has the name now; from its beginning:"
                    )?;
                }
            }
        }
        out.flush()?;
        if ended {
            return Ok(());
        }
    }
}

fn unreadable(path: &Path, error: io::Error) -> CommandError {
    let error = anyhow::Error::new(error).context(format!("cannot read {}", path.display()));
    CommandError::new(Kind::User, error)
}

/// By its first bytes (RFC 1952), whatever its name is.
fn is_gzip(path: &Path) -> io::Result<bool> {
    let mut first = Vec::new();
    File::open(path)?.take(2).read_to_end(&mut first)?;
    Ok(first == [0x1f, 0x8b])
}

fn take(stream: &mut Box<dyn Write + Send>) -> Box<dyn Write + Send> {
    std::mem::replace(stream, Box::new(io::sink()))
}

fn last(lines: impl Iterator<Item = String>) -> Vec<String> {
    let mut kept = VecDeque::with_capacity(FIRST_LINES);
    for line in lines {
        if kept.len() == FIRST_LINES {
            kept.pop_front();
        }
        kept.push_back(line);
    }
    kept.into()
}

/// The lines whose time is `start` or later, those without a time by the line before.
fn from(
    start: Millis,
    path: &Path,
    lines: impl Iterator<Item = String>,
) -> Result<Vec<String>, CommandError> {
    let text = lines.fold(String::new(), |text, line| text + &line + "\n");
    let name = path.display().to_string();
    let file = LogFile::read(&name, text.as_bytes(), &FileOptions::default());
    let file = file.map_err(|error| CommandError::new(Kind::User, error))?;
    if file.is_undated() {
        return Err(CommandError::user(format!(
            "--since needs times, and no line of {name} has one"
        )));
    }
    let range = TimeRange {
        start,
        end: Millis(i64::MAX),
    };
    let mut found = Vec::new();
    for chunk in 0..file.chunks() {
        file.scan(chunk, range, &mut |event| {
            found.push(event.message.to_owned());
        });
    }
    Ok(found)
}
