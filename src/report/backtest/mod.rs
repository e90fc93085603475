//! What a backtest found, for people, for tickets, for spreadsheets and for GitHub's workflows.

mod csv;
mod github;
mod markdown;
mod text;
mod words;

pub use csv::write_backtest_csv;
pub use github::write_backtest_github;
pub use markdown::write_backtest_markdown;
pub use text::write_backtest;
