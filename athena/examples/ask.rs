//! Runs one query over one file of access logs and says how long it took: `ask FILE SQL [ROUNDS]`. The rows go to
//! standard output as CSV, the milliseconds of each round to standard error. `benches/athena/run` calls it.

#![expect(
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a program for measuring: it takes the time and says it"
)]

use std::error::Error;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use belfry_athena::answer::{Session, run, write_csv};
use belfry_athena::scan::Files;
use belfry_engine::catalog::{Catalog, access_log_table};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().ok_or("the file is missing")?;
    let text = arguments.next().ok_or("the query is missing")?;
    let rounds: usize = arguments.next().map_or(Ok(1), |rounds| rounds.parse())?;
    let mut tables = Catalog::default();
    tables.put("default", access_log_table("alb_logs", "files"));
    let session = Session {
        catalog: &tables,
        objects: &Files(vec![PathBuf::from(file)]),
        database: "default",
        now: "2026-03-02T12:00:00".parse()?,
        parameters: &[],
        cutoff: None,
        cancelled: &AtomicBool::new(false),
        scanned: &Arc::default(),
    };
    let mut last = None;
    for _ in 0..rounds {
        let begun = Instant::now();
        let (answer, _) = run(&text, &session);
        eprintln!("{}", begun.elapsed().as_millis());
        last = Some(answer?);
    }
    if let Some(answer) = last {
        write_csv(&answer, &mut io::stdout().lock())?;
    }
    Ok(())
}
