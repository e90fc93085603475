//! Where events come from: what is known of their log group or file beside the lines themselves.
//!
//! What comes in: a group's name, its tags, the first line. What goes out: an [`Origin`], which fills system
//! fields such as `@aws.account`, and a [`LogType`], which says what fields lines have that are no JSON. To
//! add a type: an entry in `log_type.rs`, its columns in `layout.rs` and how its lines look in `recognise.rs`.

mod layout;
mod log_type;
mod misfits;
#[expect(
    clippy::module_inception,
    reason = "the room is about this one structure"
)]
mod origin;
mod recognise;
mod record;

pub use log_type::LogType;
pub use misfits::Misfits;
pub use origin::{DataSource, Origin};
pub use recognise::first_message;
pub(super) use recognise::load_balancer_time;
pub use record::Record;
