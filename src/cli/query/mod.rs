//! `belfry query`: a saved query or any text, over an environment's log groups or over files.
//!
//! What comes in: a name of the suite or a text, where to look and when. What goes out: a table, one JSON object, CSV
//! or Markdown. The text is compiled here first, so that a mistake is shown at its place and costs no call.

mod all_rows;
mod arguments;
mod asking;
mod files;
mod link;
mod list;
mod log_type;
mod moment;
mod over_environment;
mod over_file;
mod parameters;
mod price;
mod run;
mod service_judges;
mod show;
mod slices;
mod spend;
mod subject;
mod unknown_fields;
mod when;
mod zone;

pub(super) use arguments::Arguments;
pub(super) use files::of_folder as log_files_of;
pub(super) use moment::{End, Here, Moment};
pub(super) use price::parse as parse_price;
pub(super) use run::run;
pub(super) use when::When;
pub(super) use zone::{name as zone_name, show as show_time};
