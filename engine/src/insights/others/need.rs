use std::sync::{Arc, OnceLock};

use super::{Found, Match, Members, SourceError, Sources};
use crate::insights::choices;
use crate::insights::exec;
use crate::insights::plan::Plan;
use crate::insights::value::Value;
use crate::insights::{RunOptions, Source, Statistics};

/// What is filled before a query runs, and then only read.
pub(in crate::insights) type Cell<T> = Arc<OnceLock<T>>;

/// Something that a query reads beside its own events.
#[derive(Debug)]
pub(in crate::insights) enum Need {
    /// The first column of a subquery.
    Members {
        source: Source,
        plan: Box<Plan>,
        cell: Cell<Members>,
    },
    /// A lookup table.
    Table {
        name: String,
        by: Match,
        outputs: Vec<String>,
        cell: Cell<Found>,
    },
}

impl Need {
    /// Reads what is needed; says what that cost.
    pub(in crate::insights) fn fetch(
        &self,
        sources: &dyn Sources,
        options: &RunOptions,
        serial: bool,
    ) -> Result<Statistics, SourceError> {
        match self {
            Self::Members { source, plan, cell } => {
                let events = sources.open(source)?;
                let options = RunOptions {
                    range: source.range(options.range, options.now),
                    limit: Some(choices::MAXIMUM_LIMIT),
                    ..*options
                };
                let pointer = |position: u64| position.to_string();
                let (rows, statistics) = exec::rows(plan, events, &options, &pointer, serial);
                if rows.len() >= choices::MAXIMUM_LIMIT {
                    let most = choices::MAXIMUM_LIMIT;
                    let message = format!("the subquery gives {most} values and more");
                    return Err(SourceError::new(message));
                }
                let slot = plan.columns.first().map(|column| column.slot);
                let mut members = Members::default();
                for row in rows {
                    let value = slot.and_then(|slot| row.values.into_iter().nth(slot));
                    members.add(value.unwrap_or(Value::Null));
                }
                cell.get_or_init(|| members);
                Ok(statistics)
            }
            Self::Table {
                name,
                by,
                outputs,
                cell,
            } => {
                let table = sources.lookup_table(name)?;
                let found = Found::new(name, &table, by, outputs)?;
                cell.get_or_init(|| found);
                Ok(Statistics::default())
            }
        }
    }
}
