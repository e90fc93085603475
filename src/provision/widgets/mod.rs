//! How the widgets of a dashboard differ from what they were.
//!
//! In come two bodies in their canonical form; out come the widgets that came, went or differ, in the order of
//! the new body, each under its title and place. To tell widgets apart better: a pass in `matching`; to name a
//! difference better: an entry in `difference`.

mod change;
mod difference;
mod matching;

pub use change::{WidgetChange, widget_changes};
pub use difference::Difference;
pub use matching::widget_pairs;
