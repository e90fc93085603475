//! Every choice that AWS does not document, in one place, with its reason.
//!
//! `table` holds those with a plausible alternative: each has a name, a source and values, and can be switched for a
//! query ([`Choices::set`], `belfry query --choice`). `settled` says what has no switch and why, `fixed` holds limits,
//! `notes` what answers say where they rest on a choice. To add a switch: a field in `chosen`, a line in the
//! table, a case in `choices.case`.

mod chosen;
mod fixed;
mod notes;
mod settled;
mod table;

pub(super) use chosen::GroupOrder;
pub use chosen::{ChoiceError, Choices};
pub(super) use fixed::*;
pub(super) use notes::*;
pub use settled::{SETTLED, Settled};
pub use table::{Alternative, CHOICES, Choice};
