//! The messages that CloudWatch sends to SNS for a change of state.
//!
//! In comes a [`StateChange`](super::StateChange) with its [`Sender`], out come subject and message. To add a
//! member of what all metric alarms say, see `message`; of what they watch, `trigger`.

mod message;
mod subject;
mod trigger;

pub use message::{Sender, notification};
