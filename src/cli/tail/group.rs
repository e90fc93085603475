use std::io::{self, Write};
use std::time::Duration;

use belfry_engine::base::Millis;
use belfry_engine::pattern::FilterPattern;
use jiff::tz::TimeZone;

use super::Arguments;
use crate::aws::{LogTail, TailEvent};
use crate::cli::connection::{connect, load_suite};
use crate::cli::interrupt::Interrupt;
use crate::cli::query::{End, Here, Moment, show_time, zone_name};
use crate::cli::{CommandError, Context, Format};

/// As far back as `aws logs tail` looks.
const DEFAULT_SINCE: Moment = Moment::Ago(600_000);
/// FilterLogEvents may be called 5 to 25 times a second, by region.
const PAUSE: Duration = Duration::from_secs(1);

/// Follows a log group until Ctrl-C.
pub(super) fn follow(
    cx: &mut Context,
    arguments: &Arguments,
    zone: &TimeZone,
) -> Result<(), CommandError> {
    let loaded = load_suite(cx)?;
    let here = Here {
        now: cx.clock.now(),
        zone: zone.clone(),
    };
    let since = arguments.since.unwrap_or(DEFAULT_SINCE);
    let since: Millis = since
        .resolve(&here, End::Start)
        .map_err(CommandError::usage)?;
    if !cx.globals.quiet {
        let since = show_time(since, zone);
        let zone = zone_name(zone);
        writeln!(
            cx.err,
            "{} since {since} {zone}; Ctrl-C ends",
            arguments.target
        )?;
    }
    let mut out = std::mem::replace(&mut cx.out, Box::new(io::sink()));
    let mut tail = LogTail::of(&arguments.target, arguments.filter.as_deref(), since);
    let json = cx.globals.format == Format::Json;
    cx.block_on(async {
        let mut interrupt = Interrupt::listen()?;
        let session = connect(cx, &loaded).await?;
        loop {
            tokio::select! {
                biased;
                () = interrupt.next() => return Ok(()),
                events = tail.poll(&session) => {
                    for event in events? {
                        write(&mut *out, &event, json, zone)?;
                    }
                    out.flush()?;
                }
            }
            tokio::select! {
                biased;
                () = interrupt.next() => return Ok(()),
                () = tokio::time::sleep(PAUSE) => {}
            }
        }
    })
}

fn write(out: &mut dyn Write, event: &TailEvent, json: bool, zone: &TimeZone) -> io::Result<()> {
    if json {
        let value = serde_json::json!({
            "timestamp": event.timestamp.0,
            "logStreamName": event.log_stream,
            "message": event.message,
        });
        return writeln!(out, "{value}");
    }
    let time = show_time(event.timestamp, zone);
    writeln!(
        out,
        "{time} {} {}",
        event.log_stream,
        event.message.trim_end()
    )
}

/// The pattern is checked here first: a mistake costs no call.
pub(super) fn pattern(text: Option<&str>) -> Result<Option<FilterPattern>, CommandError> {
    let parsed = text.map(FilterPattern::parse).transpose();
    parsed.map_err(|error| CommandError::user(format!("the filter pattern is refused: {error}")))
}
