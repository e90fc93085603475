use serde_json::json;

use crate::cli::{CommandError, Context, Format};
use crate::suite::SavedQuery;

/// One saved query with all that is known about it.
pub(super) fn show(cx: &mut Context, query: &SavedQuery) -> Result<(), CommandError> {
    match cx.globals.format {
        Format::Json => writeln!(cx.out, "{:#}", entry(query))?,
        Format::Table => {
            writeln!(cx.out, "query        {}", query.stem)?;
            writeln!(cx.out, "answers      {}", query.description)?;
            writeln!(cx.out, "looks into   {}", query.log_groups.join(", "))?;
            writeln!(cx.out, "deployed as  {}", query.name)?;
            writeln!(cx.out, "file         {}\n\n{}", query.path, query.text)?;
        }
        Format::Csv | Format::Markdown | Format::Junit | Format::Github => {
            return Err(CommandError::usage("a query is shown as text or as JSON"));
        }
    }
    Ok(())
}

/// The query as one JSON object, as the list has it.
pub(super) fn entry(query: &SavedQuery) -> serde_json::Value {
    json!({
        "name": query.stem,
        "deployed_name": query.name,
        "description": query.description,
        "log_groups": query.log_groups,
        "path": query.path,
        "text": query.text,
    })
}
