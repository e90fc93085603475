use clap::Args;
use serde_json::json;

use super::address::known;
use super::connection::{Loaded, Looked, load_suite, look, reload};
use super::{CommandError, Context, Exit, Format};
use crate::provision::{Action, Address, Kind, Ownership};
use crate::pull::{FileChange, PullError, Pulled, pulled, write_all};

/// Write what is deployed back into the suite's files
///
/// For an edit in the console that is to stay: dashboards, saved and named queries get the deployed text, belfry.toml the
/// deployed retention of log groups and threshold of alarms. What did not change stays as it is written, with its
/// variables and comments; all files are written or none. Without addresses: everything that was edited, and dashboards
/// that are named like the suite's and have neither a file nor an owner. Nothing is written in the environment.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Addresses as `belfry drift` shows them
    #[arg(value_name = "ADDRESS")]
    addresses: Vec<String>,
    /// Only say which files would be written
    #[arg(long)]
    dry_run: bool,
}

const EXAMPLES: &str = "\
Examples:
  belfry pull --env aws                              everything that was edited by hand
  belfry pull --env aws dashboard.fraud-application  one dashboard
  belfry pull --env aws && git diff                  what becomes a pull request

Exit codes:
  0 written, or nothing to write   1 a text of the suite is wrong, or what is deployed has no place in a file
  2 usage, unknown address   5 AWS refused or was not reached";

pub(super) fn run(cx: &mut Context, arguments: &Arguments) -> Result<Exit, CommandError> {
    if !matches!(cx.globals.format, Format::Table | Format::Json) {
        return Err(CommandError::usage("this is printed as text or as JSON"));
    }
    let loaded = load_suite(cx)?;
    let looked = look(cx, &loaded)?;
    let mut pulled = pulled(&loaded.suite, &loaded.folder);
    let left = match arguments.addresses.as_slice() {
        [] => everything(&mut pulled, &loaded, &looked),
        typed => {
            for address in known(&looked, typed)? {
                one(&mut pulled, &looked, &address)
                    .map_err(|error| not_pulled(&address, &error))?;
            }
            Vec::new()
        }
    };
    let changes = pulled.changes();
    if !arguments.dry_run {
        write(cx, &loaded, &changes)?;
    }
    tell(cx, &looked, &changes, &left)?;
    Ok(Exit::Fine)
}

fn not_pulled(address: &Address, error: &PullError) -> CommandError {
    CommandError::user(format!("{address} is not written back: {error}"))
        .hint("nothing was written; `belfry apply` puts the environment back instead")
}

fn one(pulled: &mut Pulled<'_>, looked: &Looked, address: &Address) -> Result<(), PullError> {
    let mut changes = looked.plan.changes.iter();
    let change = changes.find(|change| change.address == *address);
    if let Some(change) = change.filter(|change| change.action == Action::Update) {
        return pulled.take(change);
    }
    let found = looked.observed.resources.get(address);
    match (looked.desired.resources.contains_key(address), found) {
        (_, None) => Err(PullError("it is not deployed".to_owned())),
        (false, Some(found)) => match &found.ownership {
            Ownership::Foreign(reason) => Err(PullError(reason.clone())),
            Ownership::Ours | Ownership::Unclaimed(_) => pulled.take_new(address, &found.resource),
        },
        (true, Some(found)) => match found.ownership.objection() {
            Some(reason) => Err(PullError(reason.to_owned())),
            // As declared.
            None => Ok(()),
        },
    }
}

/// All that was edited and has a place in a file; what is left, with the reason.
fn everything(pulled: &mut Pulled<'_>, loaded: &Loaded, looked: &Looked) -> Vec<(Address, String)> {
    let updates = looked.plan.changes.iter();
    let updates = updates.filter(|change| change.action == Action::Update);
    let prefix = &loaded.suite.prefix;
    let found = looked.observed.resources.iter();
    let new = found.filter(|(address, found)| {
        address.kind == Kind::Dashboard
            && address.name.starts_with(prefix.as_str())
            && matches!(found.ownership, Ownership::Unclaimed(_))
            && !looked.desired.resources.contains_key(address)
    });
    let all = updates
        .map(|change| &change.address)
        .chain(new.map(|(address, _)| address));
    let mut left = Vec::new();
    for address in all {
        if let Err(error) = one(pulled, looked, address) {
            left.push((address.clone(), error.to_string()));
        }
    }
    let has_no_file = |address: &Address| {
        format!("it has no file; `belfry pull {address}` makes one, `belfry apply` deletes it")
    };
    let deletions = looked.plan.changes.iter();
    let deletions = deletions.filter(|change| change.action == Action::Delete);
    let deletions =
        deletions.filter(|change| matches!(change.address.kind, Kind::Dashboard | Kind::Query));
    left.extend(deletions.map(|c| (c.address.clone(), has_no_file(&c.address))));
    left
}

/// All files, unless the suite could not be loaded with them.
fn write(cx: &Context, loaded: &Loaded, changes: &[FileChange]) -> Result<(), CommandError> {
    let mut refusal = None;
    let is_right = || match reload(cx, loaded) {
        Ok(()) => true,
        Err(error) => {
            refusal = Some(error);
            false
        }
    };
    let written = write_all(&loaded.folder, changes, is_right);
    match (written, refusal) {
        (Err(error), _) => Err(CommandError::user(error.to_string())),
        (Ok(_), Some(error)) => {
            Err(error
                .hint("with what is deployed the suite would be wrong, so nothing was written"))
        }
        (Ok(_), None) => Ok(()),
    }
}

fn tell(
    cx: &mut Context,
    looked: &Looked,
    changes: &[FileChange],
    left: &[(Address, String)],
) -> Result<(), CommandError> {
    if cx.globals.format == Format::Json {
        let files: Vec<_> = changes
            .iter()
            .map(|c| json!({ "path": c.path, "new": c.before.is_none(), "addresses": c.addresses }))
            .collect();
        let left: Vec<_> = left
            .iter()
            .map(|(address, reason)| json!({ "address": address.to_string(), "reason": reason }))
            .collect();
        writeln!(
            cx.out,
            "{:#}",
            json!({ "version": 1, "files": files, "left": left })
        )?;
        return Ok(());
    }
    for change in changes {
        let sign = if change.before.is_none() { '+' } else { '~' };
        writeln!(
            cx.out,
            "{sign} {}: {}",
            change.path,
            change.addresses.join(", ")
        )?;
    }
    if changes.is_empty() {
        writeln!(cx.out, "nothing to write")?;
    }
    for (address, reason) in left {
        writeln!(cx.err, "{address} is left: {reason}")?;
    }
    remark_unclaimed(cx, looked, changes)
}

/// A new file declares what nobody owns yet.
fn remark_unclaimed(
    cx: &mut Context,
    looked: &Looked,
    changes: &[FileChange],
) -> Result<(), CommandError> {
    let is_unclaimed = |address: &&String| {
        let mut found = looked.observed.resources.iter();
        let found = found.find(|(known, _)| known.to_string() == **address);
        found.is_some_and(|(_, found)| matches!(found.ownership, Ownership::Unclaimed(_)))
    };
    let addresses = changes.iter().flat_map(|change| &change.addresses);
    let unclaimed: Vec<&str> = addresses.filter(is_unclaimed).map(String::as_str).collect();
    if !unclaimed.is_empty() && !cx.globals.quiet {
        let all = unclaimed.join(" ");
        writeln!(cx.err, "`belfry adopt {all}` makes it the suite's")?;
    }
    Ok(())
}
