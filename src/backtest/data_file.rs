use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use belfry_engine::base::Millis;
use belfry_engine::metrics::{DatumValues, MetricDatum, MetricId, StatisticSet, Unit};
use serde::Deserialize;

/// A file of recorded metrics that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DataFileError {
    /// It cannot be read.
    #[error("`{}` cannot be read", path.display())]
    Read {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A line is no datum.
    #[error("line {line} of `{}` is no datum: {reason}", path.display())]
    Line {
        /// Which file.
        path: PathBuf,
        /// From 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
}

/// One line: a datum as PutMetricData takes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    timestamp: String,
    namespace: String,
    metric: String,
    #[serde(default)]
    dimensions: BTreeMap<String, String>,
    unit: Option<String>,
    value: Option<f64>,
    values: Option<Vec<f64>>,
    counts: Option<Vec<f64>>,
    statistics: Option<WrittenSet>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSet {
    count: f64,
    sum: f64,
    min: f64,
    max: f64,
}

/// Reads recorded metrics, one JSON object a line, and gives them by time. A file of data is small beside its log: it
/// is held in memory.
pub fn read_data(path: &Path) -> Result<Vec<MetricDatum>, DataFileError> {
    let unreadable = |source| DataFileError::Read {
        path: path.to_owned(),
        source,
    };
    let file = BufReader::new(File::open(path).map_err(unreadable)?);
    let mut data = Vec::new();
    for (index, line) in file.lines().enumerate() {
        let line = line.map_err(unreadable)?;
        if line.trim().is_empty() {
            continue;
        }
        data.push(datum(&line).map_err(|reason| DataFileError::Line {
            path: path.to_owned(),
            line: index + 1,
            reason,
        })?);
    }
    data.sort_by_key(|datum: &MetricDatum| datum.timestamp);
    Ok(data)
}

fn datum(line: &str) -> Result<MetricDatum, String> {
    let written: Written = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let timestamp = Millis::parse_rfc3339(&written.timestamp)
        .ok_or_else(|| format!("`{}` is no time; expected RFC 3339", written.timestamp))?;
    let unit = match &written.unit {
        None => Unit::None,
        Some(unit) => {
            Unit::parse(unit).ok_or_else(|| format!("`{unit}` is not a unit of CloudWatch"))?
        }
    };
    let id = MetricId::new(
        &written.namespace,
        &written.metric,
        written.dimensions.clone(),
    );
    let datum = MetricDatum {
        id: id.map_err(|error| error.message)?,
        values: values(written)?,
        unit,
        timestamp,
        high_resolution: false,
    };
    datum.check(timestamp).map_err(|error| error.message)?;
    Ok(datum)
}

fn values(written: Written) -> Result<DatumValues, String> {
    match (written.value, written.values, written.statistics) {
        (Some(value), None, None) => Ok(DatumValues::Distribution(vec![(value, 1.0)])),
        (None, Some(values), None) => {
            let counts = written.counts.unwrap_or_else(|| vec![1.0; values.len()]);
            match counts.len() == values.len() {
                true => Ok(DatumValues::Distribution(
                    values.into_iter().zip(counts).collect(),
                )),
                false => Err("`values` and `counts` are of one length".to_owned()),
            }
        }
        (None, None, Some(set)) => Ok(DatumValues::StatisticSet(StatisticSet {
            sample_count: set.count,
            sum: set.sum,
            minimum: set.min,
            maximum: set.max,
        })),
        _ => Err("expected one of `value`, `values` and `statistics`".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_value_values_with_counts_or_a_statistic_set() {
        let head = r#""timestamp":"2026-04-20T10:00:00Z","namespace":"N","metric":"m""#;
        for (rest, fine) in [
            (r#""value":1"#, true),
            (
                r#""values":[1,2],"counts":[3,4],"unit":"Count","dimensions":{"A":"b"}"#,
                true,
            ),
            (r#""statistics":{"count":2,"sum":3,"min":1,"max":2}"#, true),
            (r#""value":1,"values":[1]"#, false),
            (r#""values":[1,2],"counts":[3]"#, false),
            (r#""value":1,"unit":"ms""#, false),
            (r#""value":1,"extra":2"#, false),
            (r#""dimensions":{}"#, false),
        ] {
            assert_eq!(datum(&format!("{{{head},{rest}}}")).is_ok(), fine, "{rest}");
        }
    }
}
