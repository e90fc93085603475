//! Tests of a suite: files beside it say what happens and what alarms, metrics, queries and widgets then show.
//!
//! What comes in: a [`Suite`](crate::suite::Suite) and the files of its folder `suite-tests/`, read as strictly as
//! the suite itself ([`TestFile`]). What goes out: an [`Outcome`] for every test ([`run`]), which parts of the suite
//! the tests exercised ([`coverage`]), and which changes of the suite no test notices ([`mutation`]). Tests run on
//! [`replay`](crate::replay)s, each in an account of its own, so their order and number at a time change nothing.
//!
//! To add something that tests can give or expect: its type in `model.rs`, a file in `read/`, and for what is
//! expected a file in `check/`. To add a kind of change: a file in `mutation/`.

mod check;
pub mod coverage;
mod duration;
mod exemption;
mod failure;
mod glob;
mod model;
pub mod mutation;
mod notation;
mod read;
mod run;

pub use check::widget_name;
pub use duration::short;
pub use exemption::Stale;
pub use failure::{Failure, Side};
pub use model::{
    AlarmExpected, DashboardExpected, Exemption, Expected, Feed, Notified, QueryAsked,
    QueryExpected, StateAt, Test, TestFile, ValueExpected, ValuesAsked, What,
};
pub use read::{FOLDER, TestsError, read_files};
pub use run::{Outcome, Progress, RunError, Served, run};
