use super::palette::color;
use super::svg::{Anchor, Area, Svg, shorten};
use super::{Drawing, Legend};

/// Height of a row of the legend, in pixels.
const ROW: f64 = 15.0;
/// Estimated width of a character at the legend's size.
const CHARACTER: f64 = 6.0;
/// Rows below a graph at most; the rest is counted.
const ROWS: usize = 3;

/// Paints the legend and returns the area that is left for the graph.
pub(super) fn paint(drawing: &Drawing, area: Area, svg: &mut Svg) -> Area {
    match drawing.legend {
        Legend::Hidden => area,
        Legend::Bottom => bottom(drawing, area, svg),
        Legend::Right => right(drawing, area, svg),
    }
}

/// The entries of a row: index of the series, place from the left, label.
type Row = Vec<(usize, f64, String)>;

fn bottom(drawing: &Drawing, area: Area, svg: &mut Svg) -> Area {
    let mut rows: Vec<Row> = vec![Vec::new()];
    let mut x = area.x;
    for (index, plot) in drawing.plots.iter().enumerate() {
        let label = shorten(&plot.label, 40);
        let width = 22.0 + CHARACTER * label.chars().count() as f64;
        if x + width > area.right() && x > area.x {
            rows.push(Vec::new());
            x = area.x;
        }
        if let Some(row) = rows.last_mut() {
            row.push((index, x, label));
        }
        x += width;
    }
    let hidden: usize = rows.iter().skip(ROWS).map(Vec::len).sum();
    rows.truncate(ROWS);
    let top = area.bottom() - ROW * rows.len() as f64;
    for (number, row) in rows.iter().enumerate() {
        let y = top + ROW * (number as f64 + 0.8);
        for (index, x, label) in row {
            entry(drawing, *index, (*x, y), label, svg);
        }
    }
    if hidden > 0 {
        let at = (area.right(), area.bottom() - 3.0);
        svg.text(at, Anchor::End, 10.0, &format!("and {hidden} more"));
    }
    Area {
        height: top - area.y - 4.0,
        ..area
    }
}

fn right(drawing: &Drawing, area: Area, svg: &mut Svg) -> Area {
    let width = (area.width / 3.0).min(180.0);
    let left = area.right() - width + 12.0;
    let mut y = area.y + ROW * 0.8;
    for (index, plot) in drawing.plots.iter().enumerate() {
        if y > area.bottom() {
            break;
        }
        entry(drawing, index, (left, y), &shorten(&plot.label, 24), svg);
        y += ROW;
    }
    Area {
        width: area.width - width,
        ..area
    }
}

fn entry(drawing: &Drawing, index: usize, (x, y): (f64, f64), label: &str, svg: &mut Svg) {
    let mark = Area {
        x,
        y: y - 8.0,
        width: 9.0,
        height: 9.0,
    };
    svg.rect(mark, color(&drawing.plots[index], index), 1.0);
    svg.text((x + 13.0, y), Anchor::Start, 11.0, label);
}
