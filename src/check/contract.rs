use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;

/// Where the contract stands in the suite's folder.
const FILE: &str = "scoring-service/signals.json";

/// What the service says it publishes: `signals.json`.
#[derive(Clone, Debug, Default)]
pub struct Contract {
    metrics: Vec<ContractMetric>,
    fields: Vec<String>,
    values: BTreeMap<String, Vec<String>>,
}

/// A contract that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ContractError {
    /// It cannot be read.
    #[error("`{}` cannot be read", path.display())]
    Read {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It has another shape.
    #[error("`{}` is no signal contract", path.display())]
    Shape {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: serde_json::Error,
    },
}

#[derive(Clone, Debug, Deserialize)]
struct ContractMetric {
    namespace: String,
    name: String,
    dimensions: Vec<BTreeSet<String>>,
    #[serde(default)]
    unit: Option<String>,
    /// 1 where datapoints are kept by the second (`StorageResolution` of embedded metrics).
    #[serde(default)]
    resolution: Option<i64>,
}

#[derive(Deserialize)]
struct File {
    metrics: Vec<ContractMetric>,
    #[serde(default)]
    dimension_values: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    log: ContractLog,
}

#[derive(Default, Deserialize)]
struct ContractLog {
    fields: Vec<ContractField>,
}

#[derive(Deserialize)]
struct ContractField {
    name: String,
}

impl Contract {
    /// The contract of the suite in `folder`; empty where the folder has none.
    pub fn load(folder: &Path) -> Result<Self, ContractError> {
        let path = folder.join(FILE);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(source) => return Err(ContractError::Read { path, source }),
        };
        Self::parse(&text).map_err(|source| ContractError::Shape { path, source })
    }

    /// Reads the contract's text.
    pub fn parse(text: &str) -> Result<Self, serde_json::Error> {
        let file: File = serde_json::from_str(text)?;
        Ok(Self {
            metrics: file.metrics,
            values: file.dimension_values,
            fields: file
                .log
                .fields
                .into_iter()
                .map(|field| field.name)
                .collect(),
        })
    }

    /// The fields of the service's log lines.
    pub fn fields(&self) -> &[String] {
        &self.fields
    }

    /// The unit of a metric, and the seconds between its finest datapoints; `None` where it is not in the contract.
    pub fn traits(&self, namespace: &str, name: &str) -> Option<(Option<&str>, i64)> {
        let mut all = self.metrics.iter();
        let metric = all.find(|metric| metric.namespace == namespace && metric.name == name)?;
        let every = if metric.resolution == Some(1) { 1 } else { 60 };
        Some((metric.unit.as_deref(), every))
    }

    /// Whether a field of the log lines, or what embedded metrics add to them, has this name. Members of a field that is
    /// known are not judged.
    pub fn has_field(&self, name: &str) -> bool {
        let root = name.split('.').next().unwrap_or(name);
        let is_field = self
            .fields
            .iter()
            .any(|field| field == name || field == root);
        let mut metrics = self.metrics.iter();
        is_field
            || root == "_aws"
            || metrics.any(|metric| {
                metric.name == root || metric.dimensions.iter().any(|set| set.contains(root))
            })
    }

    /// The values that a dimension takes; none where the contract does not say them.
    pub fn values(&self, dimension: &str) -> &[String] {
        self.values.get(dimension).map_or(&[], Vec::as_slice)
    }

    /// Every metric with each of its sets of dimension names: `(namespace, name, dimensions)`.
    pub fn metrics(&self) -> impl Iterator<Item = (&str, &str, &BTreeSet<String>)> {
        self.metrics.iter().flat_map(|metric| {
            let sets = metric.dimensions.iter();
            sets.map(|set| (metric.namespace.as_str(), metric.name.as_str(), set))
        })
    }
}
