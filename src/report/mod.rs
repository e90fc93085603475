//! Everything a person reads in a terminal: tables, plans, diffs, progress.
//!
//! What comes in: values of the other rooms. What goes out: text, written to a writer that was passed.
//! Colour is added to text that says the same without it; the writer takes it out where it is not
//! wanted. To add a report: a file with a function that takes a writer.

mod amounts;
mod apply_progress;
mod backtest;
mod console_link;
mod cost;
mod cost_page;
mod count;
mod csv;
mod drift;
mod estimate;
mod grid;
#[cfg(test)]
mod jsurl_test;
mod line;
mod markdown;
mod members;
mod place;
mod plan;
mod plan_price;
mod results;
mod sheet;
mod sarif;
mod spark;
mod spinner;
mod style;
mod table;
mod tested;
mod text_diff;
mod values;
mod widgets;
mod trace;
mod why;

pub use amounts::{bytes, dollars, grouped};
pub use apply_progress::ApplyProgress;
pub use backtest::{
    write_backtest, write_backtest_csv, write_backtest_github, write_backtest_markdown,
};
pub use console_link::{EventsLink, LinkTime, QueryLink, console_link, events_link};
pub use cost::{Paid, write_cost};
pub use cost_page::write_cost_page;
pub use count::plural;
pub use drift::{write_drift, write_drift_github};
pub use estimate::write_estimate;
pub use grid::{Grid, GridForm};
pub use line::write_line_report;
pub use markdown::write_markdown;
pub use plan::{write_change, write_plan};
pub use plan_price::write_plan_price;
pub use results::{Answer, write_csv, write_json, write_table};
pub use sarif::{SarifRun, sarif};
pub use sheet::{Sheet, SheetForm};
pub use spark::spark_lines;
pub use spinner::{Spinner, spinner};
pub use table::table;
pub use tested::{
    Tested, coverage_json, mutation_json, survivors, tested_json, write_annotations,
    write_coverage, write_github, write_junit, write_mutation, write_tested, write_tested_json,
};
pub use trace::write_traced;
pub use why::write_explanation;
