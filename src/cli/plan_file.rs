use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::connection::{Loaded, Looked};
use super::{CommandError, Kind};
use crate::provision::{Moved, PlanFile};

/// Reads a file that `belfry plan --out` wrote.
pub(super) fn read(path: &Path) -> Result<PlanFile, CommandError> {
    let text = fs::read_to_string(path).map_err(|error| {
        let context = format!("`{}` cannot be read", path.display());
        CommandError::new(Kind::User, anyhow::Error::new(error).context(context))
    })?;
    PlanFile::read(&text).map_err(|error| {
        let error = anyhow::Error::new(error).context(format!("`{}`", path.display()));
        CommandError::new(Kind::User, error).hint("make it anew with `belfry plan --out`")
    })
}

/// That the plan in a file is the one that would be made now: for the same suite and account, and with both
/// sides as they were.
pub(super) fn hold(file: &PlanFile, loaded: &Loaded, looked: &Looked) -> Result<(), CommandError> {
    file.is_for(&looked.subject(loaded)).map_err(|error| {
        let context = "the plan file is not for this run";
        let error = anyhow::Error::new(error).context(context);
        CommandError::new(Kind::Check, error)
            .hint("choose with --env and --suite what it was made for")
    })?;
    let sides = [
        (
            "the environment has moved since the plan was made",
            file.moved(&looked.observed),
        ),
        (
            "the suite was edited since the plan was made",
            file.edited(&looked.desired),
        ),
    ];
    for (what, moved) in sides {
        if !moved.is_empty() {
            return Err(stale(what, &moved));
        }
    }
    Ok(())
}

fn stale(what: &str, moved: &[Moved]) -> CommandError {
    let mut text = String::new();
    for Moved { address, how } in moved {
        // Writing to a text cannot fail.
        let _ = writeln!(text, "  {address}: {how}");
    }
    CommandError::new(
        Kind::Check,
        anyhow::Error::msg(format!("{what}; nothing was changed")),
    )
    .rendered(text)
    .hint("plan again and look at the new plan")
}
