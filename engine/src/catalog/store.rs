use std::collections::BTreeMap;
use std::sync::Arc;

use super::error::Failure;
use super::statement::TableName;
use super::table::Table;

/// A database.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Database {
    /// In small letters.
    pub name: String,
    /// What `COMMENT` says.
    pub comment: Option<String>,
    /// Where its tables would lie; tables of Athena name their own places.
    pub location: Option<String>,
    /// `DBPROPERTIES`.
    pub properties: BTreeMap<String, String>,
    /// By name.
    pub tables: BTreeMap<String, Arc<Table>>,
}

/// The databases of one account and region: what Athena calls `AwsDataCatalog`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Catalog {
    databases: BTreeMap<String, Database>,
}

/// Every account has the database `default`.
impl Default for Catalog {
    fn default() -> Self {
        let default = Database {
            name: "default".to_owned(),
            ..Database::default()
        };
        Self {
            databases: BTreeMap::from([(default.name.clone(), default)]),
        }
    }
}

impl Catalog {
    /// A database; the letters' case does not count.
    pub fn database(&self, name: &str) -> Option<&Database> {
        self.databases.get(&name.to_lowercase())
    }

    /// All databases, by name.
    pub fn databases(&self) -> impl Iterator<Item = &Database> {
        self.databases.values()
    }

    /// A table; the letters' case does not count.
    pub fn table(&self, database: &str, table: &str) -> Option<&Arc<Table>> {
        self.database(database)?.tables.get(&table.to_lowercase())
    }

    /// Adds a table that no statement made, and its database where there is none yet; an older table of the name goes.
    pub fn put(&mut self, database: &str, mut table: Table) {
        let name = database.to_lowercase();
        table.database.clone_from(&name);
        let database = self.databases.entry(name.clone()).or_insert(Database {
            name,
            ..Database::default()
        });
        database.tables.insert(table.name.clone(), Arc::new(table));
    }

    pub(super) fn add(&mut self, database: Database) {
        self.databases.insert(database.name.clone(), database);
    }

    pub(super) fn remove(&mut self, database: &str) {
        self.databases.remove(database);
    }

    pub(super) fn existing(&self, name: &str) -> Result<&Database, Failure> {
        let found = self.databases.get(name);
        found.ok_or_else(|| Failure::no_database(name))
    }

    pub(super) fn existing_mut(&mut self, name: &str) -> Result<&mut Database, Failure> {
        let found = self.databases.get_mut(name);
        found.ok_or_else(|| Failure::no_database(name))
    }

    /// The table that `name` stands for where `default` is the database of names without one.
    pub(super) fn named(&self, name: &TableName, default: &str) -> Result<&Table, Failure> {
        let database = self.existing(name.database.as_deref().unwrap_or(default))?;
        let found = database.tables.get(&name.table).map(Arc::as_ref);
        found.ok_or_else(|| Failure::no_table(&name.table))
    }

    pub(super) fn named_mut(
        &mut self,
        name: &TableName,
        default: &str,
    ) -> Result<&mut Table, Failure> {
        let database = self.existing_mut(name.database.as_deref().unwrap_or(default))?;
        let found = database.tables.get_mut(&name.table).map(Arc::make_mut);
        found.ok_or_else(|| Failure::no_table(&name.table))
    }
}
