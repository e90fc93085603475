use clap::Args;

use super::connection::{Loaded, Looked, from_here, load_suite, look};
use super::{CommandError, Context, Exit, Format};
use crate::provision::{Drift, Kind};
use crate::report::{write_drift, write_drift_github};

/// Say in what the deployed suite is not what its files say
///
/// What was changed, deleted or made by hand: also what no plan looks at, such as subscription filters on the
/// suite's log groups, and alarms and dashboards that are named like the suite's and that nobody owns. Nothing is
/// written. docs/provisioning.md tells what to do about it.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {}

const EXAMPLES: &str = "\
Examples:
  belfry drift --env aws                   what people read
  belfry drift --env aws --format json     for machines
  belfry drift --env aws --format github   annotations, for a nightly workflow

Exit codes:
  0 everything is as declared   1 a text of the suite is wrong   2 usage   3 something drifted
  5 AWS refused or was not reached";

pub(super) fn run(cx: &mut Context, _arguments: &Arguments) -> Result<Exit, CommandError> {
    if matches!(
        cx.globals.format,
        Format::Csv | Format::Markdown | Format::Junit | Format::Sarif
    ) {
        return Err(CommandError::usage(
            "drift is printed as text, json or github",
        ));
    }
    let loaded = load_suite(cx)?;
    let looked = look(cx, &loaded)?;
    let drift = drift(cx, &loaded, &looked)?;
    match cx.globals.format {
        Format::Json => writeln!(cx.out, "{:#}", drift.json())?,
        Format::Github => {
            let files = |address: &str| file_of(&loaded, &looked, address);
            write_drift_github(&mut cx.out, &drift, files)?;
        }
        _ => write_drift(&mut cx.out, &drift)?,
    }
    Ok(match drift.is_empty() {
        true => Exit::Fine,
        false => Exit::Changes,
    })
}

fn drift(cx: &Context, loaded: &Loaded, looked: &Looked) -> Result<Drift, CommandError> {
    let children = cx.block_on(async { Ok(looked.cloud.children(&looked.observed).await?) })?;
    Ok(Drift::of(
        &looked.plan,
        &looked.desired,
        &looked.observed,
        &loaded.suite.prefix,
        children,
    ))
}

/// The file that declares a resource, from here; belfry.toml for what no file of its own declares.
fn file_of(loaded: &Loaded, looked: &Looked, address: &str) -> String {
    let mut known = looked.desired.resources.keys();
    let known = known.find(|known| known.to_string() == address);
    let suite = &loaded.suite;
    let path = known.and_then(|known| match known.kind {
        Kind::Dashboard => {
            let mut dashboards = suite.dashboards.iter();
            let found = dashboards.find(|d| d.name == known.name)?;
            Some(found.path.as_str())
        }
        Kind::Query => suite.query(&known.name).map(|q| q.path.as_str()),
        _ => None,
    });
    let path = from_here(&loaded.folder).join(path.unwrap_or("belfry.toml"));
    path.display().to_string()
}
