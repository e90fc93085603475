use super::hive_type::HiveType;

/// A column of a table, or one that its partitions are named by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// In small letters, as the catalogue keeps it.
    pub name: String,
    /// The type of its DDL.
    pub data_type: HiveType,
    /// What its DDL says about it.
    pub comment: Option<String>,
}

impl Column {
    /// A column without a comment. Names are kept in small letters.
    pub fn new(name: &str, data_type: HiveType) -> Self {
        Self {
            name: name.to_ascii_lowercase(),
            data_type,
            comment: None,
        }
    }
}
