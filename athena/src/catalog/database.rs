use std::collections::BTreeMap;
use std::sync::Arc;

use super::table::Table;

/// Where queries look tables up. Names come in small letters.
pub trait Catalog {
    /// The table of a database; `None` where there is none.
    fn table(&self, database: &str, name: &str) -> Option<Arc<Table>>;

    /// Whether there is such a database.
    fn has_database(&self, database: &str) -> bool;

    /// The names of a database's tables, in order.
    fn tables(&self, database: &str) -> Vec<String>;
}

/// A database and its tables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Database {
    /// The tables by name.
    pub tables: BTreeMap<String, Arc<Table>>,
}

/// A catalogue in memory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tables {
    /// The databases by name.
    pub databases: BTreeMap<String, Database>,
}

impl Tables {
    /// Adds a table, and its database where there is none yet; an older table of the name is replaced.
    pub fn add(&mut self, table: Table) {
        let database = self.databases.entry(table.database.clone()).or_default();
        database.tables.insert(table.name.clone(), Arc::new(table));
    }
}

impl Catalog for Tables {
    fn table(&self, database: &str, name: &str) -> Option<Arc<Table>> {
        self.databases.get(database)?.tables.get(name).cloned()
    }

    fn has_database(&self, database: &str) -> bool {
        self.databases.contains_key(database)
    }

    fn tables(&self, database: &str) -> Vec<String> {
        let database = self.databases.get(database);
        database.map_or_else(Vec::new, |found| found.tables.keys().cloned().collect())
    }
}
