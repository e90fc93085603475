//! A suite in an account of its own, on a clock that only moves when it is told to.
//!
//! What comes in: a [`Suite`](crate::suite::Suite), applied through the SDK as `belfry apply` does it
//! ([`Stage::of`]; [`Stage::changed`] applies another version over it), then log events and data, each at a
//! moment ([`Replay::log`], [`Replay::put`]). What goes out: every change of an alarm's state with AWS's
//! reason and every action ([`Replay::take_happenings`]), metric values as GetMetricData answers them
//! ([`Replay::metric_data`]), and a [`Session`](crate::aws::Session) for everything else
//! ([`Replay::session`]): saved queries, widgets.
//!
//! A stage is made once and replayed as often as wanted: a replay is a copy of its account, and needs neither
//! network nor runtime while it is fed. Nothing here reads a clock: equal calls give equal happenings. Moments
//! may not run backwards within one replay. Alarms are evaluated at every minute boundary that is passed
//! (ten seconds where some alarm has a shorter period), as on the endpoint.
//!
//! ```no_run
//! # use belfry::{replay::Stage, suite::Suite};
//! # use belfry_engine::{base::Millis, events::InputLogEvent};
//! # async fn example(suite: &Suite, events: Vec<InputLogEvent>) -> Result<(), Box<dyn std::error::Error>> {
//! let stage = Stage::of(suite, Millis(1_776_679_200_000)).await?;
//! let mut replay = stage.replay();
//! replay.discard_events(); // metrics and alarms only: memory does not grow with the log
//! for event in events {
//!     let at = event.timestamp;
//!     replay.log("/ecs/app", &[event], at)?;
//! }
//! replay.advance(replay.now().plus(3_600_000));
//! for happening in replay.take_happenings() {
//!     println!("{happening:?}");
//! }
//! # Ok(())
//! # }
//! ```

mod error;
mod happening;
mod run;
mod stage;
#[cfg(test)]
mod tests;

pub use error::ReplayError;
pub use happening::{Happening, What};
pub use run::Replay;
pub use stage::Stage;
