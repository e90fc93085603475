use clap::Args;
use serde_json::json;

use super::address::known;
use super::ask::is_wanted;
use super::connection::{Looked, load_suite, look};
use super::{CommandError, Context, Exit, Format, Kind};
use crate::provision::{Action, Address, Change, Ownership, Resource, diff};
use crate::report::{plural, write_change};

/// Take over resources that the suite declares and nobody owns
///
/// Shows what `belfry apply` would then change in them, asks, and marks them with the suite's tag (databases and tables of
/// Athena with a property). Nothing else is written. What another suite owns is never taken: its tag comes off there
/// first. A load balancer needs none of this: the suite names it, and owns no more than its attributes.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Addresses as `belfry plan` shows them in its conflicts
    #[arg(required = true, value_name = "ADDRESS")]
    addresses: Vec<String>,
    /// Do not ask
    #[arg(long)]
    yes: bool,
}

const EXAMPLES: &str = "\
Examples:
  belfry adopt --env aws alarm.fraud-5xx dashboard.fraud-cost
  belfry adopt --env aws log_group./ecs/fraud-detection/application --yes
  belfry adopt --env aws workgroup.fraud database.fraud table.fraud.alb_logs budget.fraud-monthly

Exit codes:
  0 taken over, or the suite's already   1 a text of the suite is wrong   2 usage
  4 somebody else's   5 AWS refused or was not reached";

pub(super) fn run(cx: &mut Context, arguments: &Arguments) -> Result<Exit, CommandError> {
    if !matches!(cx.globals.format, Format::Table | Format::Json) {
        return Err(CommandError::usage("this is printed as text or as JSON"));
    }
    if !arguments.yes && cx.answers.is_none() {
        return Err(CommandError::usage(
            "nobody can be asked here, so `adopt` needs --yes",
        ));
    }
    let loaded = load_suite(cx)?;
    let looked = look(cx, &loaded)?;
    let addresses = known(&looked, &arguments.addresses)?;
    let taken = takeovers(&looked, &addresses)?;
    let is_text = cx.globals.format == Format::Table;
    for change in taken.iter().filter(|_| is_text) {
        write_takeover(cx, change)?;
    }
    let count = plural(taken.len(), "resource");
    let question = format!("take over {count} in `{}`?", cx.globals.env);
    if !taken.is_empty() && !arguments.yes && !is_wanted(cx, &question)? {
        writeln!(cx.err, "nothing was changed")?;
        return Ok(Exit::Fine);
    }
    cx.block_on(async {
        for change in &taken {
            if let Some(found) = &change.before {
                looked.cloud.adopt(found, &looked.desired).await?;
            }
        }
        Ok(())
    })?;
    tell(cx, &taken)?;
    Ok(Exit::Fine)
}

/// For each address that is to be taken over, what an apply would then change.
fn takeovers(looked: &Looked, addresses: &[Address]) -> Result<Vec<Change>, CommandError> {
    let mut changes = Vec::new();
    for address in addresses {
        let Some(wanted) = looked.desired.resources.get(address) else {
            return Err(CommandError::usage(format!("the suite does not declare {address}"))
                .hint("an apply would delete it; `belfry pull` writes dashboards and queries into files first"));
        };
        let Some(found) = looked.observed.resources.get(address) else {
            return Err(
                CommandError::usage(format!("there is no {address} to take over"))
                    .hint("`belfry apply` creates it"),
            );
        };
        match &found.ownership {
            Ownership::Ours => {}
            Ownership::Foreign(reason) => {
                let error = anyhow::Error::msg(format!("{address} is somebody else's: {reason}"));
                return Err(CommandError::new(Kind::Check, error));
            }
            Ownership::Unclaimed(_) => changes.push(takeover(address, &found.resource, wanted)),
        }
    }
    Ok(changes)
}

fn takeover(address: &Address, found: &Resource, wanted: &Resource) -> Change {
    Change {
        address: address.clone(),
        action: Action::Update,
        before: Some(found.clone()),
        after: Some(wanted.clone()),
        attributes: diff(Some(found), Some(wanted)),
        handle: None,
    }
}

fn write_takeover(cx: &mut Context, change: &Change) -> Result<(), CommandError> {
    if change.attributes.is_empty() {
        writeln!(cx.out, "= {}: as declared", change.address)?;
        return Ok(());
    }
    write_change(&mut cx.out, change)?;
    Ok(())
}

fn tell(cx: &mut Context, taken: &[Change]) -> Result<(), CommandError> {
    if cx.globals.format == Format::Json {
        let adopted: Vec<String> = taken.iter().map(|c| c.address.to_string()).collect();
        writeln!(cx.out, "{:#}", json!({ "version": 1, "adopted": adopted }))?;
        return Ok(());
    }
    let count = plural(taken.len(), "resource");
    writeln!(cx.out, "\n{count} taken over")?;
    if taken.iter().any(|change| !change.attributes.is_empty()) && !cx.globals.quiet {
        writeln!(cx.err, "`belfry apply` makes what differs")?;
    }
    Ok(())
}
