use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::Millis;
use crate::insights::LookupTable;

/// Lookup tables of one account and region (Logs Insights quotas).
pub const MOST_LOOKUP_TABLES: usize = 100;

/// A lookup table as it was put.
#[derive(Clone, Debug)]
pub struct StoredLookupTable {
    /// Letters, digits and `_`, at most 256.
    pub name: String,
    /// At most 1,024 characters.
    pub description: Option<String>,
    /// The CSV text.
    pub body: String,
    /// The text, read.
    pub table: Arc<LookupTable>,
    /// When it was last put.
    pub updated: Millis,
}

/// All lookup tables by name.
#[derive(Clone, Debug, Default)]
pub struct LookupTableStore {
    tables: BTreeMap<String, StoredLookupTable>,
}

impl LookupTableStore {
    /// Creates or wholly replaces the table of that name.
    pub fn put(&mut self, table: StoredLookupTable) {
        self.tables.insert(table.name.clone(), table);
    }

    /// One table.
    pub fn get(&self, name: &str) -> Option<&StoredLookupTable> {
        self.tables.get(name)
    }

    /// Removes a table; whether it was there.
    pub fn delete(&mut self, name: &str) -> bool {
        self.tables.remove(name).is_some()
    }

    /// All tables in order of their names.
    pub fn iter(&self) -> impl Iterator<Item = &StoredLookupTable> {
        self.tables.values()
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.tables.len()
    }
}
