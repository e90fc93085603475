use std::collections::BTreeMap;

use super::column::Column;
use super::hive_type::HiveType;
use super::projection::{Projection, ProjectionError};

/// An external table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The database that it is in, in small letters.
    pub database: String,
    /// Its name, in small letters.
    pub name: String,
    /// What is in the files, in the order of the DDL.
    pub columns: Vec<Column>,
    /// What the partitions are named by.
    pub partition_columns: Vec<Column>,
    /// The class that reads lines, such as [`super::REGEX_SERDE`]; empty where the DDL names none.
    pub serde: String,
    /// The SerDe's properties: `input.regex`, `serialization.format`.
    pub serde_properties: BTreeMap<String, String>,
    /// The folder of the data: `s3://bucket/prefix/`.
    pub location: String,
    /// TBLPROPERTIES.
    pub properties: BTreeMap<String, String>,
    /// What the DDL says about the table.
    pub comment: Option<String>,
    /// Partitions that were added by hand (ALTER TABLE ADD PARTITION): values in the order of the partition columns, and
    /// the folder. Not looked at where the table projects its partitions.
    pub partitions: Vec<(Vec<String>, String)>,
}

impl Table {
    /// The projection of the partitions, where the table has one.
    pub fn projection(&self) -> Result<Option<Projection>, ProjectionError> {
        Projection::of(self)
    }

    /// The column of a name in small letters, also among the partition columns.
    pub fn column(&self, name: &str) -> Option<&Column> {
        let mut all = self.columns.iter().chain(&self.partition_columns);
        all.find(|column| column.name == name)
    }

    /// Text columns of these names, and those of other types as told.
    pub(super) fn columns_of(names: &str, types: &[(&str, HiveType)]) -> Vec<Column> {
        let type_of = |name: &str| {
            let told = types.iter().find(|(of, _)| *of == name);
            told.map_or(HiveType::String, |(_, told)| told.clone())
        };
        let names = names.split_ascii_whitespace();
        names.map(|name| Column::new(name, type_of(name))).collect()
    }
}
