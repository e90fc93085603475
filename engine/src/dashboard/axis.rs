use serde_json::Value;

use super::members::{Members, Problems};

/// Which of the two y axes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Side {
    /// The left one.
    #[default]
    Left,
    /// The right one.
    Right,
}

pub(super) const SIDES: &[(&str, Side)] = &[("left", Side::Left), ("right", Side::Right)];

/// One y axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// Beside the axis.
    pub label: Option<String>,
    /// Lower end; from the data where absent.
    pub min: Option<f64>,
    /// Upper end.
    pub max: Option<f64>,
    /// Whether units stand beside the numbers.
    pub show_units: bool,
}

impl Default for Axis {
    fn default() -> Self {
        Self {
            label: None,
            min: None,
            max: None,
            show_units: true,
        }
    }
}

/// Reads `yAxis`: left and right.
pub(super) fn axes(value: Option<&Value>, path: &str, cx: &mut Problems) -> (Axis, Axis) {
    let Some(value) = value else {
        return (Axis::default(), Axis::default());
    };
    let members = Members::of(value, path, &["left", "right"], cx);
    let mut side = |name: &str| {
        let at = members.at(name);
        members.get(name).map(|value| axis(value, &at, cx))
    };
    (
        side("left").unwrap_or_default(),
        side("right").unwrap_or_default(),
    )
}

fn axis(value: &Value, path: &str, cx: &mut Problems) -> Axis {
    let known = ["label", "min", "max", "showUnits"];
    let members = Members::of(value, path, &known, cx);
    Axis {
        label: members.text("label", cx),
        min: members.number("min", cx),
        max: members.number("max", cx),
        show_units: members.boolean("showUnits", true, cx),
    }
}
