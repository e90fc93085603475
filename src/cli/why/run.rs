use belfry_engine::base::Millis;
use belfry_engine::diag::nearest;
use jiff::tz::TimeZone;

use super::{Arguments, composite, log, metric};
use crate::aws::Session;
use crate::cli::connection::{Loaded, connect, load_suite};
use crate::cli::query::{End, Here};
use crate::cli::{CommandError, Context, Exit, Format};
use crate::report::{spinner, table, write_explanation};
use crate::why::{DescribedAlarm, Explanation};

/// What the explanation is about.
pub(super) struct Question<'a> {
    pub(super) session: &'a Session,
    pub(super) loaded: &'a Loaded,
    pub(super) name: &'a str,
    /// The moment asked about.
    pub(super) at: Millis,
    /// The present.
    pub(super) now: Millis,
    /// Whether log groups are looked into.
    pub(super) lines: bool,
}

/// Explains the alarm, or lists the alarms.
pub(in crate::cli) fn run(cx: &mut Context, arguments: &Arguments) -> Result<Exit, CommandError> {
    if !matches!(cx.globals.format, Format::Table | Format::Json) {
        return Err(CommandError::usage("`why` prints text, or JSON"));
    }
    let now = cx.clock.now();
    let at = moment(cx, arguments, now)?;
    let loaded = load_suite(cx)?;
    let Some(name) = &arguments.name else {
        return list(cx, &loaded);
    };
    let watching = spinner(cx.watched, "looking at the alarm");
    let explanation = cx.block_on(async {
        let session = connect(cx, &loaded).await?;
        let question = Question {
            session: &session,
            loaded: &loaded,
            name,
            at,
            now,
            lines: !arguments.no_lines,
        };
        explain(&question).await
    });
    watching.finish_and_clear();
    show(cx, &explanation?)?;
    Ok(Exit::Fine)
}

fn moment(cx: &Context, arguments: &Arguments, now: Millis) -> Result<Millis, CommandError> {
    let Some(at) = arguments.at else {
        return Ok(now);
    };
    let zone = match arguments.utc {
        true => TimeZone::UTC,
        false => cx.settings.zone.clone(),
    };
    let at = at.resolve(&Here { now, zone }, End::Start);
    let at = at.map_err(CommandError::usage)?;
    if at > now {
        return Err(CommandError::usage(format!(
            "{} has not come yet: nothing was evaluated then",
            at.to_rfc3339()
        )));
    }
    Ok(at)
}

async fn explain(question: &Question<'_>) -> Result<Explanation, CommandError> {
    let name = question.name;
    match question.session.described_alarm(name).await? {
        Some(DescribedAlarm::Metric(described)) => metric::explain(question, &described).await,
        Some(DescribedAlarm::Log(described)) => log::explain(question, &described).await,
        Some(DescribedAlarm::Composite(described)) => {
            composite::explain(question, &described).await
        }
        Some(DescribedAlarm::Unsupported { reason }) => Err(CommandError::user(format!(
            "the alarm `{name}` cannot be explained: {reason}"
        ))),
        None => Err(unknown(question).await?),
    }
}

async fn unknown(question: &Question<'_>) -> Result<CommandError, CommandError> {
    let (name, names) = (question.name, question.session.alarm_names().await?);
    let error = CommandError::user(format!("no alarm is called `{name}`"));
    let is_declared = question.loaded.suite.alarm_names().contains(&name);
    Ok(match nearest(name, names.iter().map(String::as_str)) {
        _ if is_declared => error.hint("the suite declares it: `belfry apply` makes it"),
        Some(near) => error.hint(format!("an alarm with a similar name exists: {near}")),
        None if names.is_empty() => error.hint("the environment has no alarms: `belfry apply`"),
        None => error.hint("`belfry why` lists the alarms"),
    })
}

fn show(cx: &mut Context, explanation: &Explanation) -> Result<(), CommandError> {
    if cx.globals.format == Format::Json {
        let text = serde_json::to_string_pretty(explanation)
            .map_err(|error| CommandError::user(error.to_string()))?;
        writeln!(cx.out, "{text}")?;
        return Ok(());
    }
    write_explanation(&mut cx.out, explanation, cx.width)?;
    Ok(())
}

fn list(cx: &mut Context, loaded: &Loaded) -> Result<Exit, CommandError> {
    let standings = cx.block_on(async {
        let session = connect(cx, loaded).await?;
        Ok(session.alarm_standings().await?)
    })?;
    if cx.globals.format == Format::Json {
        let alarms: Vec<_> = standings
            .iter()
            .map(|s| serde_json::json!({ "alarm": s.name, "state": s.state, "reason": s.reason }))
            .collect();
        let value = serde_json::json!({ "version": 1, "alarms": alarms });
        writeln!(cx.out, "{value:#}")?;
        return Ok(Exit::Fine);
    }
    let columns = ["alarm", "state", "reason"].map(str::to_owned);
    let rows: Vec<_> = standings
        .into_iter()
        .map(|s| vec![Some(s.name), Some(s.state), Some(s.reason)])
        .collect();
    writeln!(cx.out, "{}", table(&columns, &rows, cx.width))?;
    Ok(Exit::Fine)
}
