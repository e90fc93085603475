use std::collections::BTreeMap;
use std::fmt::Write;

use crate::base::Millis;

use super::super::{Axis, Fill, HorizontalLine, Side};
use super::number::compact;
use super::palette::color;
use super::scale::Scale;
use super::svg::{Anchor, Area, Svg, escape, shorten};
use super::time_axis::TimeScale;
use super::{Drawing, Plot};

/// Room for the numbers beside an axis, in pixels.
const GUTTER: f64 = 44.0;

/// Lines, or areas on top of each other, over time; a left and a right axis, lines at values and moments.
pub(super) fn paint(drawing: &Drawing, area: Area, svg: &mut Svg) {
    let has_right = drawing.plots.iter().any(|plot| plot.side == Side::Right);
    let has_label = drawing.left.label.is_some() || drawing.right.label.is_some();
    let head = if has_label { 16.0 } else { 6.0 };
    // Half of the last time label stands out of the graph.
    let right = if has_right { GUTTER } else { 18.0 };
    let inner = Area {
        x: area.x + GUTTER,
        y: area.y + head,
        width: area.width - GUTTER - right,
        height: area.height - head - 20.0,
    };
    let time = TimeScale::new(drawing.start, drawing.end, inner);
    let stacks = stacks(drawing);
    let left = scale(drawing, &stacks, Side::Left, inner);
    let right = scale(drawing, &stacks, Side::Right, inner);
    time.paint(svg);
    axis(&drawing.left, &left, inner, Side::Left, svg);
    if has_right {
        axis(&drawing.right, &right, inner, Side::Right, svg);
    }
    let side = |side: Side| match side {
        Side::Left => &left,
        Side::Right => &right,
    };
    for (index, plot) in drawing.plots.iter().enumerate() {
        let color = color(plot, index);
        match stacks.get(index).filter(|_| drawing.stacked) {
            Some(stack) => stacked(stack, &time, side(plot.side), color, svg),
            None => line(plot, &time, side(plot.side), color, svg),
        }
    }
    for annotation in &drawing.horizontal {
        horizontal(annotation, side(annotation.side), inner, svg);
    }
    vertical(drawing, &time, inner, svg);
}

/// Lower and upper edge of each point of a stacked series.
type Stack = Vec<(Millis, f64, f64)>;

/// Each series on top of those before it on the same axis; where a series has no point it adds nothing.
fn stacks(drawing: &Drawing) -> Vec<Stack> {
    let mut heights: [BTreeMap<Millis, f64>; 2] = [BTreeMap::new(), BTreeMap::new()];
    let mut out = Vec::new();
    for plot in &drawing.plots {
        let heights = &mut heights[usize::from(plot.side == Side::Right)];
        let stack = plot.points.iter().map(|(at, value)| {
            let height = heights.entry(*at).or_default();
            let below = *height;
            *height += value;
            (*at, below, *height)
        });
        out.push(stack.collect());
    }
    out
}

