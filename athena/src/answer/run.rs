use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use belfry_engine::catalog::Catalog;
use jiff::civil::DateTime;

use super::result::{Answer, ColumnInfo, Statistics};
use crate::analyze::{Judge, Judged as Found};
use crate::exec::{Env, Shared, rows};
use crate::refusal::{Judged, Refusal};
use crate::scan::Objects;
use crate::sql::{parse, parse_expression};
use crate::value::answer_text;

/// What a query runs in.
#[derive(Clone, Copy)]
pub struct Session<'s> {
    /// The tables.
    pub catalog: &'s Catalog,
    /// Their objects.
    pub objects: &'s dyn Objects,
    /// The database of tables without one.
    pub database: &'s str,
    /// When the query began, UTC.
    pub now: DateTime,
    /// The values of `?`, as Athena's ExecutionParameters: expressions, texts in quotes.
    pub parameters: &'s [String],
    /// The most bytes that may be scanned, as a workgroup's BytesScannedCutoffPerQuery.
    pub cutoff: Option<u64>,
    /// Set by whoever wants the query to end.
    pub cancelled: &'s AtomicBool,
    /// The bytes that were read so far, for whoever watches.
    pub scanned: &'s Arc<AtomicU64>,
}

impl std::fmt::Debug for Session<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Session")
            .field("database", &self.database)
            .field("now", &self.now)
            .finish_non_exhaustive()
    }
}

/// Answers a query, or refuses it with the place in its text. What was scanned before a refusal is said, too.
pub fn run(text: &str, session: &Session<'_>) -> (Result<Answer, Box<Refusal>>, Statistics) {
    let mut shared = Shared::new(
        session.objects,
        session.now,
        session.cutoff,
        session.cancelled,
    );
    shared.scanned = Arc::clone(session.scanned);
    let answered = answer(text, session, &shared);
    let statistics = Statistics {
        scanned: shared.scanned.load(Ordering::Relaxed),
    };
    let answered = answered.map(|answer| Answer {
        statistics,
        ..answer
    });
    (
        answered.map_err(|refusal| Box::new(refusal.placed(text))),
        statistics,
    )
}

/// Refuses what [`run`] would refuse of a query's text without a look at any object.
pub fn check(
    text: &str,
    (catalog, database): (&Catalog, &str),
    now: DateTime,
    parameters: &[String],
) -> Result<(), Box<Refusal>> {
    match judged(text, (catalog, database), now, parameters) {
        Ok(_) => Ok(()),
        Err(refusal) => Err(Box::new(refusal.placed(text))),
    }
}

fn judged(
    text: &str,
    (catalog, database): (&Catalog, &str),
    now: DateTime,
    parameters: &[String],
) -> Judged<Found> {
    let query = parse(text)?;
    let parameters = parameters.iter().map(|text| parse_expression(text));
    let parameters = parameters.collect::<Judged<Vec<_>>>()?;
    Judge::new(catalog, database, now, text, &parameters).judge(&query)
}

fn answer(text: &str, session: &Session<'_>, shared: &Shared<'_>) -> Judged<Answer> {
    let tables = (session.catalog, session.database);
    let judged = judged(text, tables, session.now, session.parameters)?;
    let rows = rows(
        &judged.plan,
        &Env {
            shared,
            handed: &[],
            bound: &[],
        },
    )?;
    let texts = |row: Vec<crate::value::Value>| {
        let pairs = row.iter().zip(&judged.columns);
        pairs
            .map(|(value, (_, of))| answer_text(value, of))
            .collect()
    };
    let rows = rows.into_iter().map(texts).collect();
    let columns = judged
        .columns
        .iter()
        .map(|(name, of)| ColumnInfo::new(name.clone(), of))
        .collect();
    Ok(Answer {
        columns,
        rows,
        statistics: Statistics::default(),
        notes: judged.notes.iter().map(ToString::to_string).collect(),
    })
}
