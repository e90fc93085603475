//! `belfry why`: why an alarm fired or stayed silent.
//!
//! What comes in: the name of an alarm and a moment. What goes out: an explanation as text or as JSON. All facts are read
//! through the SDK, from the local endpoint or from AWS; nothing is written.

mod arguments;
mod composite;
mod gather;
mod log;
mod metric;
mod run;

pub(super) use arguments::Arguments;
pub(super) use run::run;
