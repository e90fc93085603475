use std::collections::BTreeMap;
use std::sync::Arc;

use super::error::Failure;
use super::printed;
use super::statement::{NewPartition, Statement, TableName};
use super::store::{Catalog, Database};
use super::table::{Column, Table};
use crate::base::Millis;

/// Athena's two kinds of statements that are no queries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Changes the catalogue.
    Ddl,
    /// Shows it.
    Utility,
}

/// What a statement answers: names of columns, and rows of text. A row of several columns is one text with tabs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// The columns' names; all are `string`.
    pub columns: Vec<&'static str>,
    /// The rows.
    pub rows: Vec<String>,
}

impl Statement {
    /// Whether it changes the catalogue.
    pub fn kind(&self) -> Kind {
        match self {
            Self::ShowDatabases { .. }
            | Self::ShowTables { .. }
            | Self::ShowColumns(_)
            | Self::ShowPartitions(_)
            | Self::ShowCreateTable(_)
            | Self::ShowProperties { .. }
            | Self::Describe(_) => Kind::Utility,
            _ => Kind::Ddl,
        }
    }
}

impl Catalog {
    /// Runs a statement at `now`. `default` is the database of names without one.
    pub fn run(
        &mut self,
        statement: &Statement,
        default: &str,
        now: Millis,
    ) -> Result<Answer, Failure> {
        match statement {
            Statement::CreateDatabase { .. } => self.create_database(statement),
            Statement::DropDatabase {
                name,
                if_exists,
                cascade,
            } => self.drop_database(name, *if_exists, *cascade),
            Statement::SetDatabaseProperties { name, properties } => {
                let database = self.existing_mut(name)?;
                database.properties.extend(properties.clone());
                Ok(Answer::default())
            }
            Statement::CreateTable {
                name,
                if_not_exists,
                table,
            } => self.create_table(
                name.database.as_deref().unwrap_or(default),
                table,
                *if_not_exists,
                now,
            ),
            Statement::DropTable { name, if_exists } => self.drop_table(name, default, *if_exists),
            Statement::SetProperties { name, properties } => {
                self.named_mut(name, default)?
                    .properties
                    .extend(properties.clone());
                Ok(Answer::default())
            }
            Statement::AddPartitions {
                name,
                if_not_exists,
                partitions,
            } => self.add_partitions(name, default, partitions, *if_not_exists),
            Statement::DropPartitions {
                name,
                if_exists,
                partitions,
            } => self.drop_partitions(name, default, partitions, *if_exists),
            show => self.show(show, default),
        }
    }

    fn show(&self, statement: &Statement, default: &str) -> Result<Answer, Failure> {
        match statement {
            Statement::ShowDatabases { like } => {
                let names = self.databases().map(|database| database.name.as_str());
                Ok(listed("database_name", names, like.as_deref()))
            }
            Statement::ShowTables { database, like } => {
                let database = self.existing(database.as_deref().unwrap_or(default))?;
                let names = database.tables.keys().map(String::as_str);
                Ok(listed("tab_name", names, like.as_deref()))
            }
            Statement::ShowColumns(name) => Ok(printed::columns(self.named(name, default)?)),
            Statement::ShowPartitions(name) => printed::partitions(self.named(name, default)?),
            Statement::ShowCreateTable(name) => Ok(printed::create(self.named(name, default)?)),
            Statement::ShowProperties { name, property } => {
                let table = self.named(name, default)?;
                Ok(printed::properties(table, property.as_deref()))
            }
            Statement::Describe(name) => Ok(printed::describe(self.named(name, default)?)),
            _ => Ok(Answer::default()),
        }
    }

    fn create_database(&mut self, statement: &Statement) -> Result<Answer, Failure> {
        let Statement::CreateDatabase {
            name,
            if_not_exists,
            comment,
            location,
            properties,
        } = statement
        else {
            return Ok(Answer::default());
        };
        if self.database(name).is_some() {
            return existing(*if_not_exists, || {
                Failure::execution(format_args!("Database {name} already exists"))
            });
        }
        self.add(Database {
            name: name.clone(),
            comment: comment.clone(),
            location: location.clone(),
            properties: properties.clone(),
            tables: BTreeMap::new(),
        });
        Ok(Answer::default())
    }

    fn drop_database(
        &mut self,
        name: &str,
        if_exists: bool,
        cascade: bool,
    ) -> Result<Answer, Failure> {
        let Some(database) = self.database(name) else {
            return existing(if_exists, || Failure::no_database(name));
        };
        if !cascade && !database.tables.is_empty() {
            return Err(Failure::execution(format_args!(
                "InvalidOperationException(message:Database {name} is not empty. One or more tables exist.)"
            )));
        }
        self.remove(name);
        Ok(Answer::default())
    }

    fn create_table(
        &mut self,
        database: &str,
        table: &Table,
        if_not_exists: bool,
        now: Millis,
    ) -> Result<Answer, Failure> {
        let name = database;
        let database = self.existing_mut(database)?;
        check(table)?;
        if database.tables.contains_key(&table.name) {
            return existing(if_not_exists, || {
                Failure::execution(format_args!(
                    "AlreadyExistsException(message:Table {} already exists)",
                    table.name
                ))
            });
        }
        let mut table = table.clone();
        name.clone_into(&mut table.database);
        table.created_at = now;
        let seconds = now.0.div_euclid(1000).to_string();
        for (property, value) in [
            ("EXTERNAL", "TRUE".to_owned()),
            ("transient_lastDdlTime", seconds),
        ] {
            table.properties.entry(property.to_owned()).or_insert(value);
        }
        let of_name = table.name.clone();
        database.tables.insert(of_name, Arc::new(table));
        Ok(Answer::default())
    }

