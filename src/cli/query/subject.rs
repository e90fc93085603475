use belfry_engine::diag::{Diagnostic, nearest, render_json, render_text};
use belfry_engine::events::EventSource;
use belfry_engine::insights::{Query, TimeOrder, compile};

use super::Arguments;
use super::service_judges::is_surely_wrong;
use crate::cli::connection::Loaded;
use crate::cli::{CommandError, Context, Format};
use crate::suite::{SavedQuery, Suite};

/// A query that was asked for.
#[derive(Debug)]
pub(super) struct Subject {
    pub(super) text: String,
    /// Compiled; none where only the service can read it.
    query: Option<Query>,
    /// The groups that the query itself is meant for.
    pub(super) log_groups: Vec<String>,
}

/// Who has the last word on a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Judge {
    /// The engine here: over files and the embedded endpoint.
    Engine,
    /// A service that may know more than this version.
    Service,
}

impl Subject {
    /// The saved query or the text of the command line. Warnings go to standard error.
    pub(super) fn of(
        cx: &mut Context,
        arguments: &Arguments,
        loaded: Option<&Loaded>,
        judge: Judge,
    ) -> Result<Self, CommandError> {
        match (&arguments.text, &arguments.name, loaded) {
            (Some(text), _, _) => Self::compiled(cx, text, "query", judge, Vec::new()),
            (None, Some(name), Some(loaded)) => {
                let saved = find(&loaded.suite, name)?;
                Self::compiled(
                    cx,
                    &saved.text,
                    &saved.path,
                    judge,
                    saved.log_groups.clone(),
                )
            }
            (None, _, _) => Err(CommandError::usage("a saved query needs a suite")),
        }
    }

    fn compiled(
        cx: &mut Context,
        text: &str,
        origin: &str,
        judge: Judge,
        log_groups: Vec<String>,
    ) -> Result<Self, CommandError> {
        let (query, warnings) = match compile(text) {
            Ok((query, warnings)) => (Some(query), warnings),
            Err(found) if judge == Judge::Engine || is_surely_wrong(&found) => {
                return Err(refused(cx, &found, text, origin)?);
            }
            Err(found) => (None, found),
        };
        if !warnings.is_empty() && !cx.globals.quiet {
            let rendered = render_text(&warnings, text, origin, cx.err_coloured);
            writeln!(cx.err, "{rendered}\n")?;
        }
        if query.is_none() && !cx.globals.quiet {
            writeln!(
                cx.err,
                "note: the service is asked all the same: it may know more\n"
            )?;
        }
        Ok(Self {
            text: text.to_owned(),
            query,
            log_groups,
        })
    }

    /// The compiled query, where the engine runs it itself.
    pub(super) fn query(&self) -> Result<&Query, CommandError> {
        let missing = || CommandError::user("this version does not run the query");
        self.query.as_ref().ok_or_else(missing)
    }

    /// Refuses the query where it reads fields that `source` cannot fill.
    pub(super) fn check_source(
        &self,
        cx: &mut Context,
        source: &dyn EventSource,
    ) -> Result<(), CommandError> {
        let found = self.query()?.refusals(source);
        if found.is_empty() {
            return Ok(());
        }
        Err(refused(cx, &found, &self.text, "query")?)
    }

    /// The order that lets `--all` ask for part of the time after part.
    pub(super) fn time_order(&self) -> Result<TimeOrder, CommandError> {
        self.query()?.time_order().ok_or_else(|| {
            CommandError::usage("--all needs a query that lists events by time")
                .hint("`stats`, `limit`, `dedup` and `sort` by another field need the whole range at once")
        })
    }

    /// Whether the text itself names its log groups.
    pub(super) fn has_source(&self) -> bool {
        match &self.query {
            Some(query) => query.source().is_some(),
            None => starts_with_source(&self.text),
        }
    }
}

/// `SOURCE` is the first word of a text, after its comments.
fn starts_with_source(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim);
    let first = lines.find(|line| !line.is_empty() && !line.starts_with('#'));
    let word = first.and_then(|line| line.split_whitespace().next());
    word.is_some_and(|word| word.eq_ignore_ascii_case("source"))
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

/// The saved query of that name, or its nearest neighbour in the refusal.
pub(super) fn find<'s>(suite: &'s Suite, name: &str) -> Result<&'s SavedQuery, CommandError> {
    suite.query(name).ok_or_else(|| {
        let error = CommandError::user(format!("no saved query is called `{name}`"));
        match nearest(name, suite.queries.iter().map(|query| query.stem.as_str())) {
            Some(near) => error.hint(format!("a query with a similar name exists: {near}")),
            None => error.hint("`belfry query` lists them; --text takes any query"),
        }
    })
}
