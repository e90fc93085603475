//! What a suite will cost a month before it exists, at several rates of requests.
//!
//! What comes in: the suite's resources and queries, the service's contract, samples of its log
//! and of its load balancer's, assumptions. What
//! goes out: an [`Estimate`]: one bill for each rate, what each log field and metric dimension adds, and what the bill
//! would be with sampling, a shorter retention, the Infrequent Access class or metrics apart. To add a thing that is
//! paid: a function in `lines.rs` or `delivery.rs`. To add an assumption: a row in `assumptions.rs`.

mod access_sample;
mod assumptions;
mod delivery;
mod drivers;
mod forecast;
mod json;
mod lines;
mod of_suite;
mod notices;
mod sample;
mod subject;
mod variants;

pub use access_sample::AccessSample;
pub use assumptions::{ASSUMPTIONS, Assumption, Assumptions};
pub use drivers::{Dimension, Field, dimensions, fields};
pub use forecast::{Estimate, EstimateError};
pub use of_suite::service_group;
pub use sample::{LogSample, SampleError};
pub use subject::{Notices, OtherGroup, Scan, Subject};
pub use variants::{VARIANTS, Variant};
