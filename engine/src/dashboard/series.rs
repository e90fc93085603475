use serde_json::Value;

use super::Side;
use super::axis::SIDES;
use super::members::{Members, Problems};

/// Where a series comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SeriesSource {
    /// A metric, with `.` and `...` expanded.
    Metric {
        /// `AWS/ECS`.
        namespace: String,
        /// `CPUUtilization`.
        name: String,
        /// Names and values, in the order of the body.
        dimensions: Vec<(String, String)>,
    },
    /// Metric math, SEARCH or a Metrics Insights query.
    Expression(
        /// The text.
        String,
    ),
}

/// One entry of `metrics`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// Where it comes from.
    pub source: SeriesSource,
    /// `m1`; made up where other entries do not refer to it.
    pub id: Option<String>,
    /// May hold dynamic labels.
    pub label: Option<String>,
    /// `#rrggbb`.
    pub color: Option<String>,
    /// Seconds; the widget's where absent.
    pub period: Option<i64>,
    /// The widget's where absent.
    pub stat: Option<String>,
    /// Whether it is drawn.
    pub visible: bool,
    /// Which axis.
    pub side: Side,
    /// Another region than the widget's.
    pub region: Option<String>,
    /// Another account.
    pub account: Option<String>,
}

const SHAPE: &str = "Field \"metrics\" has to be an array of array of strings, with an optional \
                     metricRenderer object as last element";
const OPTIONS: &[&str] = &[
    "color",
    "label",
    "period",
    "stat",
    "visible",
    "yAxis",
    "id",
    "region",
    "accountId",
    "expression",
];

/// Whether `text` is a colour as CloudWatch takes it: `#rgb` or `#rrggbb`.
pub(super) fn is_color(text: &str) -> bool {
    let digits = text.strip_prefix('#').unwrap_or_default();
    matches!(digits.len(), 3 | 6) && digits.chars().all(|c| c.is_ascii_hexdigit())
}

/// Reads `metrics`. Messages are the recorded ones, with their paths.
pub(super) fn series(entries: &[Value], path: &str, cx: &mut Problems) -> Vec<Series> {
    let mut previous: Vec<String> = Vec::new();
    let mut out = Vec::new();
    if entries.len() > 500 {
        cx.error(path, "Should NOT have more than 500 items");
    }
    for (index, entry) in entries.iter().enumerate() {
        let Value::Array(entry) = entry else {
            cx.error(path, SHAPE);
            continue;
        };
        let path = format!("{path}/{index}");
        out.extend(one(entry, &path, &mut previous, cx));
    }
    out
}

fn one(
    entry: &[Value],
    path: &str,
    previous: &mut Vec<String>,
    cx: &mut Problems,
) -> Option<Series> {
    let (strings, options) = match entry.split_last() {
        Some((last @ Value::Object(_), strings)) => (strings, Some(last)),
        _ => (entry, None),
    };
    let strings = names(strings, path, cx)?;
    let at = format!("{path}/{}", strings.len());
    let options = match options {
        None => None,
        Some(options) if acceptable(options, &at) => Some(options),
        Some(_) => {
            // An options object that the validator does not take counts as one element too many.
            cx.error(
                path,
                format!("Should NOT have more than {} items", strings.len()),
            );
            return None;
        }
    };
    let expression = options.and_then(|o| o["expression"].as_str());
    let source = match expression {
        Some(text) if strings.is_empty() => SeriesSource::Expression(text.to_owned()),
        _ => metric(&strings, path, previous, cx)?,
    };
    let empty = Value::Object(serde_json::Map::new());
    let options = Members::of(options.unwrap_or(&empty), &at, OPTIONS, cx);
    Some(Series {
        source,
        id: options.text("id", cx),
        label: options.text("label", cx),
        color: options.text("color", cx),
        period: options.integer("period", cx),
        stat: options.text("stat", cx),
        visible: options.boolean("visible", true, cx),
        side: options.one_of("yAxis", SIDES, cx).unwrap_or_default(),
        region: options.text("region", cx),
        account: options.text("accountId", cx),
    })
}

fn names(strings: &[Value], path: &str, cx: &mut Problems) -> Option<Vec<String>> {
    let mut out = Vec::new();
    for (index, value) in strings.iter().enumerate() {
        match value.as_str() {
            Some(text) => out.push(text.to_owned()),
            None => cx.error(
                &format!("{path}/{index}"),
                "Invalid metric field type, only \"String\" type is allowed",
            ),
        }
    }
    (out.len() == strings.len()).then_some(out)
}

