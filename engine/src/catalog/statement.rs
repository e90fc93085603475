use std::collections::BTreeMap;

use super::table::Table;

/// The name of a table, in small letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableName {
    /// The database, where the statement names one.
    pub database: Option<String>,
    /// The table.
    pub table: String,
}

/// Values of partition columns, in the order of the statement.
pub(super) type PartitionSpec = Vec<(String, String)>;

/// A partition that is added, and where, if not beside its table.
pub(super) type NewPartition = (PartitionSpec, Option<String>);

/// One statement of the data definition language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Statement {
    /// `CREATE DATABASE | SCHEMA`.
    CreateDatabase {
        /// In small letters.
        name: String,
        /// `IF NOT EXISTS`.
        if_not_exists: bool,
        /// `COMMENT`.
        comment: Option<String>,
        /// `LOCATION`.
        location: Option<String>,
        /// `WITH DBPROPERTIES`.
        properties: BTreeMap<String, String>,
    },
    /// `DROP DATABASE | SCHEMA`.
    DropDatabase {
        /// In small letters.
        name: String,
        /// `IF EXISTS`.
        if_exists: bool,
        /// `CASCADE`: its tables too.
        cascade: bool,
    },
    /// `ALTER DATABASE | SCHEMA … SET DBPROPERTIES`.
    SetDatabaseProperties {
        /// In small letters.
        name: String,
        /// The properties to set; the others stay.
        properties: BTreeMap<String, String>,
    },
    /// `CREATE EXTERNAL TABLE`.
    CreateTable {
        /// Its name.
        name: TableName,
        /// `IF NOT EXISTS`.
        if_not_exists: bool,
        /// What it makes.
        table: Box<Table>,
    },
    /// `DROP TABLE`.
    DropTable {
        /// Its name.
        name: TableName,
        /// `IF EXISTS`.
        if_exists: bool,
    },
    /// `SHOW DATABASES | SCHEMAS`.
    ShowDatabases {
        /// `LIKE`: `*` stands for any letters, `|` between choices.
        like: Option<String>,
    },
    /// `SHOW TABLES`.
    ShowTables {
        /// `IN`.
        database: Option<String>,
        /// As of databases.
        like: Option<String>,
    },
    /// `SHOW COLUMNS`.
    ShowColumns(TableName),
    /// `SHOW PARTITIONS`.
    ShowPartitions(TableName),
    /// `SHOW CREATE TABLE`.
    ShowCreateTable(TableName),
    /// `SHOW TBLPROPERTIES`.
    ShowProperties {
        /// Of which table.
        name: TableName,
        /// Only this one.
        property: Option<String>,
    },
    /// `DESCRIBE`.
    Describe(TableName),
    /// `ALTER TABLE … SET TBLPROPERTIES`.
    SetProperties {
        /// Of which table.
        name: TableName,
        /// The properties to set; the others stay.
        properties: BTreeMap<String, String>,
    },
    /// `ALTER TABLE … ADD PARTITION`.
    AddPartitions {
        /// Of which table.
        name: TableName,
        /// `IF NOT EXISTS`.
        if_not_exists: bool,
        /// Values and locations.
        partitions: Vec<NewPartition>,
    },
    /// `ALTER TABLE … DROP PARTITION`.
    DropPartitions {
        /// Of which table.
        name: TableName,
        /// `IF EXISTS`.
        if_exists: bool,
        /// Values.
        partitions: Vec<PartitionSpec>,
    },
}

impl Statement {
    /// Athena's name of the kind of statement: `CREATE_TABLE`.
    pub fn substatement(&self) -> &'static str {
        match self {
            Self::CreateDatabase { .. } => "CREATE_DATABASE",
            Self::DropDatabase { .. } => "DROP_DATABASE",
            Self::SetDatabaseProperties { .. } => "ALTER_DATABASE_SET_DBPROPERTIES",
            Self::CreateTable { .. } => "CREATE_TABLE",
            Self::DropTable { .. } => "DROP_TABLE",
            Self::ShowDatabases { .. } => "SHOW_DATABASES",
            Self::ShowTables { .. } => "SHOW_TABLES",
            Self::ShowColumns(_) => "SHOW_COLUMNS",
            Self::ShowPartitions(_) => "SHOW_PARTITIONS",
            Self::ShowCreateTable(_) => "SHOW_CREATE_TABLE",
            Self::ShowProperties { .. } => "SHOW_TBLPROPERTIES",
            Self::Describe(_) => "DESCRIBE_TABLE",
            Self::SetProperties { .. } => "ALTER_TABLE_SET_TBLPROPERTIES",
            Self::AddPartitions { .. } => "ALTER_TABLE_ADD_PARTITION",
            Self::DropPartitions { .. } => "ALTER_TABLE_DROP_PARTITION",
        }
    }
}
