use belfry_engine::diag::{Diagnostic, nearest, render_json, render_text};
use belfry_engine::events::EventSource;
use belfry_engine::insights::{Choices, Query, TimeOrder, compile_saved, compile_with, fill_saved};

use super::service_judges::{is_about_saved_queries, is_surely_wrong};
use super::{Arguments, parameters};
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
    /// The engine here, over files.
    Engine,
    /// The same engine in the embedded endpoint, which has saved queries of its own.
    Embedded,
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
            (Some(text), _, _) => {
                let saved = loaded.map(|loaded| loaded.suite.saved_queries());
                let compiled = compile_with(text, &saved.unwrap_or_default());
                let written = Written {
                    text,
                    origin: "query",
                };
                let query = judged(cx, compiled, &written, judge)?;
                Ok(Self {
                    text: text.clone(),
                    query,
                    log_groups: Vec::new(),
                })
            }
            (None, Some(name), Some(loaded)) => {
                let saved = find(&loaded.suite, name)?;
                Self::saved(cx, saved, &arguments.parameters, judge)
            }
            (None, _, _) => Err(CommandError::usage("a saved query needs a suite")),
        }
    }

    fn saved(
        cx: &mut Context,
        saved: &SavedQuery,
        parameters: &[String],
        judge: Judge,
    ) -> Result<Self, CommandError> {
        let values = parameters::values(parameters, saved)?;
        let definition = saved.definition();
        let compiled = compile_saved(&definition, &values);
        let written = Written {
            text: &saved.text,
            origin: &saved.path,
        };
        let query = judged(cx, compiled, &written, judge)?;
        parameters::tell(cx, saved, &values)?;
        Ok(Self {
            text: fill_saved(&definition, &values),
            query,
            log_groups: saved.log_groups.clone(),
        })
    }

    /// The same with what `--choice` asks for.
    pub(super) fn choose(
        mut self,
        cx: &mut Context,
        written: &[String],
    ) -> Result<Self, CommandError> {
        let mut choices = Choices::default();
        for choice in written {
            choices.set(choice).map_err(|error| {
                CommandError::usage(error.to_string()).hint("`belfry explain choices` lists them")
            })?;
        }
        if written.is_empty() {
            return Ok(self);
        }
        let Some(query) = self.query.take() else {
            return Ok(self);
        };
        match query.chosen(choices) {
            Ok(query) => {
                self.query = Some(query);
                Ok(self)
            }
            Err(found) => {
                let written = Written {
                    text: &self.text,
                    origin: "query",
                };
                Err(refused(cx, &found, &written)?)
            }
        }
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
        let query = self.query()?;
        let found = query.refusals(source);
        if found.is_empty() {
            return Ok(());
        }
        let written = Written {
            text: query.text(),
            origin: "query",
        };
        Err(refused(cx, &found, &written)?)
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

/// A text and what to call it.
struct Written<'t> {
    text: &'t str,
    origin: &'t str,
}

/// The compiled query; none where only the service can tell whether the text is right. Warnings go to standard error.
fn judged(
    cx: &mut Context,
    compiled: Result<(Query, Vec<Diagnostic>), Vec<Diagnostic>>,
    written: &Written<'_>,
    judge: Judge,
) -> Result<Option<Query>, CommandError> {
    let (query, warnings) = match compiled {
        Ok((query, warnings)) => (Some(query), warnings),
        Err(found) if is_final(judge, &found) => return Err(refused(cx, &found, written)?),
        Err(found) => (None, found),
    };
    if !warnings.is_empty() && !cx.globals.quiet {
        let rendered = render_text(&warnings, written.text, written.origin, cx.err_coloured);
        writeln!(cx.err, "{rendered}\n")?;
    }
    if query.is_none() && !cx.globals.quiet {
        writeln!(
            cx.err,
            "note: the service is asked all the same: it may know more\n"
        )?;
    }
    Ok(query)
}

/// Whether the text is refused here.
fn is_final(judge: Judge, found: &[Diagnostic]) -> bool {
    match judge {
        Judge::Engine => true,
        Judge::Embedded => !is_about_saved_queries(found),
        Judge::Service => is_surely_wrong(found),
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
    &Written { text, origin }: &Written<'_>,
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
