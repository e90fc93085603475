use std::io::BufRead;

use clap::Args;
use serde_json::json;

use super::connection::{load_suite, observe};
use super::plan::{conflict, show_price};
use super::{CommandError, Context, Exit, Format, Kind};
use crate::aws::{AwsCloud, CloudError};
use crate::provision::{Applied, Outcome, Plan, Silent, applied_json, apply, plan_json};
use crate::report::{ApplyProgress, plural, spinner, write_plan};

/// Make the environment hold what the suite declares
///
/// Shows the plan, asks, and makes the changes in order. A failure leaves out what depends on it; run again,
/// the command does what is still to be done.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Do not ask
    #[arg(long)]
    yes: bool,
}

const EXAMPLES: &str = "\
Examples:
  belfry apply                     asks before it changes anything
  belfry apply --yes               in scripts
  belfry apply --env aws --yes     the account is compared with the one in belfry.toml first";

pub(super) fn run(cx: &mut Context, arguments: &Arguments) -> Result<Exit, CommandError> {
    check_flags(cx, arguments)?;
    let loaded = load_suite(cx)?;
    let watching = spinner(cx.watched, "looking at the environment");
    let (cloud, plan) = cx.block_on(observe(cx, &loaded))?;
    watching.finish_and_clear();
    let is_wordy = !(cx.globals.quiet && arguments.yes);
    if cx.globals.format == Format::Table && is_wordy {
        write_plan(&mut cx.out, &plan)?;
        show_price(cx, &plan)?;
        cx.out.flush()?;
    }
    if !plan.conflicts.is_empty() {
        return Err(conflict(&plan));
    }
    if !plan.changes.is_empty() && !arguments.yes && !is_wanted(cx, &plan)? {
        writeln!(cx.err, "nothing was changed")?;
        return Ok(Exit::Fine);
    }
    let outcome = make(cx, &cloud, &plan)?;
    conclude(cx, &plan, &outcome)
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
    if !arguments.yes && cx.answers.is_none() {
        return Err(
            CommandError::usage("nobody can be asked here, so `apply` needs --yes")
                .hint("`belfry plan` shows what would change"),
        );
    }
    Ok(())
}

fn is_wanted(cx: &mut Context, plan: &Plan) -> Result<bool, CommandError> {
    let count = plural(plan.changes.len(), "change");
    write!(cx.err, "\nmake {count} in `{}`? [y/N] ", cx.globals.env)?;
    cx.err.flush()?;
    let mut answer = String::new();
    if let Some(answers) = &mut cx.answers {
        answers.read_line(&mut answer)?;
    }
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}

fn make(
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

fn conclude(
    cx: &mut Context,
    plan: &Plan,
    outcome: &Outcome<CloudError>,
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
    Err(incomplete(outcome))
}

/// The hints of the failures, each once.
fn incomplete(outcome: &Outcome<CloudError>) -> CommandError {
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
    error.hint("run `belfry apply` again to do the rest")
}
