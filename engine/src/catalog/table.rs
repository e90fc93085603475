use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::column_type::ColumnType;
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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The database that it is in, in small letters; empty where its statement names none and was not run.
    pub database: String,
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
    /// The partitions that were added by name: their values in the order of the partition columns, and their
    /// locations. A table with partition projection does not look at them.
    pub partitions: BTreeMap<Vec<String>, String>,
    /// When it was made.
    pub created_at: Millis,
}

impl Table {
    /// A column of either kind.
    pub fn column(&self, name: &str) -> Option<&Column> {
        let mut all = self.columns.iter().chain(&self.partition_columns);
        all.find(|column| column.name == name)
    }

    /// What a partition is called: `day=2026%2F01%2F01/hour=3`.
    pub(super) fn partition_name(&self, values: &[String]) -> String {
        let pairs = self.partition_columns.iter().zip(values);
        let parts = pairs.map(|(column, value)| format!("{}={}", column.name, escaped(value)));
        parts.collect::<Vec<_>>().join("/")
    }
}

/// A value in a path, as Hive writes it: what means something there becomes `%` and two digits.
fn escaped(value: &str) -> String {
    let mut out = String::new();
    for letter in value.chars() {
        match letter {
            '"'
            | '#'
            | '%'
            | '\''
            | '*'
            | '/'
            | ':'
            | '='
            | '?'
            | '\\'
            | '{'
            | '['
            | ']'
            | '^'
            | '\x00'..='\x1f'
            | '\x7f' => {
                // Writing into a string cannot fail.
                let _ = write!(out, "%{:02X}", u32::from(letter));
            }
            _ => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_partition_is_called_by_its_values_as_hive_writes_them() {
        let column = |name: &str| Column {
            name: name.to_owned(),
            kind: ColumnType::STRING,
            comment: None,
        };
        let table = Table {
            partition_columns: vec![column("day"), column("hour")],
            ..Table::default()
        };
        let values = ["2026/01/01".to_owned(), "3".to_owned()];
        assert_eq!(table.partition_name(&values), "day=2026%2F01%2F01/hour=3");
    }
}
