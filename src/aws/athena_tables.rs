use std::collections::BTreeMap;
use std::fmt::Write as _;

use aws_sdk_athena::types::{Column, TableMetadata};
use belfry_engine::catalog::quoted_text;

use super::CloudError;
use super::athena_statements::Within;
use super::cloud::{AwsCloud, SUITE_TAG};
use crate::iam::{Action, On, PLAN};
use crate::provision::resources::{DatabaseResource, TableResource};
use crate::provision::{Observed, Ownership, Resource, Scope};

/// What this file asks of AWS.
pub(super) const ACTIONS: &[Action] = &[
    Action::new(
        "list_databases",
        "athena:ListDatabases",
        On::DataCatalog,
        PLAN,
    ),
    Action::new(
        "list_databases",
        "glue:GetDatabases",
        On::GlueDatabases,
        PLAN,
    ),
    Action::new(
        "list_table_metadata",
        "athena:ListTableMetadata",
        On::DataCatalog,
        PLAN,
    ),
    Action::new(
        "list_table_metadata",
        "glue:GetTables",
        On::GlueCatalog,
        PLAN,
    ),
];

const CATALOG: &str = "AwsDataCatalog";

impl AwsCloud {
    /// The database that the suite declares and those whose properties name the suite, with their tables. Databases carry
    /// no tags in the index, so all are listed where the suite has or had to do with Athena: where there is a `home`, the
    /// workgroup in which statements about those that left the suite are run.
    pub(super) async fn observe_databases(
        &self,
        home: Option<&str>,
        scope: &Scope<'_>,
        observed: &mut Observed,
    ) -> Result<(), CloudError> {
        let declared = scope.desired.resources.values();
        let declared: Vec<_> = declared
            .filter_map(|resource| match resource {
                Resource::Database(database) => Some(database),
                _ => None,
            })
            .collect();
        let home = home.or_else(|| Some(declared.first()?.workgroup.as_str()));
        let Some(home) = home else {
            return Ok(());
        };
        let athena = self.session.athena();
        let request = athena.list_databases().catalog_name(CATALOG);
        let mut databases = request.into_paginator().items().send();
        while let Some(found) = databases.next().await {
            let found = found.map_err(|e| CloudError::from_sdk("ListDatabases", CATALOG, &e))?;
            let suite = found.parameters().and_then(|all| all.get(SUITE_TAG));
            let owner = self.ownership(suite.map(String::as_str));
            let wanted = declared.iter().find(|wanted| wanted.name == found.name());
            if wanted.is_none() && owner != Ownership::Ours {
                continue;
            }
            let left = || DatabaseResource {
                name: found.name().to_owned(),
                workgroup: home.to_owned(),
            };
            let database = wanted.map_or_else(left, |wanted| (*wanted).clone());
            self.observe_tables(&database, scope, observed).await?;
            observed.insert(Resource::Database(database), owner, None);
        }
        Ok(())
    }

    /// The tables that the suite declares in a database, and others of it.
    async fn observe_tables(
        &self,
        database: &DatabaseResource,
        scope: &Scope<'_>,
        observed: &mut Observed,
    ) -> Result<(), CloudError> {
        let name = database.name.as_str();
        let athena = self.session.athena();
        let request = athena
            .list_table_metadata()
            .catalog_name(CATALOG)
            .database_name(name);
        let mut tables = request.into_paginator().items().send();
        while let Some(table) = tables.next().await {
            let table = table.map_err(|e| CloudError::from_sdk("ListTableMetadata", name, &e))?;
            let suite = table
                .parameters()
                .and_then(|all| all.get(SUITE_TAG))
                .cloned();
            let resource = Resource::Table(resource(&table, database));
            let is_wanted = scope.declares(&resource.address());
            if is_wanted || suite.as_deref() == Some(&self.suite) {
                observed.insert(resource, self.ownership(suite.as_deref()), None);
            }
        }
        Ok(())
    }

    pub(super) async fn put_database(&self, database: &DatabaseResource) -> Result<(), CloudError> {
        let text = format!(
            "CREATE DATABASE IF NOT EXISTS `{}` WITH DBPROPERTIES ({}={})",
            database.name,
            quoted_text(SUITE_TAG),
            quoted_text(&self.suite)
        );
        let about = format!("database.{}", database.name);
        self.run_statement(Within::workgroup(&database.workgroup), &text, &about)
            .await
    }

