//! What one evaluation of a series says: the rule over a range of points.
//!
//! In come a [`Rule`] and the [`Point`]s of the evaluation range; out comes an [`Evaluation`]: every point
//! with the part it played, the branch of the rule that decided, and the state. The decision, its reason
//! text and its explanation are all read from that one value, so they cannot disagree.

mod evaluated;
mod judge;
mod low_samples;
mod point;
mod series_rule;

pub use evaluated::{Because, EvaluatedPoint, Evaluation, Part};
pub use judge::evaluate;
pub use point::{Band, Point};
pub use series_rule::Rule;
