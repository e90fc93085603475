use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use belfry_athena::answer::{Session, run};
use belfry_athena::refusal::{By, Refusal};
use belfry_athena::scan::{Object, ObjectError, Objects};
use belfry_engine::catalog::Catalog;
use belfry_engine::diag::{Diagnostic, Severity, Span, check as codes};

use super::{Check, Finding, Subject};
use crate::suite::{Athena, AthenaQuery};

/// A query of `queries/athena/` that Athena would refuse over the tables that the suite declares.
pub(super) const CHECK: Check = Check {
    code: &codes::BROKEN_SQL,
    look,
};

fn look(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let Some(athena) = &subject.suite.athena else {
        return;
    };
    let tables = tables(athena);
    for query in &subject.suite.athena_queries {
        if let Err(refusal) = judge(query, &athena.database, &tables) {
            findings.push(Finding {
                path: query.path.clone(),
                on: format!("named_query.{}", query.stem),
                diagnostic: told(query, &refusal),
            });
        }
    }
}

/// The tables as the suite makes them.
fn tables(athena: &Athena) -> Catalog {
    let mut catalog = Catalog::default();
    for table in athena.tables() {
        catalog.put(&athena.database, table);
    }
    catalog
}

/// Runs the query over tables without a line: names, types and functions are judged before lines are read. A `?` without an
/// example at the head of the file is NULL, which has every type; how many there are is what the judge asks for.
fn judge(query: &AthenaQuery, database: &str, tables: &Catalog) -> Result<(), Box<Refusal>> {
    let mut parameters = query.examples();
    loop {
        let session = Session {
            catalog: tables,
            objects: &Nothing,
            database,
            // Any day after the tables' first: how many days are looked through changes nothing here.
            now: jiff::civil::date(2026, 1, 2).at(0, 0, 0, 0),
            parameters: &parameters,
            cutoff: None,
            cancelled: &AtomicBool::new(false),
            scanned: &Arc::default(),
        };
        match run(&query.text, &session).0 {
            Err(refusal)
                if refusal.name == "INVALID_PARAMETER_USAGE" && parameters.len() < MOST =>
            {
                parameters.push("NULL".to_owned());
            }
            answered => return answered.map(drop),
        }
    }
}

/// So many `?` are tried.
const MOST: usize = 100;

/// Buckets without objects.
struct Nothing;

impl Objects for Nothing {
    fn list(&self, _: &str) -> Result<Vec<Object>, ObjectError> {
        Ok(Vec::new())
    }

    fn open(&self, address: &str) -> Result<Box<dyn io::Read + Send>, ObjectError> {
        Err(ObjectError {
            address: address.to_owned(),
            source: io::ErrorKind::NotFound.into(),
        })
    }
}

/// The refusal at its place; what only Belfry does not know is a warning, since Athena takes it.
fn told(query: &AthenaQuery, refusal: &Refusal) -> Diagnostic {
    let (severity, who) = match refusal.by {
        By::Athena => (Severity::Error, "Athena refuses"),
        By::Belfry => (
            Severity::Warning,
            "Athena may take, and Belfry cannot judge,",
        ),
    };
    let message = format!("{who} the query `{}`: {}", query.stem, refusal.message);
    let at = query.in_file(refusal.at.unwrap_or_else(|| Span::new(0, 0)));
    let mut diagnostic = Diagnostic::error(CHECK.code, at, message);
    diagnostic.severity = severity;
    match &refusal.help {
        Some(help) => diagnostic.help(help.clone()),
        None => diagnostic,
    }
}
