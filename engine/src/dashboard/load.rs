use serde_json::Value;

use super::alarm::alarm_widget;
use super::layout::{COLUMNS, Flow};
use super::log::log_widget;
use super::members::{Members, Problems};
use super::metric::metric_widget;
use super::text::text_widget;
use super::{PeriodOverride, Place, RangeStart, ValidationMessage, Widget, WidgetKind};

/// A dashboard body, checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Dashboard {
    /// In the order of the body.
    pub widgets: Vec<Widget>,
    /// Where its time range begins.
    pub start: Option<RangeStart>,
    /// What becomes of the periods.
    pub period_override: PeriodOverride,
}

/// A body that CloudWatch would take.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    /// The dashboard.
    pub dashboard: Dashboard,
    /// What PutDashboard returns beside its success.
    pub warnings: Vec<ValidationMessage>,
}

/// Reads a dashboard body (API reference, dashboard body structure and syntax); all mistakes are found in
/// one run.
pub fn load(body: &str) -> Result<Loaded, Vec<ValidationMessage>> {
    let body: Value = serde_json::from_str(body).map_err(|error| {
        vec![ValidationMessage {
            data_path: String::new(),
            message: format!("The dashboard body is not valid JSON: {error}"),
        }]
    })?;
    let mut cx = Problems::default();
    let dashboard = dashboard(&body, &mut cx);
    if !cx.errors.is_empty() {
        return Err(cx.errors);
    }
    Ok(Loaded {
        dashboard,
        warnings: cx.warnings,
    })
}

fn dashboard(body: &Value, cx: &mut Problems) -> Dashboard {
    let known = ["widgets", "variables", "start", "end", "periodOverride"];
    let members = Members::of(body, "", &known, cx);
    members.required("widgets", cx);
    let widgets = members.array("widgets", cx).unwrap_or_default();
    if widgets.len() > 500 {
        cx.error("/widgets", "Should NOT have more than 500 items");
    }
    let variables = members.array("variables", cx).unwrap_or_default();
    if variables.len() > 25 {
        cx.error("/variables", "Should NOT have more than 25 items");
    }
    let overrides = [
        ("auto", PeriodOverride::Auto),
        ("inherit", PeriodOverride::Inherit),
    ];
    let mut flow = Flow::default();
    Dashboard {
        start: start(&members, cx),
        period_override: members
            .one_of("periodOverride", &overrides, cx)
            .unwrap_or_default(),
        widgets: widgets
            .iter()
            .enumerate()
            .filter_map(|(index, value)| widget(value, index, &mut flow, cx))
            .collect(),
    }
}

fn start(members: &Members<'_>, cx: &mut Problems) -> Option<RangeStart> {
    if members.get("end").is_some() && members.get("start").is_none() {
        cx.error(
            "/end",
            "Should have property start when property end is present",
        );
    }
    let text = members.string("start", cx)?;
    let start = RangeStart::parse(text);
    if start.is_none() {
        cx.error("/start", "Should be a relative or ISO 8601 time");
    }
    start
}

/// Reads the properties of one type.
type Read = fn(&Value, &str, &mut Problems) -> Option<WidgetKind>;

const TYPES: &[(&str, Read)] = &[
    ("metric", |value, path, cx| {
        metric_widget(value, path, cx).map(|w| WidgetKind::Metric(Box::new(w)))
    }),
    ("text", |value, path, cx| {
        text_widget(value, path, cx).map(WidgetKind::Text)
    }),
    ("log", |value, path, cx| {
        log_widget(value, path, cx).map(WidgetKind::Log)
    }),
    ("alarm", |value, path, cx| {
        alarm_widget(value, path, cx).map(WidgetKind::Alarm)
    }),
    ("explorer", |_, _, _| Some(WidgetKind::Undrawn("explorer"))),
    ("custom", |_, _, _| Some(WidgetKind::Undrawn("custom"))),
];

fn widget(value: &Value, index: usize, flow: &mut Flow, cx: &mut Problems) -> Option<Widget> {
    let path = format!("/widgets/{index}");
    let known = ["type", "x", "y", "width", "height", "properties"];
    let members = Members::of(value, &path, &known, cx);
    members.required("type", cx);
    members.required("properties", cx);
    let place = place(&members, flow, cx);
    let read = members.one_of("type", TYPES, cx)?;
    let kind = read(members.get("properties")?, &members.at("properties"), cx)?;
    Some(Widget { place, kind })
}

fn place(members: &Members<'_>, flow: &mut Flow, cx: &mut Problems) -> Place {
    let width = members.within("width", (1, COLUMNS), cx).unwrap_or(6);
    let height = members.within("height", (1, 1000), cx).unwrap_or(6);
    let x = members.within("x", (0, COLUMNS - 1), cx);
    let y = members.within("y", (0, i64::MAX), cx);
    match (x, y) {
        (Some(x), Some(y)) => {
            if x + width > COLUMNS {
                // Not stated by AWS; the console would pull the widget in.
                cx.error(
                    &members.path,
                    format!("x + width should be <= {COLUMNS}, found {}", x + width),
                );
            }
            Place {
                x,
                y,
                width,
                height,
            }
        }
        (None, None) => flow.place(width, height),
        (Some(_), None) => {
            cx.error(&members.path, "Should have required property 'y'");
            flow.place(width, height)
        }
        (None, Some(_)) => {
            cx.error(&members.path, "Should have required property 'x'");
            flow.place(width, height)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_mistakes_of_a_body_are_found_with_their_paths() {
        let body = r#"{"widgets": [
            {"type": "metrics", "properties": {}},
            {"type": "text", "x": 1, "properties": {}},
            {"type": "metric", "width": 25, "properties": {
                "metrics": [["A"]], "region": "us-east-1", "view": "line", "stacked": "yes"}}
        ], "start": "yesterday"}"#;
        let errors = load(body).unwrap_err();
        let lines: Vec<_> = errors
            .iter()
            .map(|e| format!("{} {}", e.data_path, e.message))
            .collect();
        insta::assert_snapshot!(lines.join("\n"), @"
        /start Should be a relative or ISO 8601 time
        /widgets/0/type Should be equal to one of the allowed values: metric, text, log, alarm, explorer, custom
        /widgets/1 Should have required property 'y'
        /widgets/1/properties Should have required property 'markdown'
        /widgets/2/width Should be <= 24
        /widgets/2/properties/metrics/0 Should NOT have fewer than 2 items
        /widgets/2/properties/view Should be equal to one of the allowed values: timeSeries, singleValue, gauge, bar, pie, table
        /widgets/2/properties/stacked Should be boolean
        ");
    }

    #[test]
    fn a_body_that_is_no_json_is_one_mistake() {
        assert_eq!(load("{").unwrap_err().len(), 1);
    }

    #[test]
    fn a_member_that_is_not_documented_is_a_warning() {
        let loaded = load(r#"{"widgets": [], "colour": 1}"#).unwrap();
        assert_eq!(loaded.warnings[0].data_path, "/colour");
    }
}
