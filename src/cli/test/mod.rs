//! `belfry test`: the suite's tests, what they cover, and which changes none of them notices.

mod arguments;
mod read;
mod report;
mod run;

pub(super) use arguments::Arguments;
pub(super) use run::run;