    fn drop_table(
        &mut self,
        name: &TableName,
        default: &str,
        if_exists: bool,
    ) -> Result<Answer, Failure> {
        if let Err(missing) = self.named(name, default) {
            return existing(if_exists, || missing);
        }
        let database = self.existing_mut(name.database.as_deref().unwrap_or(default))?;
        database.tables.remove(&name.table);
        Ok(Answer::default())
    }

    fn add_partitions(
        &mut self,
        name: &TableName,
        default: &str,
        partitions: &[NewPartition],
        if_not_exists: bool,
    ) -> Result<Answer, Failure> {
        let table = self.named_mut(name, default)?;
        let mut added = table.partitions.clone();
        for (spec, location) in partitions {
            let values = values(table, spec)?;
            if added.contains_key(&values) {
                if if_not_exists {
                    continue;
                }
                return Err(Failure::execution(
                    "AlreadyExistsException(message:Partition already exists.)",
                ));
            }
            let (beside, name) = (
                table.location.trim_end_matches('/'),
                table.partition_name(&values),
            );
            let location = location.clone();
            added.insert(
                values,
                location.unwrap_or_else(|| format!("{beside}/{name}/")),
            );
        }
        table.partitions = added;
        Ok(Answer::default())
    }

    fn drop_partitions(
        &mut self,
        name: &TableName,
        default: &str,
        partitions: &[Vec<(String, String)>],
        if_exists: bool,
    ) -> Result<Answer, Failure> {
        let table = self.named_mut(name, default)?;
        let mut left = table.partitions.clone();
        for spec in partitions {
            let values = values(table, spec)?;
            if left.remove(&values).is_none() && !if_exists {
                let name = table.partition_name(&values);
                let message = format!("[Error 10006]: Partition not found {name}");
                return Err(Failure::semantic(message));
            }
        }
        table.partitions = left;
        Ok(Answer::default())
    }
}

/// Nothing happens where the statement allows for it, else it fails.
fn existing(is_allowed: bool, failure: impl FnOnce() -> Failure) -> Result<Answer, Failure> {
    match is_allowed {
        true => Ok(Answer::default()),
        false => Err(failure()),
    }
}

/// What Hive checks of a new table.
fn check(table: &Table) -> Result<(), Failure> {
    for (index, column) in table.columns.iter().enumerate() {
        if table
            .columns
            .iter()
            .take(index)
            .any(|c| c.name == column.name)
        {
            let message = format!("[Error 10036]: Duplicate column name: {}", column.name);
            return Err(Failure::semantic(message));
        }
    }
    for (index, column) in table.partition_columns.iter().enumerate() {
        let mut earlier = table
            .columns
            .iter()
            .chain(table.partition_columns.iter().take(index));
        if earlier.any(|c| c.name == column.name) {
            return Err(Failure::semantic(
                "[Error 10035]: Column repeated in partitioning columns",
            ));
        }
    }
    Ok(())
}

/// The values in the order of the table's partition columns, all of which the specification names once.
fn values(table: &Table, spec: &[(String, String)]) -> Result<Vec<String>, Failure> {
    let is_known = |name: &str| table.partition_columns.iter().any(|c| c.name == name);
    if let Some((name, _)) = spec.iter().find(|(name, _)| !is_known(name)) {
        let message = format!(
            "{name} is not a partition column of the table {}",
            table.name
        );
        return Err(Failure::semantic(format_args!("[Error 10098]: {message}")));
    }
    if spec.len() != table.partition_columns.len() {
        let message = "the partition is named by other columns than the table's";
        return Err(Failure::semantic(format_args!("[Error 10098]: {message}")));
    }
    let of = |name: &str| spec.iter().find(|(other, _)| other == name);
    let value = |column: &Column| of(&column.name).map(|(_, value)| value.clone());
    let values: Option<Vec<String>> = table.partition_columns.iter().map(value).collect();
    values.ok_or_else(|| {
        let message = "the partition is named by other columns than the table's";
        Failure::semantic(format_args!("[Error 10098]: {message}"))
    })
}

/// The names that match Hive's pattern: `*` stands for any letters, `|` between choices.
fn listed<'a>(
    column: &'static str,
    names: impl Iterator<Item = &'a str>,
    like: Option<&str>,
) -> Answer {
    let fits =
        |name: &&str| like.is_none_or(|like| like.split('|').any(|choice| matches(choice, name)));
    Answer {
        columns: vec![column],
        rows: names.filter(fits).map(str::to_owned).collect(),
    }
}

fn matches(pattern: &str, name: &str) -> bool {
    let pattern = pattern.to_lowercase();
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = name.strip_prefix(first) else {
        return false;
    };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        match rest.find(part) {
            Some(at) => rest = rest.get(at + part.len()..).unwrap_or_default(),
            None => return false,
        }
    }
    true
}