fn scale(drawing: &Drawing, stacks: &[Stack], side: Side, area: Area) -> Scale {
    let axis = match side {
        Side::Left => &drawing.left,
        Side::Right => &drawing.right,
    };
    let mut values: Vec<f64> = Vec::new();
    for (plot, stack) in drawing.plots.iter().zip(stacks) {
        if plot.side != side {
            continue;
        }
        match drawing.stacked {
            true => values.extend(stack.iter().map(|(_, _, top)| *top)),
            false => values.extend(plot.points.iter().map(|(_, value)| *value)),
        }
    }
    // A line needs room above it, or it would lie on the edge and could not be crossed.
    let lines = drawing.horizontal.iter().filter(|line| line.side == side);
    values.extend(lines.map(|line| line.value.max(line.to.unwrap_or(line.value)) * 1.05));
    let low = values.iter().copied().fold(0.0, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let high = if high.is_finite() { high } else { 1.0 };
    Scale::nice((low, high), (axis.min, axis.max), (area.y, area.bottom()))
}

fn axis(axis: &Axis, scale: &Scale, area: Area, side: Side, svg: &mut Svg) {
    let (x, anchor) = match side {
        Side::Left => (area.x - 5.0, Anchor::End),
        Side::Right => (area.right() + 5.0, Anchor::Start),
    };
    for tick in &scale.ticks {
        let y = scale.at(*tick);
        if side == Side::Left {
            svg.grid_line((area.x, y), (area.right(), y));
        }
        svg.text((x, y + 3.5), anchor, 10.0, &compact(*tick));
    }
    if let Some(label) = &axis.label {
        let (x, anchor) = match side {
            Side::Left => (area.x - GUTTER + 2.0, Anchor::Start),
            Side::Right => (area.right() + GUTTER - 2.0, Anchor::End),
        };
        svg.text((x, area.y - 7.0), anchor, 10.0, &shorten(label, 40));
    }
}

/// Lines between neighbours; a point without neighbours is a dot.
fn line(plot: &Plot, time: &TimeScale, scale: &Scale, color: &str, svg: &mut Svg) {
    let near = plot.period.saturating_mul(3) / 2;
    for run in plot.points.chunk_by(|a, b| b.0.0 - a.0.0 <= near) {
        let at = |(moment, value): &(Millis, f64)| (time.at(*moment), scale.at(*value));
        if let [only] = run {
            let (x, y) = at(only);
            svg.put(format_args!(
                "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"2.2\" fill=\"{color}\"/>\n"
            ));
            continue;
        }
        let d = path(run.iter().map(at));
        svg.put(format_args!(
            "<path d=\"{d}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"1.6\" \
             stroke-linejoin=\"round\"/>\n"
        ));
    }
}

fn stacked(stack: &Stack, time: &TimeScale, scale: &Scale, color: &str, svg: &mut Svg) {
    let top = stack
        .iter()
        .map(|(at, _, top)| (time.at(*at), scale.at(*top)));
    let bottom = stack.iter().rev();
    let bottom = bottom.map(|(at, below, _)| (time.at(*at), scale.at(*below)));
    let outline = path(top.clone());
    let d = path(top.chain(bottom));
    svg.put(format_args!(
        "<path d=\"{d} Z\" fill=\"{color}\" fill-opacity=\"0.45\"/>\n\
         <path d=\"{outline}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"1.2\"/>\n"
    ));
}

fn path(points: impl Iterator<Item = (f64, f64)>) -> String {
    let mut d = String::new();
    for (index, (x, y)) in points.enumerate() {
        let command = if index == 0 { "M" } else { " L" };
        let _ = write!(d, "{command}{x:.1} {y:.1}");
    }
    d
}

/// The colour of lines that name none: the one of thresholds.
const THRESHOLD: &str = "#d4504c";

fn line_color(own: Option<&str>) -> &str {
    own.filter(|c| super::super::series::is_color(c))
        .unwrap_or(THRESHOLD)
}

fn horizontal(line: &HorizontalLine, scale: &Scale, area: Area, svg: &mut Svg) {
    let color = line_color(line.color.as_deref());
    let y = scale.at(line.value);
    let shade = match (line.to, line.fill) {
        (Some(to), _) => Some(scale.at(to)),
        (None, Fill::Above) => Some(area.y),
        (None, Fill::Below) => Some(area.bottom()),
        (None, Fill::None) => None,
    };
    if let Some(edge) = shade {
        let shaded = Area {
            y: y.min(edge),
            height: (y - edge).abs(),
            ..area
        };
        svg.rect(shaded, color, 0.1);
    }
    let (left, right) = (area.x, area.right());
    svg.put(format_args!(
        "<line x1=\"{left:.1}\" y1=\"{y:.1}\" x2=\"{right:.1}\" y2=\"{y:.1}\" stroke=\"{color}\" \
         stroke-dasharray=\"4 3\"/>\n"
    ));
    if let Some(label) = &line.label {
        let label = escape(&shorten(label, 48));
        let y = if y - area.y < 12.0 { y + 11.0 } else { y - 3.0 };
        svg.put(format_args!(
            "<text x=\"{left:.1}\" y=\"{y:.1}\" dx=\"4\" font-size=\"10\" fill=\"{color}\">{label}</text>\n"
        ));
    }
}

fn vertical(drawing: &Drawing, time: &TimeScale, area: Area, svg: &mut Svg) {
    for line in &drawing.vertical {
        if line.at < drawing.start || line.at > drawing.end {
            continue;
        }
        let color = line_color(line.color.as_deref());
        let x = time.at(line.at);
        if let Some(to) = line.to {
            let shaded = Area {
                x,
                width: (time.at(to) - x).max(0.0),
                ..area
            };
            svg.rect(shaded, color, 0.1);
        }
        let (top, bottom) = (area.y, area.bottom());
        svg.put(format_args!(
            "<line x1=\"{x:.1}\" y1=\"{top:.1}\" x2=\"{x:.1}\" y2=\"{bottom:.1}\" stroke=\"{color}\" \
             stroke-dasharray=\"4 3\"/>\n"
        ));
        if let Some(label) = &line.label {
            svg.text(
                (x + 3.0, top + 10.0),
                Anchor::Start,
                10.0,
                &shorten(label, 32),
            );
        }
    }
}
