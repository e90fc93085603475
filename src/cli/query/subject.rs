use belfry_engine::diag::{Diagnostic, nearest, render_json, render_text};
use belfry_engine::insights::{Query, compile};

use super::Arguments;
use crate::cli::connection::Loaded;
use crate::cli::{CommandError, Context, Format};
use crate::suite::{SavedQuery, Suite};

/// A query that was asked for, compiled.
#[derive(Debug)]
pub(super) struct Subject {
    pub(super) text: String,
    pub(super) query: Query,
    /// The groups that the query itself is meant for.
    pub(super) log_groups: Vec<String>,
}

impl Subject {
    /// The saved query or the text of the command line. Warnings go to standard error.
    pub(super) fn of(
        cx: &mut Context,
        arguments: &Arguments,
        loaded: Option<&Loaded>,
    ) -> Result<Self, CommandError> {
        match (&arguments.text, &arguments.name, loaded) {
            (Some(text), _, _) => Self::compiled(cx, text, "query", Vec::new()),
            (None, Some(name), Some(loaded)) => {
                let saved = find(&loaded.suite, name)?;
                Self::compiled(cx, &saved.text, &saved.path, saved.log_groups.clone())
            }
            (None, _, _) => Err(CommandError::usage("a saved query needs a suite")),
        }
    }

    fn compiled(
        cx: &mut Context,
        text: &str,
        origin: &str,
        log_groups: Vec<String>,
    ) -> Result<Self, CommandError> {
        let (query, warnings) = match compile(text) {
            Ok(compiled) => compiled,
            Err(diagnostics) => return Err(refused(cx, &diagnostics, text, origin)?),
        };
        if !warnings.is_empty() && !cx.globals.quiet {
            let rendered = render_text(&warnings, text, origin, cx.err_coloured);
            writeln!(cx.err, "{rendered}\n")?;
        }
        Ok(Self {
            text: text.to_owned(),
            query,
            log_groups,
        })
    }
}

/// Shows what is wrong with the text: with snippets, and under `--format json` as JSON on standard output
/// too.
fn refused(
    cx: &mut Context,
    diagnostics: &[Diagnostic],
    text: &str,
    origin: &str,
) -> Result<CommandError, CommandError> {
    if cx.globals.format == Format::Json {
        let value = serde_json::json!({ "diagnostics": render_json(diagnostics, text) });
        writeln!(cx.out, "{value}")?;
        cx.out.flush()?;
    }
    let rendered = render_text(diagnostics, text, origin, cx.err_coloured);
    Ok(CommandError::user("the query is refused")
        .rendered(rendered)
        .hint("`belfry explain CODE` tells more about a code"))
}

fn find<'s>(suite: &'s Suite, name: &str) -> Result<&'s SavedQuery, CommandError> {
    suite.query(name).ok_or_else(|| {
        let error = CommandError::user(format!("no saved query is called `{name}`"));
        match nearest(name, suite.queries.iter().map(|query| query.stem.as_str())) {
            Some(near) => error.hint(format!("a query with a similar name exists: {near}")),
            None => error.hint("`belfry query` lists them; --text takes any query"),
        }
    })
}
