use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use super::connection::{Loaded, Looked, load_suite, look};
use super::{CommandError, Context, Exit, Format, Kind};
use crate::cost::standing::PlanPrice;
use crate::cost::{PriceError, PriceList};
use crate::provision::{Plan, PlanFile, plan_json};
use crate::report::{write_plan, write_plan_price};

/// Show what `apply` would change
///
/// Compares the suite with what the environment holds. Nothing is written there. What the suite did not make is
/// listed as a conflict and left alone; log groups and topics are never deleted. docs/provisioning.md tells more.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Write the plan to a file, for `belfry apply FILE`: it is applied as long as nothing has moved
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// End with 3 where there are changes, for scripts
    #[arg(long)]
    exit_code: bool,
}

const EXAMPLES: &str = "\
Examples:
  belfry plan                          against the local environment
  belfry plan --env aws                against the account that belfry.toml names
  belfry plan --env aws --exit-code    in CI: 0 no changes, 3 changes, 4 conflicts
  belfry plan --env aws --out p.json   for review; `belfry apply --env aws p.json` makes it so
  belfry plan --format json            for machines

Exit codes:
  0 planned (with --exit-code: and nothing to do)   1 a text of the suite is wrong   2 usage
  3 there are changes (--exit-code)   4 conflicts   5 AWS refused or was not reached";

pub(super) fn run(cx: &mut Context, arguments: &Arguments) -> Result<Exit, CommandError> {
    let loaded = load_suite(cx)?;
    let looked = look(cx, &loaded)?;
    let plan = &looked.plan;
    show(cx, plan)?;
    if !plan.conflicts.is_empty() {
        cx.out.flush()?;
        return Err(conflict(plan));
    }
    if let Some(path) = &arguments.out {
        write_file(cx, path, &loaded, &looked)?;
    }
    Ok(match arguments.exit_code && !plan.changes.is_empty() {
        true => Exit::Changes,
        false => Exit::Fine,
    })
}

fn write_file(
    cx: &mut Context,
    path: &Path,
    loaded: &Loaded,
    looked: &Looked,
) -> Result<(), CommandError> {
    let subject = looked.subject(loaded);
    let file = PlanFile::new(subject, &looked.desired, &looked.observed, &looked.plan);
    fs::write(path, file.text()).map_err(|error| {
        let context = format!("`{}` cannot be written", path.display());
        CommandError::new(Kind::User, anyhow::Error::new(error).context(context))
    })?;
    if !cx.globals.quiet {
        writeln!(cx.err, "the plan is in {}", path.display())?;
    }
    Ok(())
}

fn show(cx: &mut Context, plan: &Plan) -> Result<(), CommandError> {
    match cx.globals.format {
        Format::Table => {
            write_plan(&mut cx.out, plan)?;
            show_price(cx, plan)?;
        }
        Format::Json => {
            let mut json = plan_json(plan);
            json["price"] = match price(plan) {
                Ok(price) => price.json(),
                Err(error) => serde_json::json!({ "error": error.to_string() }),
            };
            writeln!(cx.out, "{json:#}")?;
        }
        Format::Csv | Format::Markdown | Format::Junit | Format::Github | Format::Sarif => {
            return Err(CommandError::usage("a plan is printed as text or as JSON"));
        }
    }
    Ok(())
}

/// What the changes cost, where there are any.
pub(super) fn show_price(cx: &mut Context, plan: &Plan) -> Result<(), CommandError> {
    if !plan.changes.is_empty() {
        write_plan_price(&mut cx.out, &price(plan))?;
    }
    Ok(())
}

/// A price that cannot be told never stops a plan.
fn price(plan: &Plan) -> Result<PlanPrice, PriceError> {
    PlanPrice::of(plan, PriceList::built_in()?)
}

/// Resources of the suite's names that somebody else made.
pub(super) fn conflict(plan: &Plan) -> CommandError {
    let message = match plan.conflicts.len() {
        1 => "1 resource of the suite's names exists and is not the suite's".to_owned(),
        count => format!("{count} resources of the suite's names exist and are not the suite's"),
    };
    CommandError::new(Kind::Check, anyhow::Error::msg(message))
        .hint("`belfry adopt ADDRESS` takes over what nobody owns; what another suite owns is renamed in one of the two")
}
