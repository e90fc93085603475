use std::f64::consts::PI;

use super::Drawing;
use super::number::compact;
use super::palette::color;
use super::svg::{Anchor, Area, Svg, shorten};

/// The last value of each series on a half circle between the ends of the left axis.
pub(super) fn paint(drawing: &Drawing, area: Area, svg: &mut Svg) {
    let low = drawing.left.min.unwrap_or(0.0);
    let high = drawing.left.max.unwrap_or(100.0);
    let slot = area.width / drawing.plots.len().max(1) as f64;
    for (index, plot) in drawing.plots.iter().enumerate() {
        let radius = (slot / 2.0 - 12.0).min(area.height - 34.0).max(10.0);
        let x = area.x + slot * (index as f64 + 0.5);
        let y = area.y + radius + 8.0;
        arc((x, y), radius, 1.0, "currentColor", 0.12, svg);
        let share = plot.last().map(|value| (value - low) / (high - low));
        if let Some(share) = share.filter(|share| share.is_finite()) {
            let share = share.clamp(0.0, 1.0);
            arc((x, y), radius, share, color(plot, index), 1.0, svg);
        }
        let text = plot.last().map_or_else(|| "--".to_owned(), compact);
        svg.text((x, y - 4.0), Anchor::Middle, 22.0, &text);
        svg.text((x - radius, y + 14.0), Anchor::Middle, 10.0, &compact(low));
        svg.text((x + radius, y + 14.0), Anchor::Middle, 10.0, &compact(high));
        svg.text(
            (x, y + 18.0),
            Anchor::Middle,
            11.0,
            &shorten(&plot.label, 24),
        );
    }
}

fn arc((x, y): (f64, f64), radius: f64, share: f64, color: &str, opacity: f64, svg: &mut Svg) {
    let angle = PI * share;
    let (x2, y2) = (x - radius * angle.cos(), y - radius * angle.sin());
    let x1 = x - radius;
    svg.put(format_args!(
        "<path d=\"M{x1:.1} {y:.1} A{radius:.1} {radius:.1} 0 0 1 {x2:.1} {y2:.1}\" fill=\"none\" \
         stroke=\"{color}\" stroke-opacity=\"{opacity}\" stroke-width=\"14\"/>\n"
    ));
}
