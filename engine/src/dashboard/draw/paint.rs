use super::svg::{Area, Svg};
use super::{Drawing, Legend, View, bar, gauge, legend, pie, single_value, time_series};

/// Paints one view into an area.
type Painter = fn(&Drawing, Area, &mut Svg);

const PAINTERS: &[(View, Painter)] = &[
    (View::TimeSeries, time_series::paint),
    (View::SingleValue, single_value::paint),
    (View::Gauge, gauge::paint),
    (View::Bar, bar::paint),
    (View::Pie, pie::paint),
];

/// Draws to SVG; the same bytes for the same drawing.
pub fn draw(drawing: &Drawing) -> String {
    let mut svg = Svg::new(drawing.width, drawing.height);
    let area = Area {
        x: 4.0,
        y: 4.0,
        width: f64::from(drawing.width.max(60)) - 8.0,
        height: f64::from(drawing.height.max(40)) - 8.0,
    };
    let has_legend = matches!(drawing.view, View::TimeSeries | View::Pie);
    let area = match drawing.legend {
        Legend::Hidden => area,
        _ if !has_legend => area,
        _ => legend::paint(drawing, area, &mut svg),
    };
    if let Some((_, paint)) = PAINTERS.iter().find(|(view, _)| *view == drawing.view) {
        paint(drawing, area, &mut svg);
    }
    svg.finish()
}

#[cfg(test)]
mod tests {
    use super::super::super::{Axis, Fill, HorizontalLine, Side};
    use super::super::Plot;
    use super::*;
    use crate::base::Millis;

    fn drawing(view: View) -> Drawing {
        let start = Millis(1_776_679_200_000);
        let plot = |label: &str, values: &[(i64, f64)]| Plot {
            label: label.to_owned(),
            color: None,
            side: Side::Left,
            period: 60_000,
            points: values
                .iter()
                .map(|(minute, value)| (start.plus(minute * 60_000), *value))
                .collect(),
        };
        Drawing {
            view,
            stacked: false,
            start,
            end: start.plus(600_000),
            left: Axis::default(),
            right: Axis::default(),
            legend: Legend::Bottom,
            horizontal: vec![HorizontalLine {
                value: 30.0,
                to: None,
                label: Some("limit".to_owned()),
                color: None,
                fill: Fill::None,
                side: Side::Left,
            }],
            vertical: Vec::new(),
            plots: vec![
                plot("a & <b>", &[(0, 10.0), (1, 20.0), (5, 15.0)]),
                plot("c", &[(0, 5.0), (1, 40.0), (2, 20.0)]),
            ],
            width: 320,
            height: 160,
        }
    }

    #[test]
    fn a_time_series_breaks_its_line_at_a_gap_and_escapes_its_labels() {
        let svg = draw(&drawing(View::TimeSeries));
        assert_eq!(svg, draw(&drawing(View::TimeSeries)));
        insta::assert_snapshot!(svg);
    }

    #[test]
    fn a_stacked_area_reaches_the_sum() {
        let mut stacked = drawing(View::TimeSeries);
        stacked.stacked = true;
        insta::assert_snapshot!(draw(&stacked));
    }

    #[test]
    fn a_single_value_is_the_last_one() {
        insta::assert_snapshot!(draw(&drawing(View::SingleValue)));
    }

    #[test]
    fn bars_stand_on_zero() {
        insta::assert_snapshot!(draw(&drawing(View::Bar)));
    }

    #[test]
    fn a_pie_shows_shares_of_the_last_values() {
        insta::assert_snapshot!(draw(&drawing(View::Pie)));
    }

    #[test]
    fn a_gauge_shows_the_last_value_between_its_ends() {
        let mut gauge = drawing(View::Gauge);
        gauge.left = Axis {
            min: Some(0.0),
            max: Some(100.0),
            ..Axis::default()
        };
        gauge.plots.truncate(1);
        insta::assert_snapshot!(draw(&gauge));
    }

    #[test]
    fn a_colour_that_is_none_never_reaches_an_attribute() {
        let mut hostile = drawing(View::Bar);
        hostile.plots[0].color = Some("\"/><script>".to_owned());
        assert!(!draw(&hostile).contains("script"));
    }
}
