use super::Drawing;
use super::number::compact;
use super::palette::color;
use super::svg::{Anchor, Area, Svg, fitting, shorten};

/// The last value of each series as text, side by side; `--` where there is none.
pub(super) fn paint(drawing: &Drawing, area: Area, svg: &mut Svg) {
    let count = drawing.plots.len().max(1) as f64;
    let columns = (area.width / 110.0).floor().clamp(1.0, count);
    let rows = (count / columns).ceil();
    let (width, height) = (area.width / columns, area.height / rows);
    for (index, plot) in drawing.plots.iter().enumerate() {
        let number = index as f64;
        let row = (number / columns).floor();
        let x = area.x + width * (number - row * columns);
        let y = area.y + height * row;
        let size = (height * 0.42).clamp(14.0, 34.0);
        let text = plot.last().map_or_else(|| "--".to_owned(), compact);
        let middle = x + width / 2.0;
        svg.text((middle, y + height * 0.52), Anchor::Middle, size, &text);
        let mark = Area {
            x: middle - 14.0,
            y: y + height * 0.60,
            width: 28.0,
            height: 2.5,
        };
        svg.rect(mark, color(plot, index), 1.0);
        let label = shorten(&plot.label, fitting(width));
        svg.text(
            (middle, y + height * 0.60 + 17.0),
            Anchor::Middle,
            11.0,
            &label,
        );
    }
}
