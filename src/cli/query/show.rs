use serde_json::{Value, json};

use super::parameters;
use crate::cli::{CommandError, Context, Format};
use crate::suite::SavedQuery;

/// One saved query with all that is known about it.
pub(super) fn show(cx: &mut Context, query: &SavedQuery) -> Result<(), CommandError> {
    match cx.globals.format {
        Format::Json => writeln!(cx.out, "{:#}", entry(query))?,
        Format::Table => {
            writeln!(cx.out, "query        {}", query.stem)?;
            writeln!(cx.out, "answers      {}", query.description)?;
            for (at, parameter) in query.parameters.iter().enumerate() {
                let head = if at == 0 { "takes" } else { "" };
                let what = parameter.description.as_deref();
                let what = what.map_or_else(String::new, |what| format!("  {what}"));
                writeln!(cx.out, "{head:<12} {}{what}", parameters::short(parameter))?;
            }
            writeln!(cx.out, "looks into   {}", query.log_groups.join(", "))?;
            writeln!(cx.out, "deployed as  {}", query.name)?;
            writeln!(cx.out, "file         {}\n\n{}", query.path, query.text)?;
        }
        Format::Csv | Format::Markdown | Format::Junit | Format::Github | Format::Sarif => {
            return Err(CommandError::usage("a query is shown as text or as JSON"));
        }
    }
    Ok(())
}

/// The query as one JSON object, as the list has it.
pub(super) fn entry(query: &SavedQuery) -> Value {
    let parameters = query.parameters.iter().map(|parameter| {
        json!({
            "name": parameter.name,
            "default": parameter.default,
            "description": parameter.description,
        })
    });
    let parameters: Vec<Value> = parameters.collect();
    json!({
        "name": query.stem,
        "deployed_name": query.name,
        "description": query.description,
        "parameters": parameters,
        "log_groups": query.log_groups,
        "path": query.path,
        "text": query.text,
    })
}
