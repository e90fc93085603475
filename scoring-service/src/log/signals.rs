use serde_json::{Value, json};

use super::{DIMENSION_SETS, FIELDS, METRICS, NAMESPACE, SERVICE};

/// The signal contract: every field of the log with type and unit, every metric with namespace,
/// dimensions and unit. `signals.json` beside this crate's manifest is this value; checks of
/// queries, alarms and dashboards read it.
pub fn signals() -> Value {
    let metrics: Vec<Value> = METRICS
        .iter()
        .map(|metric| {
            json!({
                "namespace": NAMESPACE,
                "name": metric.name,
                "unit": metric.unit,
                "dimensions": DIMENSION_SETS,
                "description": metric.description,
            })
        })
        .collect();
    json!({
        "version": 1,
        "service": SERVICE,
        "log": { "format": "json", "fields": FIELDS },
        "dimension_values": { "Service": [SERVICE] },
        "metrics": metrics,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `UPDATE_SIGNALS=1 cargo test -p scoring-service` writes the file anew.
    #[test]
    #[expect(clippy::disallowed_methods, reason = "a switch of this test alone")]
    fn the_exported_file_is_fresh() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/signals.json");
        let fresh = format!("{}\n", serde_json::to_string_pretty(&signals()).unwrap());
        if std::env::var("UPDATE_SIGNALS").is_ok() {
            std::fs::write(path, &fresh).unwrap();
        }
        let committed = std::fs::read_to_string(path).unwrap();
        assert_eq!(committed, fresh, "refresh with UPDATE_SIGNALS=1");
    }
}
