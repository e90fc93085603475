use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::ask::is_wanted;
use super::connection::{load_suite, look};
use super::plan::{conflict, show_price};
use super::plan_file;
use super::{CommandError, Context, Exit, Format, Kind};
use crate::aws::{AwsCloud, CloudError};
use crate::provision::{Applied, Outcome, Plan, Silent, applied_json, apply, plan_json};
use crate::report::{ApplyProgress, plural, write_plan};

/// Make the environment hold what the suite declares
///
/// Shows the plan, asks, and makes the changes, each after what it needs. A failure leaves out what depends on it;
/// run again, the command does what is still to be done. A plan file was read before it got here, so it is
/// applied without a question, but only as long as both sides are as they were when it was made.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// A plan that `belfry plan --out` wrote
    #[arg(value_name = "PLAN")]
    plan: Option<PathBuf>,
    /// Do not ask
    #[arg(long)]
    yes: bool,
}

const EXAMPLES: &str = "\
Examples:
  belfry apply                     asks before it changes anything
  belfry apply --yes               in scripts
  belfry apply --env aws --yes     the account is compared with the one in belfry.toml first
  belfry apply --env aws p.json    what `belfry plan --env aws --out p.json` showed, or nothing

Exit codes:
  0 made, or nothing to do   1 a text of the suite or the plan file is wrong   2 usage
  4 conflicts, or the plan file no longer fits   5 AWS refused or was not reached";

pub(super) fn run(cx: &mut Context, arguments: &Arguments) -> Result<Exit, CommandError> {
    check_flags(cx, arguments)?;
    let file = arguments.plan.as_deref().map(plan_file::read).transpose()?;
    let loaded = load_suite(cx)?;
    let looked = look(cx, &loaded)?;
    if let Some(file) = &file {
        plan_file::hold(file, &loaded, &looked)?;
    }
    let plan = &looked.plan;
    let asks = file.is_none() && !arguments.yes;
    if cx.globals.format == Format::Table && (asks || !cx.globals.quiet) {
        write_plan(&mut cx.out, plan)?;
        show_price(cx, plan)?;
        cx.out.flush()?;
    }
    if !plan.conflicts.is_empty() {
        return Err(conflict(plan));
    }
    let count = plural(plan.changes.len(), "change");
    let question = format!("make {count} in `{}`?", cx.globals.env);
    if !plan.changes.is_empty() && asks && !is_wanted(cx, &question)? {
        writeln!(cx.err, "nothing was changed")?;
        return Ok(Exit::Fine);
    }
    let outcome = make(cx, &looked.cloud, plan)?;
    conclude(cx, plan, &outcome, "apply")
}

/// What is wrong before anything is looked at.
fn check_flags(cx: &Context, arguments: &Arguments) -> Result<(), CommandError> {
    if matches!(
        cx.globals.format,
        Format::Csv | Format::Markdown | Format::Junit | Format::Github | Format::Sarif
    ) {
        return Err(CommandError::usage(
            "what was applied is printed as text or as JSON",
        ));
    }
    if !arguments.yes && arguments.plan.is_none() && cx.answers.is_none() {
        return Err(
            CommandError::usage("nobody can be asked here, so `apply` needs --yes")
                .hint("`belfry plan` shows what would change"),
        );
    }
    Ok(())
}

pub(super) fn make(
    cx: &mut Context,
    cloud: &AwsCloud,
    plan: &Plan,
) -> Result<Outcome<CloudError>, CommandError> {
    let mut out = std::mem::replace(&mut cx.out, Box::new(std::io::sink()));
    let is_text = cx.globals.format == Format::Table && !plan.changes.is_empty();
    let outcome = cx.block_on(async {
        if is_text {
            writeln!(out)?;
            let mut progress = ApplyProgress::new(&mut out, cx.watched);
            Ok(apply(cloud, plan, &mut progress).await)
        } else {
            Ok(apply(cloud, plan, &mut Silent).await)
        }
    });
    cx.out = out;
    outcome
}

pub(super) fn conclude(
    cx: &mut Context,
    plan: &Plan,
    outcome: &Outcome<CloudError>,
    command: &str,
) -> Result<Exit, CommandError> {
    let (done, all) = (outcome.done(), outcome.results.len());
    match cx.globals.format {
        Format::Json => {
            let value = json!({ "plan": plan_json(plan), "applied": applied_json(outcome) });
            writeln!(cx.out, "{value:#}")?;
        }
        Format::Table
        | Format::Csv
        | Format::Markdown
        | Format::Junit
        | Format::Github
        | Format::Sarif
            if all > 0 && outcome.is_complete() =>
        {
            writeln!(cx.out, "\n{} made", plural(done, "change"))?;
        }
        Format::Table
        | Format::Csv
        | Format::Markdown
        | Format::Junit
        | Format::Github
        | Format::Sarif => {}
    }
    if outcome.is_complete() {
        return Ok(Exit::Fine);
    }
    cx.out.flush()?;
    Err(incomplete(outcome, command))
}

/// The hints of the failures, each once.
fn incomplete(outcome: &Outcome<CloudError>, command: &str) -> CommandError {
    let (done, all) = (outcome.done(), outcome.results.len());
    let message = format!("{done} of {all} changes were made");
    let mut error = CommandError::new(Kind::Cloud, anyhow::Error::msg(message));
    for (_, _, applied) in &outcome.results {
        if let Applied::Failed(CloudError {
            hint: Some(hint), ..
        }) = applied
            && !error.hints.contains(hint)
        {
            error = error.hint(hint);
        }
    }
    error.hint(format!("run `belfry {command}` again to do the rest"))
}