/// Whether the validator takes the last element for options: known members with values of their kind.
fn acceptable(options: &Value, path: &str) -> bool {
    let mut cx = Problems::default();
    let members = Members::of(options, path, OPTIONS, &mut cx);
    for name in ["label", "stat", "region", "accountId", "expression"] {
        members.string(name, &mut cx);
    }
    members.boolean("visible", true, &mut cx);
    members.one_of("yAxis", SIDES, &mut cx);
    let period = members.integer("period", &mut cx);
    let color = members.string("color", &mut cx);
    let id = members.string("id", &mut cx);
    let is_id = |id: &str| {
        id.starts_with(|c: char| c.is_ascii_lowercase())
            && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    cx.errors.is_empty()
        && cx.warnings.is_empty()
        && color.is_none_or(is_color)
        && id.is_none_or(is_id)
        && period.is_none_or(|p| p > 0)
}

fn metric(
    strings: &[String],
    path: &str,
    previous: &mut Vec<String>,
    cx: &mut Problems,
) -> Option<SeriesSource> {
    let Some(full) = expand(previous, strings) else {
        cx.error(
            path,
            "Repeats an element that the previous metric does not have",
        );
        return None;
    };
    let [namespace, name, dimensions @ ..] = full.as_slice() else {
        cx.error(path, "Should NOT have fewer than 2 items");
        return None;
    };
    if dimensions.len() % 2 == 1 {
        let least = full.len() + 1;
        cx.error(path, format!("Should NOT have fewer than {least} items"));
        return None;
    }
    let pairs = dimensions.chunks_exact(2);
    let source = SeriesSource::Metric {
        namespace: namespace.clone(),
        name: name.clone(),
        dimensions: pairs.map(|p| (p[0].clone(), p[1].clone())).collect(),
    };
    *previous = full;
    Some(source)
}

/// Expands `.` (the same place of the previous metric) and a leading `...` (all of the previous metric but
/// as many last values as follow).
fn expand(previous: &[String], current: &[String]) -> Option<Vec<String>> {
    if let Some((first, rest)) = current.split_first()
        && first == "..."
    {
        let kept = previous.get(..previous.len().checked_sub(rest.len())?)?;
        let tail = dots(previous.get(kept.len()..)?, rest)?;
        return Some([kept, &tail].concat());
    }
    dots(previous, current)
}

fn dots(previous: &[String], current: &[String]) -> Option<Vec<String>> {
    let place = |(index, text): (usize, &String)| match text.as_str() {
        "." => previous.get(index).cloned(),
        _ => Some(text.clone()),
    };
    current.iter().enumerate().map(place).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn load(metrics: &Value) -> (Vec<Series>, Vec<String>) {
        let mut cx = Problems::default();
        let out = series(metrics.as_array().unwrap(), "/metrics", &mut cx);
        let messages = cx.errors.iter();
        let messages = messages.map(|m| format!("{}: {}", m.data_path, m.message));
        (out, messages.collect())
    }

    #[test]
    fn dots_repeat_the_previous_metric() {
        let (series, messages) = load(&json!([
            ["AWS/EC2", "CPUUtilization", "InstanceId", "i-1"],
            ["...", "i-2", {"label": "two"}],
            [{"expression": "SUM(METRICS())", "label": "all"}],
            [".", "NetworkIn", ".", "."],
        ]));
        assert_eq!(messages, [""; 0]);
        let metric = |name: &str, instance: &str| SeriesSource::Metric {
            namespace: "AWS/EC2".to_owned(),
            name: name.to_owned(),
            dimensions: vec![("InstanceId".to_owned(), instance.to_owned())],
        };
        let sources: Vec<_> = series.into_iter().map(|s| s.source).collect();
        assert_eq!(
            sources,
            [
                metric("CPUUtilization", "i-1"),
                metric("CPUUtilization", "i-2"),
                SeriesSource::Expression("SUM(METRICS())".to_owned()),
                metric("NetworkIn", "i-2"),
            ]
        );
    }

    #[test]
    fn wrong_metrics_are_refused_in_the_recorded_words() {
        let (_, messages) = load(&json!([
            ["A", "b", "c", "d", {"dimensions": {}}],
            ["A", "b", "c", "d", {"color": "red"}],
            ["A", 5],
            "A",
            ["A", "b", "c"],
        ]));
        assert_eq!(
            messages,
            [
                "/metrics/0: Should NOT have more than 4 items",
                "/metrics/1: Should NOT have more than 4 items",
                "/metrics/2/1: Invalid metric field type, only \"String\" type is allowed",
                "/metrics: Field \"metrics\" has to be an array of array of strings, with an optional \
                 metricRenderer object as last element",
                "/metrics/4: Should NOT have fewer than 4 items",
            ]
        );
    }
}
