use std::sync::Arc;

use belfry_engine::diag::Span;

use super::judge::Judge;
use super::query::visible;
use super::scope::{Field, Found, Scope};
use super::unnest::unnest_of;
use crate::plan::{Join, Node, Plan, Scalar, Scan};
use crate::refusal::{Judged, Refusal};
use crate::sql::ast::{Comparison, JoinKind, Name, On, Relation};
use crate::types::{Type, common, of_hive};

/// The name of Athena's catalogue of tables.
const CATALOG: &str = "awsdatacatalog";

impl Judge<'_> {
    /// What stands behind FROM.
    pub(super) fn relation(&mut self, relation: &Relation) -> Judged<(Plan, Scope)> {
        match relation {
            Relation::Table(name, at) => self.table(name, *at),
            Relation::Query(query) => {
                let (plan, mut scope) = self.query(query)?;
                // Names of tables inside are not seen outside.
                scope
                    .fields
                    .iter_mut()
                    .for_each(|field| field.relation = Vec::new());
                Ok((plan, scope))
            }
            Relation::Unnest(arrays, ordinality, at) => self.unnest(
                (Plan::Single, Scope::default()),
                arrays,
                (*ordinality, false),
                *at,
            ),
            Relation::Alias(inner, name, columns) => {
                let (plan, scope) = self.relation(inner)?;
                self.aliased(plan, scope, name, columns)
            }
            Relation::Join {
                kind,
                left,
                right,
                on,
                at,
            } => {
                let left = self.relation(left)?;
                if let Some((arrays, ordinality, alias)) = unnest_of(right) {
                    return self.join_unnest(left, *kind, (arrays, ordinality), alias, on, *at);
                }
                let right = self.relation(right)?;
                self.join(*kind, left, right, on, *at)
            }
        }
    }

    pub(super) fn aliased(
        &mut self,
        plan: Plan,
        scope: Scope,
        name: &Name,
        columns: &[Name],
    ) -> Judged<(Plan, Scope)> {
        let (plan, scope) = if columns.is_empty() {
            (plan, scope)
        } else {
            visible(plan, scope)
        };
        if !columns.is_empty() && columns.len() != scope.fields.len() {
            let message = format!(
                "Column alias list has {} entries but '{}' has {} columns available",
                columns.len(),
                name.text,
                scope.fields.len()
            );
            return Err(Refusal::athena(
                "MISMATCHED_COLUMN_ALIASES",
                name.at,
                message,
            ));
        }
        let columns: Vec<String> = columns.iter().map(|column| column.text.clone()).collect();
        Ok((plan, scope.named(&name.key(), &columns)))
    }

    /// A table of the catalogue, or a query of a WITH.
    pub(super) fn table(&mut self, name: &[Name], at: Span) -> Judged<(Plan, Scope)> {
        let parts: Vec<String> = name.iter().map(Name::key).collect();
        if let [only] = parts.as_slice() {
            let found = self.named.iter().rposition(|named| named.name == *only);
            if let Some(named) = found.and_then(|place| self.named.get(place)).cloned() {
                return self.with_query(&named, name);
            }
        }
        let (database, table) = match parts.as_slice() {
            [table] => (self.database.to_lowercase(), table.clone()),
            [database, table] => (database.clone(), table.clone()),
            [catalog, database, table] if catalog == CATALOG => (database.clone(), table.clone()),
            [catalog, ..] => {
                return Err(Refusal::athena(
                    "CATALOG_NOT_FOUND",
                    at,
                    format!("Catalog '{catalog}' does not exist"),
                ));
            }
            [] => return Err(Refusal::athena("SYNTAX_ERROR", at, "a table is missing")),
        };
        if database == "information_schema" {
            let message = "tables of `information_schema` are not supported here; SHOW TABLES and SHOW COLUMNS are";
            return Err(Refusal::unsupported(at, message));
        }
        let Some(tables) = self.catalog.database(&database) else {
            return Err(Refusal::athena(
                "SCHEMA_NOT_FOUND",
                at,
                format!("Schema '{database}' does not exist"),
            ));
        };
        let Some(found) = tables.tables.get(&table) else {
            let message = format!("Table '{CATALOG}.{database}.{table}' does not exist");
            let refusal = Refusal::athena("TABLE_NOT_FOUND", at, message);
            let known = tables.tables.keys().map(String::as_str);
            let near = belfry_engine::diag::nearest(&table, known);
            return Err(match near {
                Some(near) => refusal.help(format!("there is a table `{near}`")),
                None => refusal,
            });
        };
        let relation = vec![CATALOG.to_owned(), database, table];
        let mut fields = Vec::new();
        for column in found.columns.iter().chain(&found.partition_columns) {
            let of = of_hive(&column.kind).map_err(|of| {
                Refusal::unsupported(
                    at,
                    format!(
                        "column `{}` has the type `{of}`, which is not supported here",
                        column.name
                    ),
                )
            })?;
            fields.push(Field {
                relation: relation.clone(),
                name: Some(column.name.clone()),
                of,
                hidden: false,
            });
        }
        fields.push(Field {
            relation,
            name: Some("$path".to_owned()),
            of: Type::VARCHAR,
            hidden: true,
        });
        let types = fields.iter().map(|field| field.of.clone()).collect();
        let scan = Scan {
            table: Arc::clone(found),
            types,
            pruning: Vec::new(),
            used: Vec::new(),
        };
        Ok((Plan::Scan(scan), Scope { fields }))
    }

    fn with_query(&mut self, named: &super::judge::Named, name: &[Name]) -> Judged<(Plan, Scope)> {
        // It sees the names before it, and nothing of the query around.
        let hidden = self.named.split_off(named.before);
        let around = std::mem::take(&mut self.around);
        let judged = self.query(&named.query);
        self.around = around;
        self.named.extend(hidden);
        let (plan, scope) = judged?;
        let columns = &named.columns;
        if !columns.is_empty() && columns.len() != scope.fields.len() {
            let at = name.first().map_or_else(|| Span::new(0, 0), |name| name.at);
            let message = format!(
                "Column alias list has {} entries but relation has {} columns",
                columns.len(),
                scope.fields.len()
            );
            return Err(Refusal::athena("MISMATCHED_COLUMN_ALIASES", at, message));
        }
        Ok((plan, scope.named(&named.name, columns)))
    }

    fn join(
        &mut self,
        kind: JoinKind,
        left: (Plan, Scope),
        right: (Plan, Scope),
        on: &On,
        at: Span,
    ) -> Judged<(Plan, Scope)> {
        let widths = (left.1.fields.len(), right.1.fields.len());
        if let On::Using(columns) = on {
            return self.join_using(kind, left, right, columns);
        }
        let scope = left.1.with(right.1);
        let on = match on {
            On::Condition(condition) => {
                let condition = self.truth(condition, "JOIN ON clause", &scope)?;
                no_aggregates(&condition, "JOIN clause", at)?;
                Some(condition)
            }
            _ => None,
        };
        let join = Join {
            kind,
            left: left.0,
            right: right.0,
            widths,
            on,
        };
        Ok((Plan::Join(Box::new(join)), scope))
    }

    /// USING: the columns of the names stand once, first.
    fn join_using(
        &mut self,
        kind: JoinKind,
        left: (Plan, Scope),
        right: (Plan, Scope),
        columns: &[Name],
    ) -> Judged<(Plan, Scope)> {
        let widths = (left.1.fields.len(), right.1.fields.len());
        let (mut conditions, mut items, mut fields, mut used) =
            (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for name in columns {
            let place = |scope: &Scope, side: &str| match scope.find(&[name.key()]) {
                Found::One(place) => Ok((
                    place,
                    scope
                        .fields
                        .get(place)
                        .map_or(Type::Unknown, |field| field.of.clone()),
                )),
                _ => Err(Refusal::athena(
                    "COLUMN_NOT_FOUND",
                    name.at,
                    format!("Column '{}' is missing from {side} side of join", name.text),
                )),
            };
            let ((one, of), (other, other_of)) =
                (place(&left.1, "left")?, place(&right.1, "right")?);
            let both = common(&of, &other_of).ok_or_else(|| {
                Refusal::athena("TYPE_MISMATCH", name.at, format!("Column types of left and right must match for JOIN USING: {of} vs {other_of}"))
            })?;
            let one_side = Self::coerced(Scalar::column(one, of, name.at), &both);
            let other_side =
                Self::coerced(Scalar::column(widths.0 + other, other_of, name.at), &both);
            conditions.push(Scalar::boolean(
                Node::Compare(
                    Comparison::Equal,
                    Box::new(one_side.clone()),
                    Box::new(other_side.clone()),
                ),
                name.at,
            ));
            items.push(Scalar::new(
                Node::Coalesce(vec![one_side, other_side]),
                both.clone(),
                name.at,
            ));
            fields.push(Field {
                relation: Vec::new(),
                name: Some(name.text.clone()),
                of: both,
                hidden: false,
            });
            used.extend([one, widths.0 + other]);
        }
        let all = left.1.with(right.1);
        for (place, field) in all
            .fields
            .into_iter()
            .enumerate()
            .filter(|(place, _)| !used.contains(place))
        {
            items.push(Scalar::column(place, field.of.clone(), Span::new(0, 0)));
            fields.push(field);
        }
        let join = Join {
            kind,
            left: left.0,
            right: right.0,
            widths,
            on: crate::plan::and(conditions),
        };
        Ok((
            Plan::Project(Box::new(Plan::Join(Box::new(join))), items),
            Scope { fields },
        ))
    }
}

/// Refuses aggregates and windows where rows are not grouped yet.
pub(super) fn no_aggregates(scalar: &Scalar, clause: &str, at: Span) -> Judged<()> {
    let found = scalar.any(&|part| {
        matches!(
            part.node,
            Node::Aggregate(_) | Node::Window(_) | Node::Grouping(_)
        )
    });
    match found {
        true => {
            let message = format!(
                "{clause} cannot contain aggregations, window functions or grouping operations"
            );
            Err(Refusal::athena("EXPRESSION_NOT_SCALAR", at, message))
        }
        false => Ok(()),
    }
}
