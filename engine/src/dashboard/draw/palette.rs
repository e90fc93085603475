use super::Plot;

/// Colours that stay apart on light and dark grounds.
const PALETTE: [&str; 10] = [
    "#3b82c4", "#e8833a", "#3fa45b", "#d4504c", "#8f6bc2", "#a87155", "#d977b3", "#8a8d91",
    "#b5a834", "#2fb1bf",
];

/// The colour of the series at `index`: its own, else one of the palette in turn. The body's check lets
/// only `#rgb` and `#rrggbb` in; anything else falls back, so that no text gets into an attribute.
pub(super) fn color(plot: &Plot, index: usize) -> &str {
    match plot.color.as_deref() {
        Some(own) if super::super::series::is_color(own) => own,
        _ => PALETTE[index % PALETTE.len()],
    }
}
