use serde_json::Value;

use crate::base::Millis;

use super::axis::SIDES;
use super::members::{Members, Problems};
use super::series::is_color;
use super::{Side, ValidationMessage};

/// What a line of a horizontal annotation shades.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Fill {
    /// Nothing.
    #[default]
    None,
    /// All above it.
    Above,
    /// All below it.
    Below,
}

const FILLS: &[(&str, Fill)] = &[
    ("none", Fill::None),
    ("above", Fill::Above),
    ("below", Fill::Below),
];

/// A horizontal line, or a band as far as `to`.
#[derive(Clone, Debug, PartialEq)]
pub struct HorizontalLine {
    /// Where.
    pub value: f64,
    /// The other edge of a band.
    pub to: Option<f64>,
    /// Beside it.
    pub label: Option<String>,
    /// `#rrggbb`.
    pub color: Option<String>,
    /// What is shaded.
    pub fill: Fill,
    /// Which axis it belongs to.
    pub side: Side,
}

/// A vertical line, or a band.
#[derive(Clone, Debug, PartialEq)]
pub struct VerticalLine {
    /// When.
    pub at: Millis,
    /// The end of a band.
    pub to: Option<Millis>,
    /// Beside it.
    pub label: Option<String>,
    /// `#rrggbb`.
    pub color: Option<String>,
}

/// What stands in `annotations`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Annotations {
    pub(super) alarms: Vec<String>,
    pub(super) horizontal: Vec<HorizontalLine>,
    pub(super) vertical: Vec<VerticalLine>,
}

/// Reads `annotations`; lines with `visible: false` are left out.
pub(super) fn annotations(value: Option<&Value>, path: &str, cx: &mut Problems) -> Annotations {
    let Some(value) = value else {
        return Annotations::default();
    };
    let members = Members::of(value, path, &["alarms", "horizontal", "vertical"], cx);
    let alarms = members.array("alarms", cx).unwrap_or_default();
    if alarms.len() > 1 {
        cx.error(&members.at("alarms"), "Should NOT have more than 1 items");
    }
    let horizontal = edges(&members, "horizontal", cx);
    let vertical = edges(&members, "vertical", cx);
    Annotations {
        alarms: alarms
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        horizontal: horizontal
            .into_iter()
            .filter_map(|(pair, path)| horizontal_line(&pair, &path, cx))
            .collect(),
        vertical: vertical
            .into_iter()
            .filter_map(|(pair, path)| vertical_line(&pair, &path, cx))
            .collect(),
    }
}

/// One value for a line, two for a band, with their path.
type Edges<'a> = (Vec<&'a Value>, String);

fn edges<'a>(members: &Members<'a>, name: &str, cx: &mut Problems) -> Vec<Edges<'a>> {
    let lines = members.array(name, cx).unwrap_or_default();
    let mut out = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let path = format!("{}/{index}", members.at(name));
        match line {
            Value::Array(pair) if pair.len() != 2 => cx.error(&path, "Should have 2 items"),
            Value::Array(pair) => out.push((pair.iter().collect(), path)),
            line => out.push((vec![line], path)),
        }
    }
    out
}

const KNOWN: &[&str] = &["value", "label", "color", "fill", "visible", "yAxis"];

fn horizontal_line(pair: &[&Value], path: &str, cx: &mut Problems) -> Option<HorizontalLine> {
    let first = Members::of(pair.first()?, path, KNOWN, cx);
    first.required("value", cx)?;
    let value = first.number("value", cx)?;
    let to = match pair.get(1) {
        Some(second) => Members::of(second, path, KNOWN, cx).number("value", cx),
        None => None,
    };
    let line = HorizontalLine {
        value,
        to,
        label: first.text("label", cx),
        color: color(&first, cx),
        fill: first.one_of("fill", FILLS, cx).unwrap_or_default(),
        side: first.one_of("yAxis", SIDES, cx).unwrap_or_default(),
    };
    first.boolean("visible", true, cx).then_some(line)
}

fn vertical_line(pair: &[&Value], path: &str, cx: &mut Problems) -> Option<VerticalLine> {
    let first = Members::of(pair.first()?, path, KNOWN, cx);
    first.required("value", cx)?;
    let at = moment(&first, cx)?;
    let to = match pair.get(1) {
        Some(second) => moment(&Members::of(second, path, KNOWN, cx), cx),
        None => None,
    };
    let line = VerticalLine {
        at,
        to,
        label: first.text("label", cx),
        color: color(&first, cx),
    };
    first.boolean("visible", true, cx).then_some(line)
}

fn moment(members: &Members<'_>, cx: &mut Problems) -> Option<Millis> {
    let text = members.string("value", cx)?;
    let at = Millis::parse_rfc3339(text);
    if at.is_none() {
        cx.error(&members.at("value"), "Should match format \"date-time\"");
    }
    at
}

fn color(members: &Members<'_>, cx: &mut Problems) -> Option<String> {
    let color = members.text("color", cx)?;
    if is_color(&color) {
        return Some(color);
    }
    // Documented are six hexadecimal digits; dashboards that are deployed carry names of HTML (`red`), so it is no
    // error. What the console draws for them is not known: here it is as if there were none.
    cx.warnings.push(ValidationMessage {
        data_path: members.at("color"),
        message: "Should be a color in the format #rrggbb".to_owned(),
    });
    None
}