    /// Made; or, where more than its properties differ, made anew: the files that an external table reads stay.
    pub(super) async fn put_table(
        &self,
        wanted: &TableResource,
        before: Option<&Resource>,
    ) -> Result<(), CloudError> {
        let about = Resource::Table(wanted.clone()).address().to_string();
        let within = inside(wanted);
        if let Some(Resource::Table(before)) = before {
            let is_more = before
                .projection
                .keys()
                .all(|key| wanted.projection.contains_key(key));
            let same = TableResource {
                projection: wanted.projection.clone(),
                workgroup: wanted.workgroup.clone(),
                ..before.clone()
            };
            if same == *wanted && is_more {
                let properties = listed(&wanted.projection);
                let text = format!(
                    "ALTER TABLE `{}` SET TBLPROPERTIES ({properties})",
                    wanted.name
                );
                return self.run_statement(within, &text, &about).await;
            }
            self.drop_table(wanted).await?;
        }
        self.run_statement(within, &create(wanted, &self.suite), &about)
            .await
    }

    /// The files stay.
    pub(super) async fn drop_table(&self, table: &TableResource) -> Result<(), CloudError> {
        let about = Resource::Table(table.clone()).address().to_string();
        let text = format!("DROP TABLE IF EXISTS `{}`", table.name);
        self.run_statement(inside(table), &text, &about).await
    }

    /// Only an empty one.
    pub(super) async fn drop_database(
        &self,
        database: &DatabaseResource,
    ) -> Result<(), CloudError> {
        let about = format!("database.{}", database.name);
        let text = format!("DROP DATABASE IF EXISTS `{}`", database.name);
        self.run_statement(Within::workgroup(&database.workgroup), &text, &about)
            .await
    }
}

/// Where statements about a table are run.
pub(super) fn inside(table: &TableResource) -> Within<'_> {
    Within {
        database: Some(&table.database),
        ..Within::workgroup(&table.workgroup)
    }
}

fn create(table: &TableResource, suite: &str) -> String {
    let columns = |columns: &[(String, String)]| {
        let lines: Vec<String> = columns
            .iter()
            .map(|(name, kind)| format!("  `{name}` {kind}"))
            .collect();
        lines.join(",\n")
    };
    let mut properties = table.projection.clone();
    properties.insert(SUITE_TAG.to_owned(), suite.to_owned());
    let mut text = format!(
        "CREATE EXTERNAL TABLE IF NOT EXISTS `{}` (\n{}\n)\n",
        table.name,
        columns(&table.columns)
    );
    if !table.partitions.is_empty() {
        let _ = writeln!(text, "PARTITIONED BY (\n{}\n)", columns(&table.partitions));
    }
    let _ = write!(
        text,
        "ROW FORMAT SERDE {}\nWITH SERDEPROPERTIES ({})\nLOCATION {}\nTBLPROPERTIES ({})",
        quoted_text(&table.serde),
        listed(&table.serde_properties),
        quoted_text(&table.location),
        listed(&properties)
    );
    text
}

fn listed(properties: &BTreeMap<String, String>) -> String {
    let pairs = properties
        .iter()
        .map(|(key, value)| format!("{}={}", quoted_text(key), quoted_text(value)));
    pairs.collect::<Vec<_>>().join(", ")
}

/// A table as Athena tells it: what Hive keeps beside the columns stands among the parameters. What neither the suite
/// sets nor changes which partitions are read is left out.
fn resource(table: &TableMetadata, database: &DatabaseResource) -> TableResource {
    let columns = |columns: &[Column]| {
        let pair = |c: &Column| {
            (
                c.name().to_owned(),
                c.r#type().unwrap_or_default().to_owned(),
            )
        };
        columns.iter().map(pair).collect()
    };
    let parameters: BTreeMap<&String, &String> = table.parameters().into_iter().flatten().collect();
    let text = |key: &str| {
        let found = parameters.iter().find(|(name, _)| name.as_str() == key);
        found.map(|(_, value)| (*value).clone()).unwrap_or_default()
    };
    let below = |prefix: &str, keep: &dyn Fn(&str) -> bool| -> BTreeMap<String, String> {
        let kept = parameters.iter().filter(|(key, _)| keep(key));
        let named = kept.map(|(key, value)| {
            (
                key.strip_prefix(prefix).unwrap_or(key).to_owned(),
                (*value).clone(),
            )
        });
        named.collect()
    };
    TableResource {
        database: database.name.clone(),
        workgroup: database.workgroup.clone(),
        name: table.name().to_owned(),
        columns: columns(table.columns()),
        partitions: columns(table.partition_keys()),
        serde: text("serde.serialization.lib"),
        serde_properties: below("serde.param.", &|key| key.starts_with("serde.param.")),
        location: format!("{}/", text("location").trim_end_matches('/')),
        projection: below("", &|key| {
            key.starts_with("projection.") || key.starts_with("storage.location")
        }),
    }
}
