//! Desired and observed resources, their difference, and the ordered plan. Pure but for the trait
//! [`Cloud`].
//!
//! What comes in: a [`Suite`](crate::suite::Suite) and what an account holds ([`Observed`]). What goes
//! out: a [`Plan`], and what became of each [`Change`] when it was applied. There is no state file: tags
//! and names say what belongs to the suite, and what does not is never written. To add a resource type:
//! a file in `resources/`, a variant of [`Resource`] and [`Kind`] in its place of the order, and its
//! service in `aws/`. Its `references` say what must be made before it: changes are made side by side, so
//! the order of kinds alone holds nothing back; its `lane` is what it shares with others of which AWS takes
//! one change at a time.

mod address;
mod apply;
mod change;
mod cloud;
mod desired;
mod destroy;
mod drift;
mod json;
mod observed;
mod place;
mod order;
mod plan;
mod plan_file;
pub mod resources;
mod schedule;
mod secret;
#[cfg(test)]
mod tests;
mod text;
pub mod warnings;
mod widgets;

pub use address::{Address, Kind};
pub use apply::{Applied, Outcome, Progress, Silent, apply};
pub use change::{Action, AttributeChange, Change, diff};
pub use cloud::{Cloud, Scope};
pub use desired::Desired;
pub use drift::{Child, Departure, Drift, Drifted};
pub use json::{applied_json, plan_json};
pub use observed::{Observed, ObservedResource, Ownership};
pub use place::Place;
pub use plan::{Conflict, Plan};
pub use plan_file::{Moved, PlanFile, PlanFileError, Subject};
pub use resources::Resource;
pub use secret::shown;
pub use warnings::Warning;
pub use widgets::{Difference, WidgetChange, widget_changes, widget_pairs};
