//! Drawing to SVG: series in, one `<svg>` text out, the same bytes for the same input.
//!
//! Colours of text and grid are `currentColor`, so the page decides between light and dark. To add a
//! view: a file beside `pie.rs` with a function of type `Painter`, a variant of [`View`] and a line in
//! `paint.rs`.

mod bar;
mod drawing;
mod gauge;
mod legend;
mod number;
mod paint;
mod palette;
mod pie;
mod scale;
mod single_value;
mod svg;
mod time_axis;
mod time_series;

pub use drawing::{Drawing, Legend, Plot, View};
pub use paint::draw;
pub use svg::escape;
