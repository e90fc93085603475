use clap::Args;

use super::connection::{load_suite, observe};
use super::{CommandError, Context, Exit, Format, Kind};
use crate::cost::standing::PlanPrice;
use crate::cost::{PriceError, PriceList};
use crate::provision::{Plan, plan_json};
use crate::report::{plural, spinner, write_plan, write_plan_price};

/// Show what `apply` would change
///
/// Compares the suite with what the environment holds. Nothing is written. What the suite did not make is
/// listed as a conflict and left alone; log groups and topics are never deleted.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// End with 3 where there are changes, for scripts
    #[arg(long)]
    exit_code: bool,
}

const EXAMPLES: &str = "\
Examples:
  belfry plan                          against the local environment
  belfry plan --env aws                against the account that belfry.toml names
  belfry plan --env aws --exit-code    in CI: 0 no changes, 3 changes, 4 conflicts
  belfry plan --format json            for machines";

pub(super) fn run(cx: &mut Context, arguments: &Arguments) -> Result<Exit, CommandError> {
    let loaded = load_suite(cx)?;
    let watching = spinner(cx.watched, "looking at the environment");
    let (_, plan) = cx.block_on(observe(cx, &loaded))?;
    watching.finish_and_clear();
    show(cx, &plan)?;
    if !plan.conflicts.is_empty() {
        cx.out.flush()?;
        return Err(conflict(&plan));
    }
    Ok(match arguments.exit_code && !plan.changes.is_empty() {
        true => Exit::Changes,
        false => Exit::Fine,
    })
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
    let count = plural(plan.conflicts.len(), "resource");
    let message = format!("{count} of the suite's names exist and are not the suite's");
    CommandError::new(Kind::Check, anyhow::Error::msg(message))
        .hint("rename them in the suite, or delete them by hand; adopting them (--adopt) does not exist yet")
}
