use super::Drawing;
use super::number::compact;
use super::palette::color;
use super::scale::Scale;
use super::svg::{Anchor, Area, Svg, fitting, shorten};

/// The last value of each series as a bar that stands on zero.
pub(super) fn paint(drawing: &Drawing, area: Area, svg: &mut Svg) {
    let inner = Area {
        x: area.x + 44.0,
        y: area.y + 14.0,
        width: area.width - 48.0,
        height: area.height - 34.0,
    };
    let values: Vec<_> = drawing
        .plots
        .iter()
        .map(|p| p.last().unwrap_or(0.0))
        .collect();
    let low = values.iter().copied().fold(0.0, f64::min);
    let high = values.iter().copied().fold(0.0, f64::max);
    let high = if high > low { high } else { low + 1.0 };
    let ends = (drawing.left.min, drawing.left.max);
    let scale = Scale::nice((low, high), ends, (inner.y, inner.bottom()));
    for tick in &scale.ticks {
        let y = scale.at(*tick);
        svg.grid_line((inner.x, y), (inner.right(), y));
        svg.text((inner.x - 5.0, y + 3.5), Anchor::End, 10.0, &compact(*tick));
    }
    let slot = inner.width / values.len().max(1) as f64;
    let characters = fitting(slot);
    for (index, (plot, value)) in drawing.plots.iter().zip(&values).enumerate() {
        let (zero, top) = (scale.at(0.0), scale.at(*value));
        let x = inner.x + slot * index as f64;
        let column = Area {
            x: x + slot * 0.15,
            y: zero.min(top),
            width: slot * 0.7,
            height: (zero - top).abs(),
        };
        svg.rect(column, color(plot, index), 0.85);
        let middle = x + slot / 2.0;
        svg.text(
            (middle, column.y - 4.0),
            Anchor::Middle,
            10.0,
            &compact(*value),
        );
        let label = shorten(&plot.label, characters);
        svg.text(
            (middle, inner.bottom() + 14.0),
            Anchor::Middle,
            10.0,
            &label,
        );
    }
}
