//! How often AWS takes each call, and how to keep within it.
//!
//! What comes in: a service, a region and an operation. What goes out: the rate that AWS publishes for it ([`rate`]);
//! a [`Pacer`] holds calls back so that they keep it, a [`Throttle`] says which calls break it. To add a rate: its line
//! in `table`, with the page that names it.

mod pacer;
mod table;
mod throttle;

pub use pacer::Pacer;
pub use table::{RATES, Rate, rate};
pub use throttle::Throttle;
