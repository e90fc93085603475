use std::collections::BTreeSet;

use clap::Args;

use super::address::known;
use super::apply::{conclude, make};
use super::ask::ask;
use super::connection::{Looked, load_suite, look};
use super::{CommandError, Context, Exit, Format};
use crate::provision::{Address, Kind, Ownership, Plan, Resource};
use crate::report::{plural, write_plan};

/// Take everything that is the suite's out of an environment
///
/// Shows what goes and what stays, and asks for the suite's name. Only what carries the suite's tag or name goes, what
/// refers to others first. What holds data stays: log groups, buckets, workgroups, databases and tables, and topics that
/// somebody subscribed to, unless --with-data names them. After a failure, run it again: it goes on with what is left.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The suite's name, instead of typing it when asked
    #[arg(long, value_name = "NAME")]
    yes: Option<String>,
    /// Also this resource, with the data or the subscriptions it holds; may be given several times
    #[arg(long, value_name = "ADDRESS")]
    with_data: Vec<String>,
}

const EXAMPLES: &str = "\
Examples:
  belfry destroy                                          the local environment, after asking
  belfry destroy --env aws --yes fraud-detection          keeps log groups and topics with subscriptions
  belfry destroy --env aws --with-data log_group./ecs/fraud-detection/access

Exit codes:
  0 gone, or nothing to do   1 a text of the suite is wrong   2 usage, or another name was typed
  5 AWS refused or was not reached";

pub(super) fn run(cx: &mut Context, arguments: &Arguments) -> Result<Exit, CommandError> {
    if !matches!(cx.globals.format, Format::Table | Format::Json) {
        return Err(CommandError::usage("this is printed as text or as JSON"));
    }
    if arguments.yes.is_none() && cx.answers.is_none() {
        return Err(CommandError::usage(
            "nobody can be asked here, so `destroy` needs --yes with the suite's name",
        ));
    }
    let loaded = load_suite(cx)?;
    let looked = look(cx, &loaded)?;
    let mut going = named(&looked, &arguments.with_data)?;
    going.extend(topics_without_subscriptions(cx, &looked)?);
    let plan = Plan::destruction(&looked.observed, &going);
    reachable(&looked, &plan)?;
    if cx.globals.format == Format::Table {
        show(cx, &plan)?;
    }
    if !plan.changes.is_empty() {
        confirm(cx, arguments, &loaded.suite.name, &plan)?;
    }
    let outcome = make(cx, &looked.cloud, &plan)?;
    conclude(cx, &plan, &outcome, "destroy")
}

/// What holds data and goes all the same.
fn named(looked: &Looked, typed: &[String]) -> Result<BTreeSet<Address>, CommandError> {
    let addresses = known(looked, typed)?;
    for address in &addresses {
        let found = looked.observed.resources.get(address);
        if address.kind == Kind::LoadBalancer {
            let error =
                CommandError::usage(format!("{address} is made outside of Belfry, and stays"));
            return Err(error.hint("its tag `belfry:suite` can be taken off by hand"));
        }
        if found.is_none_or(|found| found.ownership != Ownership::Ours) {
            return Err(CommandError::usage(format!(
                "{address} is not there, or not the suite's"
            )));
        }
    }
    Ok(addresses.into_iter().collect())
}

/// What is kept of Athena's catalogue is reached through its workgroup alone, so that does not go before.
fn reachable(looked: &Looked, plan: &Plan) -> Result<(), CommandError> {
    let goes = |address: &Address| plan.changes.iter().any(|change| change.address == *address);
    let catalogue = plan
        .kept
        .iter()
        .filter(|kept| matches!(kept.kind, Kind::Database | Kind::Table));
    for kept in catalogue {
        let found = looked.observed.resources.get(kept);
        let needs = found
            .map(|found| found.resource.references())
            .unwrap_or_default();
        if let Some(need) = needs.iter().find(|need| goes(need)) {
            let error = CommandError::usage(format!(
                "{kept} is kept, and can be deleted through {need} alone"
            ));
            return Err(error.hint(format!("add `--with-data {kept}`, or keep {need}")));
        }
    }
    Ok(())
}

fn topics_without_subscriptions(
    cx: &Context,
    looked: &Looked,
) -> Result<BTreeSet<Address>, CommandError> {
    let topics: Vec<_> = looked
        .observed
        .resources
        .iter()
        .filter(|(_, found)| found.ownership == Ownership::Ours)
        .filter_map(|(address, found)| match &found.resource {
            Resource::Topic(topic) => Some((address, topic)),
            _ => None,
        })
        .collect();
    cx.block_on(async {
        let mut empty = BTreeSet::new();
        for (address, topic) in topics {
            if looked.cloud.subscriptions(topic).await? == 0 {
                empty.insert(address.clone());
            }
        }
        Ok(empty)
    })
}

fn show(cx: &mut Context, plan: &Plan) -> Result<(), CommandError> {
    let shown = Plan {
        kept: Vec::new(),
        ..plan.clone()
    };
    if plan.changes.is_empty() {
        writeln!(cx.out, "nothing to delete")?;
    } else {
        write_plan(&mut cx.out, &shown)?;
    }
    for address in &plan.kept {
        let reason = address.kind.kept_because();
        writeln!(cx.out, "= {address}: kept, since {reason}")?;
    }
    Ok(())
}

fn confirm(
    cx: &mut Context,
    arguments: &Arguments,
    suite: &str,
    plan: &Plan,
) -> Result<(), CommandError> {
    let count = plural(plan.changes.len(), "resource");
    let environment = cx.globals.env.clone();
    let typed = match &arguments.yes {
        Some(name) => name.clone(),
        None => {
            let question = format!("type the suite's name to delete {count} in `{environment}`: ");
            ask(cx, &question)?
        }
    };
    if typed == suite {
        return Ok(());
    }
    let message = format!("the suite is called `{suite}`, found `{typed}`; nothing was changed");
    Err(CommandError::usage(message))
}
