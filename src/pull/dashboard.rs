use serde_json::{Map, Value};

use super::json_text::json_text;
use super::pulled::PullError;
use super::variables::{Variables, as_before, of_new};
use crate::provision::resources::DashboardResource;
use crate::provision::widget_pairs;
use crate::suite::substituted;

/// The text of a dashboard's file that is deployed as `live`: what did not change stands as it stood in `before`, the
/// file's text so far.
pub(super) fn dashboard_text(
    live: &DashboardResource,
    before: Option<&str>,
    variables: &Variables,
) -> Result<String, PullError> {
    let body: Value = serde_json::from_str(&live.text)
        .map_err(|error| PullError(format!("the deployed body is not JSON: {error}")))?;
    let known = before.map(|text| known(text, variables)).transpose()?;
    let merger = Merger { variables };
    let merged = merger.merge(&body, known.as_ref().map(|(raw, resolved)| (raw, resolved)));
    let text = json_text(&merged);
    let deployed = substituted(&text, variables).map_err(PullError)?;
    let again = DashboardResource::new(&live.name, deployed);
    match again.body() == live.body() {
        true => Ok(text),
        false => Err(PullError(
            "the deployed body holds `${…}`, which a file would take for a variable".to_owned(),
        )),
    }
}

/// The file's value as it stands and with its variables replaced: of one shape, since variables stand in texts.
fn known(text: &str, variables: &Variables) -> Result<(Value, Value), PullError> {
    let odd = |error: serde_json::Error| {
        PullError(format!(
            "its file has variables outside of texts, so it cannot be written anew: {error}"
        ))
    };
    let raw = serde_json::from_str(text).map_err(odd)?;
    let resolved = substituted(text, variables).map_err(PullError)?;
    Ok((raw, serde_json::from_str(&resolved).map_err(odd)?))
}

struct Merger<'a> {
    variables: &'a Variables,
}

/// A value of the file, as it stands and as it is deployed.
type Known<'k> = (&'k Value, &'k Value);

impl Merger<'_> {
    fn merge(&self, live: &Value, known: Option<Known<'_>>) -> Value {
        if let Some((raw, resolved)) = known
            && is_same(live, resolved)
        {
            return raw.clone();
        }
        match live {
            Value::Object(members) => self.object(members, known),
            Value::Array(items) => self.array(items, known),
            Value::String(text) => match known {
                Some((Value::String(before), _)) => as_before(text, before, self.variables).into(),
                _ => of_new(text, self.variables).into(),
            },
            other => other.clone(),
        }
    }

    /// In the order of the file, then what is new.
    fn object(&self, live: &Map<String, Value>, known: Option<Known<'_>>) -> Value {
        let nothing = Map::new();
        let (raw, resolved) = match known {
            Some((Value::Object(raw), Value::Object(resolved))) => (raw, resolved),
            _ => (&nothing, &nothing),
        };
        let mut merged = Map::new();
        let both = raw.iter().zip(resolved);
        for ((raw_name, raw), (name, resolved)) in both {
            if let Some(value) = live.get(name) {
                merged.insert(raw_name.clone(), self.merge(value, Some((raw, resolved))));
            }
        }
        for (name, value) in live
            .iter()
            .filter(|(name, _)| !resolved.contains_key(*name))
        {
            merged.insert(name.clone(), self.merge(value, None));
        }
        Value::Object(merged)
    }

    fn array(&self, live: &[Value], known: Option<Known<'_>>) -> Value {
        let (raw, resolved): (&[Value], &[Value]) = match known {
            Some((Value::Array(raw), Value::Array(resolved))) => (raw, resolved),
            _ => (&[], &[]),
        };
        let pairs = match live.iter().all(|item| item.get("type").is_some()) {
            true => widget_pairs(resolved, live),
            false => in_order(resolved, live),
        };
        let merged = live.iter().zip(pairs).map(|(item, pair)| {
            let known = pair.and_then(|index| raw.get(index).zip(resolved.get(index)));
            self.merge(item, known)
        });
        Value::Array(merged.collect())
    }
}

/// Of each new item the old one that equals it, else the one at its place.
fn in_order(old: &[Value], new: &[Value]) -> Vec<Option<usize>> {
    let mut pairs: Vec<Option<usize>> = vec![None; new.len()];
    for (pair, item) in pairs.iter_mut().zip(new) {
        *pair = old.iter().position(|other| is_same(item, other));
    }
    for index in 0..new.len().min(old.len()) {
        if pairs[index].is_none() && !pairs.contains(&Some(index)) {
            pairs[index] = Some(index);
        }
    }
    pairs
}

/// Whether two values mean the same: `1.0` is `1`, and the order of members does not count.
fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            let held = |(name, value): (&String, &Value)| {
                other.get(name).is_some_and(|other| is_same(value, other))
            };
            one.len() == other.len() && one.iter().all(held)
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(a, b)| is_same(a, b))
        }
        (Value::Number(one), Value::Number(other)) => {
            one == other || one.as_f64() == other.as_f64()
        }
        (one, other) => one == other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"{
  "start": "-PT1H",
  "widgets": [
    {
      "type": "metric",
      "x": 0,
      "y": 0,
      "width": 8,
      "height": 6,
      "properties": {
        "title": "Latency of ${service}",
        "region": "${region}",
        "yAxis": {"left": {"min": 0.0, "label": "ms"}},
        "metrics": [["N", "M", "Service", "${service}"]]
      }
    }
  ]
}
"#;

    fn variables() -> Variables {
        let all = [("region", "us-east-1"), ("service", "scoring")];
        all.map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into()
    }

    fn pulled(live: &str) -> Result<String, String> {
        let live = DashboardResource::new("d", live);
        dashboard_text(&live, Some(FILE), &variables()).map_err(|error| error.0)
    }

    fn live() -> Value {
        serde_json::from_str(&substituted(FILE, &variables()).unwrap()).unwrap()
    }

    #[test]
    fn what_did_not_change_leaves_the_file_as_it_is() {
        assert_eq!(pulled(&live().to_string()).unwrap(), FILE);
    }

    #[test]
    fn an_edit_changes_its_own_lines_only() {
        let mut edited = live();
        edited["widgets"][0]["properties"]["title"] = "Latency of scoring (p95)".into();
        edited["widgets"][0]["y"] = 6.into();
        let expected = FILE
            .replace("Latency of ${service}", "Latency of ${service} (p95)")
            .replace("\"y\": 0", "\"y\": 6");
        assert_eq!(pulled(&edited.to_string()).unwrap(), expected);
    }

    #[test]
    fn a_new_widget_takes_the_suites_variables() {
        let mut edited = live();
        let new = serde_json::json!({ "type": "text", "x": 8, "y": 0, "width": 4, "height": 4, "properties": { "markdown": "us-east-1", "title": "scoring" } });
        edited["widgets"].as_array_mut().unwrap().insert(0, new);
        let text = pulled(&edited.to_string()).unwrap();
        assert!(text.contains("\"markdown\": \"${region}\""), "{text}");
        assert!(
            text.contains("[[\"N\", \"M\", \"Service\", \"${service}\"]]"),
            "{text}"
        );
    }

    #[test]
    fn a_body_that_a_file_cannot_hold_is_refused() {
        let mut edited = live();
        edited["widgets"][0]["properties"]["title"] = "${service}".into();
        assert!(pulled(&edited.to_string()).unwrap_err().contains("`${…}`"));
        edited["widgets"][0]["properties"]["title"] = "${LABEL}".into();
        assert!(pulled(&edited.to_string()).unwrap().contains("${LABEL}"));
    }
}
