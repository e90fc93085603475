use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use belfry_athena::answer::{Answer, Session, run};
use belfry_athena::scan::Folder;
use belfry_engine::catalog::{
    Catalog, PUBLISHED_ACCESS_LOG_PATTERN, Table, access_log_table, health_check_log_table,
};

/// Lines of two days; the last of the first day is none of a load balancer.
const DAYS: [(&str, &str); 2] = [
    ("2026/03/01", include_str!("../data/first-day.log")),
    ("2026/03/02", include_str!("../data/second-day.log")),
];

/// The table of access logs as AWS publishes it.
pub(crate) fn published(name: &str, location: &str) -> Table {
    let mut table = access_log_table(name, location);
    table.columns.truncate(34);
    let pattern = PUBLISHED_ACCESS_LOG_PATTERN.to_owned();
    table
        .serde_properties
        .insert("input.regex".to_owned(), pattern);
    table
}

/// A folder with the lines in their partitions, and the table over them.
pub(crate) struct World {
    folder: tempfile::TempDir,
    pub(crate) tables: Catalog,
}

impl World {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (day, lines) in DAYS {
            let path = folder.path().join("logs/alb").join(day);
            std::fs::create_dir_all(&path).unwrap();
            std::fs::write(path.join("part.log"), lines).unwrap();
        }
        let mut tables = Catalog::default();
        let table = published("alb_logs", "s3://logs/alb/").by_day("2026/02/01");
        tables.put("default", table);
        let checks = folder.path().join("logs/checks");
        std::fs::create_dir_all(&checks).unwrap();
        let lines = include_str!("../data/health-checks.log");
        std::fs::write(checks.join("part.log"), lines).unwrap();
        let table = health_check_log_table("alb_health_check_logs", "s3://logs/checks");
        tables.put("default", table);
        Self { folder, tables }
    }

    pub(crate) fn ask_with(&self, text: &str, parameters: &[&str]) -> Result<Answer, String> {
        let cancelled = AtomicBool::new(false);
        let parameters: Vec<String> = parameters.iter().map(ToString::to_string).collect();
        let objects = Folder(self.folder.path().to_owned());
        let session = Session {
            catalog: &self.tables,
            objects: &objects,
            database: "default",
            now: "2026-03-02T12:00:00.5".parse().unwrap(),
            parameters: &parameters,
            cutoff: None,
            cancelled: &cancelled,
            scanned: &Arc::default(),
        };
        run(text, &session).0.map_err(|refusal| refusal.text())
    }

    pub(crate) fn ask(&self, text: &str) -> Result<Answer, String> {
        self.ask_with(text, &[])
    }

    /// The rows with blanks and bars between their values.
    pub(crate) fn rows(&self, text: &str) -> String {
        match self.ask(text) {
            Err(refusal) => refusal,
            Ok(answer) => {
                let value =
                    |value: &Option<String>| value.clone().unwrap_or_else(|| "NULL".to_owned());
                let row = |row: &Vec<Option<String>>| {
                    row.iter().map(value).collect::<Vec<_>>().join(" | ")
                };
                answer.rows.iter().map(row).collect::<Vec<_>>().join("\n")
            }
        }
    }
}
