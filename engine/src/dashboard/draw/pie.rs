use std::f64::consts::TAU;

use super::Drawing;
use super::number::compact;
use super::palette::color;
use super::svg::{Anchor, Area, Svg};

/// The last values of the series as shares of their sum; negative ones have no share.
pub(super) fn paint(drawing: &Drawing, area: Area, svg: &mut Svg) {
    let values: Vec<_> = drawing
        .plots
        .iter()
        .map(|plot| plot.last().unwrap_or(0.0).max(0.0))
        .collect();
    let sum: f64 = values.iter().sum();
    let center = (area.x + area.width / 2.0, area.y + area.height / 2.0);
    if sum <= 0.0 {
        svg.text(
            center,
            Anchor::Middle,
            12.0,
            "nothing to share: all values are 0",
        );
        return;
    }
    let radius = (area.width.min(area.height) / 2.0 - 4.0).max(8.0);
    let mut from = 0.0;
    for (index, (plot, value)) in drawing.plots.iter().zip(&values).enumerate() {
        let share = value / sum;
        if share > 0.0 {
            slice(
                center,
                radius,
                (from, from + share),
                color(plot, index),
                svg,
            );
            from += share;
        }
    }
    svg.text(
        (center.0, center.1 + 5.0),
        Anchor::Middle,
        15.0,
        &compact(sum),
    );
}

/// A ring's slice between two shares of the whole, clockwise from the top.
fn slice((x, y): (f64, f64), radius: f64, (from, to): (f64, f64), color: &str, svg: &mut Svg) {
    let width = radius * 0.38;
    let middle = radius - width / 2.0;
    // A full circle has no arc between its equal ends; the gap that is left cannot be seen.
    let to = to.min(from + 0.9999);
    let at = |share: f64| {
        let angle = share * TAU;
        (x + middle * angle.sin(), y - middle * angle.cos())
    };
    let ((x1, y1), (x2, y2)) = (at(from), at(to));
    let large = u8::from(to - from > 0.5);
    svg.put(format_args!(
        "<path d=\"M{x1:.1} {y1:.1} A{middle:.1} {middle:.1} 0 {large} 1 {x2:.1} {y2:.1}\" fill=\"none\" \
         stroke=\"{color}\" stroke-width=\"{width:.1}\"/>\n"
    ));
}
