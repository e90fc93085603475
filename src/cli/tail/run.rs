use std::collections::VecDeque;
use std::io::{self, Write};
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
        Format::Csv | Format::Markdown | Format::Junit | Format::Github
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
    if path.is_file() {
        follow(cx, arguments, path, pattern.as_ref(), zone)?;
    } else {
        group::follow(cx, arguments, &zone)?;
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
    let unreadable = |error: io::Error| {
        let error = anyhow::Error::new(error).context(format!("cannot read {}", path.display()));
        CommandError::new(Kind::User, error)
    };
    if cx.globals.format == Format::Json {
        let error = CommandError::usage("lines of a file are printed as they are");
        return Err(error.hint("--format json is for log groups"));
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
    cx.block_on(async {
        let mut interrupt = Interrupt::listen()?;
        loop {
            tokio::select! {
                biased;
                () = interrupt.next() => return Ok(()),
                () = tokio::time::sleep(PAUSE) => {}
            }
            for seen in file.poll().map_err(unreadable)? {
                match seen {
                    Seen::Line(line) if matches(&line) => writeln!(out, "{line}")?,
                    Seen::Line(_) => {}
                    Seen::Truncated => {
                        writeln!(err, "the file was truncated; from its beginning:")?;
                    }
                    Seen::Replaced => {
                        writeln!(err, "another file has the name now; from its beginning:")?;
                    }
                }
            }
            out.flush()?;
        }
    })
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
