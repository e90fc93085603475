//! Values and plain helpers that all rooms share: time, clocks, maps.
//!
//! Nothing here knows a language or a store. Time comes in through [`Clock`]; no room reads the
//! system's clock. To add a helper: only if two rooms need it, one file per family.

mod clock;
mod maps;
mod millis;
mod stamp;

pub use clock::{Clock, VirtualClock};
pub use maps::{FastMap, FastSet};
pub use millis::{Millis, TimeRange};
