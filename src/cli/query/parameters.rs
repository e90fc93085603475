use belfry_engine::diag::nearest;
use belfry_engine::insights::{Parameter, literal_of};

use crate::cli::{CommandError, Context};
use crate::suite::SavedQuery;

/// The values that `--param` gives to a saved query's parameters, as literals of a query. Every parameter must be one
/// of the query's, and those without a default must be given.
pub(super) fn values(
    given: &[String],
    saved: &SavedQuery,
) -> Result<Vec<(String, String)>, CommandError> {
    let mut values: Vec<(String, String)> = Vec::new();
    for written in given {
        let Some((name, value)) = written.split_once('=') else {
            let error = CommandError::usage(format!("--param {written}: no value"));
            return Err(error.hint(format!("it is written --param {written}=VALUE")));
        };
        if !saved.parameters.iter().any(|p| p.name == name) {
            return Err(unknown(name, saved));
        }
        if values.iter().any(|(other, _)| other == name) {
            return Err(CommandError::usage(format!(
                "--param {name} is given twice"
            )));
        }
        values.push((name.to_owned(), literal_of(value)));
    }
    let missing: Vec<&Parameter> = saved
        .parameters
        .iter()
        .filter(|p| p.default.is_none() && !values.iter().any(|(name, _)| *name == p.name))
        .collect();
    if missing.is_empty() {
        return Ok(values);
    }
    Err(missing_values(&missing, saved))
}

fn unknown(name: &str, saved: &SavedQuery) -> CommandError {
    let stem = &saved.stem;
    let error = CommandError::usage(format!("the query `{stem}` has no parameter `{name}`"));
    let names = || saved.parameters.iter().map(|p| p.name.as_str());
    match nearest(name, names()) {
        Some(near) => error.hint(format!("a parameter with a similar name exists: {near}")),
        None if saved.parameters.is_empty() => error.hint("it takes no parameters"),
        None => error.hint(format!(
            "it takes {}",
            names().collect::<Vec<_>>().join(", ")
        )),
    }
}

fn missing_values(missing: &[&Parameter], saved: &SavedQuery) -> CommandError {
    let names: Vec<String> = missing.iter().map(|p| format!("`{}`", p.name)).collect();
    let error = CommandError::usage(format!(
        "the query `{}` needs a value for {}",
        saved.stem,
        names.join(", ")
    ));
    let hints = missing.iter().map(|parameter| {
        let what = parameter.description.as_deref();
        let what = what.map_or_else(String::new, |what| format!("  ({what})"));
        format!("--param {}=VALUE{what}", parameter.name)
    });
    let error = hints.fold(error, CommandError::hint);
    let defaults: Vec<String> = saved
        .parameters
        .iter()
        .filter_map(|p| Some(format!("{} = {}", p.name, p.default.as_deref()?)))
        .collect();
    match defaults.is_empty() {
        true => error,
        false => error.hint(format!("defaults: {}", defaults.join(", "))),
    }
}

/// Says on standard error with which values a query runs.
pub(super) fn tell(
    cx: &mut Context,
    saved: &SavedQuery,
    values: &[(String, String)],
) -> Result<(), CommandError> {
    if saved.parameters.is_empty() || cx.globals.quiet {
        return Ok(());
    }
    let told = saved.parameters.iter().map(|parameter| {
        let given = values.iter().find(|(name, _)| *name == parameter.name);
        match (given, &parameter.default) {
            (Some((name, value)), _) => format!("{name} = {value}"),
            (None, Some(default)) => {
                format!("{} = {} (default)", parameter.name, literal_of(default))
            }
            (None, None) => parameter.name.clone(),
        }
    });
    writeln!(cx.err, "with {}", told.collect::<Vec<_>>().join(", "))?;
    Ok(())
}

/// `name = default`, as a list shows a parameter.
pub(super) fn short(parameter: &Parameter) -> String {
    match &parameter.default {
        Some(default) => format!("{} = {default}", parameter.name),
        None => parameter.name.clone(),
    }
}
