//! Widgets: a widget of a body and a source in, a card of HTML out.
//!
//! Each type has a file with one function that fills the card; what cannot be drawn is a notice with
//! the reason. To add a type: a file, and a line in `card.rs`.

mod alarm;
mod card;
mod log;
mod metric;
mod missing;
mod whole_range;

pub(super) use card::card;
