//! The only room that names the AWS SDK.
//!
//! What comes in: a [`Target`] (which account, region, address) and what to observe, write or run.
//! What goes out: plain values of the other rooms, and [`CloudError`] where AWS refuses. To add a
//! service: a client accessor in `session.rs` and a file named after the service.

mod error;
mod identity;
mod log_delivery;
mod session;

pub use error::CloudError;
pub use identity::Identity;
pub use log_delivery::LogDelivery;
pub use session::{Session, Target};
