use serde_json::{Map, Value};

use super::Attributes;
use crate::provision::{Address, Kind};
use crate::suite::Dashboard;

/// A dashboard.
#[derive(Clone, Debug, PartialEq)]
pub struct DashboardResource {
    /// Its name.
    pub name: String,
    /// The body as text to send.
    pub text: String,
    /// The body with its members in order: two bodies that mean the same are equal.
    body: Value,
}

impl DashboardResource {
    /// A body that is not JSON counts as its text: it differs from every body that is.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let body = serde_json::from_str(&text)
            .map_or_else(|_| Value::String(text.clone()), |body| canonical(&body));
        Self {
            name: name.into(),
            text,
            body,
        }
    }

    pub(crate) fn desired(dashboard: &Dashboard) -> Self {
        Self::new(&dashboard.name, dashboard.body.to_string())
    }

    /// The body with its members in order: two bodies that mean the same are equal.
    pub fn body(&self) -> &Value {
        &self.body
    }

    pub(super) fn address(&self) -> Address {
        Address::new(Kind::Dashboard, &self.name)
    }

    pub(super) fn attributes(&self) -> Attributes {
        vec![("body", self.body.clone())]
    }
}

/// Members by name, and whole numbers without a fraction: `1.0` is `1`.
fn canonical(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let mut sorted: Vec<_> = members.iter().collect();
            sorted.sort_by_key(|(name, _)| name.as_str());
            let pairs = sorted.into_iter();
            Value::Object(
                pairs
                    .map(|(name, member)| (name.clone(), canonical(member)))
                    .collect::<Map<_, _>>(),
            )
        }
        Value::Array(items) => items.iter().map(canonical).collect(),
        Value::Number(number) => whole(number).map_or_else(|| value.clone(), Value::from),
        other => other.clone(),
    }
}

fn whole(number: &serde_json::Number) -> Option<i64> {
    let text = number.as_f64().filter(|n| n.fract() == 0.0)?.to_string();
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::DashboardResource;

    #[test]
    fn bodies_that_mean_the_same_are_the_same() {
        let one = DashboardResource::new("d", r#"{"a": 1, "b": [2.0]}"#);
        let other = DashboardResource::new("d", r#"{"b":[2],"a":1.0}"#);
        assert_eq!(one.attributes(), other.attributes());
    }
}
