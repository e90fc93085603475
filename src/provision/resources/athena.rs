use std::collections::BTreeMap;

use belfry_engine::catalog::Table;
use serde_json::{Value, json};

use super::{Attributes, Resource};
use crate::provision::{Address, Kind};
use crate::suite::{Athena, AthenaQuery, Suite};

/// A workgroup of Athena.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkgroupResource {
    /// Its name.
    pub name: String,
    /// Where results go.
    pub results: Option<String>,
    /// Bytes after which a query is cancelled.
    pub bytes_scanned_limit: Option<i64>,
    /// Whether what callers say about results does not count.
    pub is_enforced: bool,
    /// Whether it publishes its queries' figures as metrics.
    pub publishes_metrics: bool,
    /// Whether queries are taken.
    pub is_enabled: bool,
}

/// A database of Athena's catalogue. A property of it says whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatabaseResource {
    /// In small letters.
    pub name: String,
    /// In which its statements are run.
    pub workgroup: String,
}

/// A table of Athena's catalogue. A property of it says whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableResource {
    /// Its database.
    pub database: String,
    /// In which its statements are run.
    pub workgroup: String,
    /// In small letters.
    pub name: String,
    /// Names and types of the columns.
    pub columns: Vec<(String, String)>,
    /// Names and types of the partition columns.
    pub partitions: Vec<(String, String)>,
    /// The class that reads a line.
    pub serde: String,
    /// Its properties.
    pub serde_properties: BTreeMap<String, String>,
    /// Where its files are.
    pub location: String,
    /// The properties that say which partitions there are.
    pub projection: BTreeMap<String, String>,
}

/// A named query of Athena.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedQueryResource {
    /// The suite's name, a slash, the file's stem.
    pub name: String,
    /// Where it is kept.
    pub workgroup: String,
    /// Which database it asks.
    pub database: String,
    /// What it answers.
    pub description: String,
    /// SQL.
    pub text: String,
}

/// Everything that `[athena]` and `queries/athena/` declare.
pub(crate) fn desired(suite: &Suite) -> Vec<Resource> {
    let Some(athena) = &suite.athena else {
        return Vec::new();
    };
    let workgroup = WorkgroupResource {
        name: athena.workgroup.clone(),
        results: Some(athena.results.clone()),
        bytes_scanned_limit: athena.bytes_scanned_limit,
        is_enforced: true,
        publishes_metrics: true,
        is_enabled: true,
    };
    let database = DatabaseResource {
        name: athena.database.clone(),
        workgroup: athena.workgroup.clone(),
    };
    let tables = athena.tables().into_iter();
    let tables = tables.map(|table| Resource::Table(TableResource::of(&table, athena)));
    let queries = suite.athena_queries.iter();
    let queries = queries.map(|query| Resource::NamedQuery(NamedQueryResource::of(query, athena)));
    let both = [Resource::Workgroup(workgroup), Resource::Database(database)];
    both.into_iter().chain(tables).chain(queries).collect()
}

impl WorkgroupResource {
    /// One of which nothing but the name is known.
    pub fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            results: None,
            bytes_scanned_limit: None,
            is_enforced: true,
            publishes_metrics: false,
            is_enabled: true,
        }
    }

    pub(crate) fn address(&self) -> Address {
        Address::new(Kind::Workgroup, &self.name)
    }

    pub(super) fn attributes(&self) -> Attributes {
        vec![
            ("results", self.results.clone().into()),
            ("bytes_scanned_limit", self.bytes_scanned_limit.into()),
            ("enforced", self.is_enforced.into()),
            ("publishes_metrics", self.publishes_metrics.into()),
            ("enabled", self.is_enabled.into()),
        ]
    }

    /// The bucket of its results.
    pub(super) fn references(&self) -> Vec<Address> {
        let path = self.results.as_deref().unwrap_or_default();
        let bucket = path.trim_start_matches("s3://").split('/').next();
        let bucket = bucket.filter(|bucket| !bucket.is_empty());
        bucket
            .map(|bucket| Address::new(Kind::Bucket, bucket))
            .into_iter()
            .collect()
    }
}

impl DatabaseResource {
    pub(super) fn address(&self) -> Address {
        Address::new(Kind::Database, &self.name)
    }

    pub(super) fn attributes(&self) -> Attributes {
        vec![("name", self.name.clone().into())]
    }

    pub(super) fn references(&self) -> Vec<Address> {
        vec![Address::new(Kind::Workgroup, &self.workgroup)]
    }
}

impl TableResource {
    fn of(table: &Table, athena: &Athena) -> Self {
        let columns = |columns: &[belfry_engine::catalog::Column]| {
            columns
                .iter()
                .map(|c| (c.name.clone(), c.kind.to_string()))
                .collect()
        };
        Self {
            database: athena.database.clone(),
            workgroup: athena.workgroup.clone(),
            name: table.name.clone(),
            columns: columns(&table.columns),
            partitions: columns(&table.partition_columns),
            serde: table.serde.clone(),
            serde_properties: table.serde_properties.clone(),
            location: table.location.clone(),
            projection: table.properties.clone(),
        }
    }

    pub(super) fn address(&self) -> Address {
        Address::new(Kind::Table, format!("{}.{}", self.database, self.name))
    }

    pub(super) fn attributes(&self) -> Attributes {
        let columns = |columns: &[(String, String)]| -> Value {
            let lines: Vec<String> = columns
                .iter()
                .map(|(name, kind)| format!("{name} {kind}"))
                .collect();
            lines.join("\n").into()
        };
        vec![
            ("columns", columns(&self.columns)),
            ("partitions", columns(&self.partitions)),
            ("serde", self.serde.clone().into()),
            ("serde_properties", json!(self.serde_properties)),
            ("location", self.location.clone().into()),
            ("projection", json!(self.projection)),
        ]
    }

    pub(super) fn references(&self) -> Vec<Address> {
        vec![
            Address::new(Kind::Workgroup, &self.workgroup),
            Address::new(Kind::Database, &self.database),
        ]
    }
}

impl NamedQueryResource {
    fn of(query: &AthenaQuery, athena: &Athena) -> Self {
        Self {
            name: query.name.clone(),
            workgroup: athena.workgroup.clone(),
            database: athena.database.clone(),
            description: query.description.clone(),
            text: query.text.clone(),
        }
    }

    pub(super) fn address(&self) -> Address {
        Address::new(Kind::NamedQuery, &self.name)
    }

    pub(super) fn attributes(&self) -> Attributes {
        vec![
            ("workgroup", self.workgroup.clone().into()),
            ("database", self.database.clone().into()),
            ("description", self.description.clone().into()),
            ("text", self.text.clone().into()),
        ]
    }

    pub(super) fn references(&self) -> Vec<Address> {
        vec![
            Address::new(Kind::Workgroup, &self.workgroup),
            Address::new(Kind::Database, &self.database),
        ]
    }
}
