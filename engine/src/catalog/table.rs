use std::collections::BTreeMap;

use super::column_type::ColumnType;
use super::printed;
use crate::base::Millis;

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// In small letters.
    pub name: String,
    /// Its type.
    pub kind: ColumnType,
    /// What `COMMENT` says.
    pub comment: Option<String>,
}

/// An external table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// In small letters.
    pub name: String,
    /// The columns of its files, in order.
    pub columns: Vec<Column>,
    /// The columns that paths say.
    pub partition_columns: Vec<Column>,
    /// What `COMMENT` says.
    pub comment: Option<String>,
    /// The class that reads a record: `org.apache.hadoop.hive.serde2.RegexSerDe`.
    pub serde: String,
    /// `input.regex`, `serialization.format`, …
    pub serde_properties: BTreeMap<String, String>,
    /// The class that splits files into records.
    pub input_format: String,
    /// The class that would write them.
    pub output_format: String,
    /// `s3://bucket/prefix/`.
    pub location: String,
    /// `projection.enabled`, … as `TBLPROPERTIES` sets them, and what the catalogue adds.
    pub properties: BTreeMap<String, String>,
    /// The partitions that were added by name, as `name=value/name=value`, with their locations. A table with
    /// partition projection does not look at them.
    pub partitions: BTreeMap<String, String>,
    /// When it was made.
    pub created_at: Millis,
}

impl Table {
    /// The statement that makes the table in `database`, as `SHOW CREATE TABLE` prints it.
    pub fn create_statement(&self, database: &str) -> String {
        printed::create(self, database).rows.join("\n")
    }

    /// A column of either kind.
    pub fn column(&self, name: &str) -> Option<&Column> {
        let mut all = self.columns.iter().chain(&self.partition_columns);
        all.find(|column| column.name == name)
    }
}
