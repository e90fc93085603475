//! Composite alarms: the state of a rule over other alarms, and the suppression of its actions.
//!
//! In come configurations and the changes of other alarms; out come changes of state, of which those whose
//! actions wait for a suppressor are marked, and later what a timer lets go. Their store is
//! [`super::AlarmStore`]: a composite alarm reads the states of the alarms beside it.

mod model;
mod order;
mod settle;
mod store;
mod suppression;
mod validate;
#[cfg(test)]
mod tests;

pub use model::{ActionsSuppressor, CompositeAlarm, StoredComposite, TriggeringChild};
pub use suppression::{SuppressedBy, Suppression};
