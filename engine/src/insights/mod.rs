//! The Logs Insights language.
//!
//! In come a query's text and an [`EventSource`](crate::events::EventSource); out come rows of text as
//! GetQueryResults gives them, or diagnostics:
//! `text ─lex→ tokens ─parse→ Ast ─resolve→ Plan ─exec→ QueryResults`.
//!
//! What is accepted is answered as CloudWatch answers; everything else is refused by name. Choices that
//! AWS does not document stand in `choices`. To add a command see `parse`, a function `func`, an
//! aggregate `agg`.

mod agg;
mod ast;
mod choices;
mod compile;
mod discover;
mod earlier;
mod exec;
mod func;
mod habits;
mod lambda;
mod lex;
mod origin;
mod others;
mod parse;
mod patterns;
mod period;
mod plan;
mod print;
mod query;
mod re2;
mod reference;
mod resolve;
mod results;
mod saved;
mod source;
mod value;
mod whole;

pub use agg::{AGGREGATES, Aggregate};
pub use choices::{Alternative, CHOICES, Choice, ChoiceError, Choices, SETTLED, Settled};
pub use compile::{compile, compile_chosen, compile_with};
pub use discover::{DiscoveredField, discovered_fields};
pub use func::{FUNCTIONS, Function};
pub use others::{LookupTable, LookupTableError, NoSources, SourceError, Sources};
pub use parse::{COMMANDS, Command};
pub use query::{Query, RunOptions, TimeOrder};
pub use reference::reference;
pub use results::{QueryResults, ResultRow, Statistics};
pub use saved::{
    NoSavedQueries, Parameter, SavedQueries, SavedQuery, called_queries, compile_saved, fill_saved,
    is_parameter_name, literal_of,
};
pub use source::{GroupFacts, LogGroups, Source, SourceTime, TagFilter, TagValue};
