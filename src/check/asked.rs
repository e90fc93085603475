use belfry_engine::dashboard::{self, View, WidgetKind};
use belfry_engine::diag::Span;
use belfry_engine::insights::{Query, compile_saved, compile_with};

use super::Subject;
use crate::suite::{Dashboard, FILE_NAME};

/// Where a query stands.
#[derive(Clone, Copy)]
pub(super) enum Origin<'s> {
    /// It is the file, and its places are those of the file.
    File,
    /// In a dashboard, whose widget has it here.
    Board(&'s Dashboard, Span),
    /// In a log alarm, whose name stands here.
    Alarm(Span),
}

/// A query with what is needed to judge it.
pub(super) struct Asked<'s> {
    /// The file.
    pub(super) path: &'s str,
    /// The text of the file.
    pub(super) source: &'s str,
    /// Where in it.
    pub(super) origin: Origin<'s>,
    /// `the query `error-logs``, `a widget`.
    pub(super) who: String,
    /// As an `[[allow]]` names it.
    pub(super) on: String,
    /// The log groups that it asks.
    pub(super) groups: Vec<String>,
    /// How a widget draws it.
    pub(super) view: Option<View>,
    /// It.
    pub(super) query: Query,
}

/// Every query of the suite over log groups that compiles: saved ones, those of widgets, those of log alarms.
pub(super) fn asked<'s>(subject: &Subject<'s>) -> Vec<Asked<'s>> {
    let mut asked = saved(subject);
    asked.extend(drawn(subject));
    asked.extend(alarmed(subject));
    asked
}

impl Asked<'_> {
    /// Where a word of the query stands in the file; in a dashboard the first place where the word stands.
    pub(super) fn place(&self, word: &str, span: Span) -> Span {
        let board = match self.origin {
            Origin::File => return span,
            Origin::Alarm(place) => return place,
            Origin::Board(board, _) => board,
        };
        let start = board.source.find(word).unwrap_or_default();
        board.in_file(Span::new(
            start,
            (start + word.len()).min(board.source.len()),
        ))
    }

    /// Where the query stands in the file.
    pub(super) fn whole(&self) -> Span {
        match self.origin {
            Origin::File => Span::new(0, 0),
            Origin::Alarm(place) | Origin::Board(_, place) => place,
        }
    }
}

fn saved<'s>(subject: &Subject<'s>) -> Vec<Asked<'s>> {
    let queries = subject.suite.queries.iter();
    let asked = queries.filter_map(|saved| {
        let (query, _) = compile_saved(&saved.definition(), &[]).ok()?;
        Some(Asked {
            path: &saved.path,
            source: &saved.text,
            origin: Origin::File,
            who: format!("the query `{}`", saved.stem),
            on: format!("query.{}", saved.stem),
            groups: saved.log_groups.clone(),
            view: None,
            query,
        })
    });
    asked.collect()
}

/// The queries of log alarms, which stand in belfry.toml.
fn alarmed<'s>(subject: &Subject<'s>) -> Vec<Asked<'s>> {
    let callable = subject.suite.saved_queries();
    let alarms = subject.suite.log_alarms.iter();
    let asked = alarms.filter_map(|alarm| {
        // The aggregation reads fields, too.
        let whole = format!("{}\n| stats {}", alarm.query, alarm.aggregation);
        let query =
            compile_with(&whole, &callable).or_else(|_| compile_with(&alarm.query, &callable));
        let (query, _) = query.ok()?;
        Some(Asked {
            path: FILE_NAME,
            source: subject.toml,
            origin: Origin::Alarm(alarm.head.place),
            who: format!("the alarm `{}`", alarm.head.name),
            on: format!("alarm.{}", alarm.head.name),
            groups: alarm.log_groups.clone(),
            view: None,
            query,
        })
    });
    asked.collect()
}

fn drawn<'s>(subject: &Subject<'s>) -> Vec<Asked<'s>> {
    let callable = subject.suite.saved_queries();
    let mut asked = Vec::new();
    for board in &subject.suite.dashboards {
        let Ok(loaded) = dashboard::load(&board.source) else {
            continue;
        };
        for (index, widget) in loaded.dashboard.widgets.into_iter().enumerate() {
            if let WidgetKind::Log(log) = widget.kind
                && let Ok((query, _)) = compile_with(&log.query, &callable)
            {
                let place = board.place_of(&format!("/widgets/{index}/properties/query"));
                asked.push(Asked {
                    path: &board.path,
                    source: &board.text,
                    origin: Origin::Board(board, place),
                    who: "a widget".to_owned(),
                    on: board.subject(),
                    groups: log.log_groups,
                    view: log.view,
                    query,
                });
            }
        }
    }
    asked
}
