//! What was asked of Cost Explorer, and its answers kept on disk: a request costs a cent.
//!
//! What comes in: a [`Question`]. What goes out: the answer of the same day, with its age, or word that it must be
//! asked; and the count of what was asked this month.

mod answers;
mod keep;

pub use answers::{CostAnomaly, CostMonitor, CostRow, Forecast, Question};
pub use keep::{Found, Keep, KeepError, Kept};
