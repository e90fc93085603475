use super::judge::{Judge, Named};
use super::scope::{Field, Scope};
use crate::plan::{Node, Plan, Scalar};
use crate::refusal::{Judged, Refusal};
use crate::sql::ast::{Body, Expr, Query, SetOperator, SortItem};
use crate::types::{Type, common};
use crate::value::Value;

impl Judge<'_> {
    /// The plan of a query and the columns of its rows.
    pub(super) fn query(&mut self, query: &Query) -> Judged<(Plan, Scope)> {
        let before = self.named.len();
        for named in &query.with {
            let name = named.name.key();
            let twice = self
                .named
                .iter()
                .skip(before)
                .any(|known| known.name == name);
            if twice {
                let message = format!("WITH query name '{name}' specified more than once");
                return Err(Refusal::athena(
                    "DUPLICATE_NAMED_QUERY",
                    named.name.at,
                    message,
                ));
            }
            let columns = named
                .columns
                .iter()
                .map(|column| column.text.clone())
                .collect();
            let before = self.named.len();
            self.named.push(Named {
                name,
                columns,
                query: named.query.clone(),
                before,
            });
        }
        let judged = self.ordered(query);
        self.named.truncate(before);
        judged
    }

    fn ordered(&mut self, query: &Query) -> Judged<(Plan, Scope)> {
        let (plan, scope) = match &query.body {
            Body::Select(select) => self.select(select, &query.order)?,
            body => {
                let (plan, scope) = self.body(body)?;
                (self.sorted(plan, &scope, &query.order)?, scope)
            }
        };
        let offset = query
            .offset
            .as_ref()
            .map(|offset| self.count(offset))
            .transpose()?;
        let limit = query
            .limit
            .as_ref()
            .map(|limit| self.count(limit))
            .transpose()?;
        let plan = match (offset, limit) {
            (None, None) => plan,
            (offset, limit) => Plan::Limit(Box::new(plan), offset.unwrap_or(0), limit),
        };
        Ok((plan, scope))
    }

    /// The number of an OFFSET or LIMIT.
    fn count(&mut self, expr: &Expr) -> Judged<u64> {
        let found = self.expr(expr, &Scope::default())?;
        let number = match found.node {
            Node::Constant(Value::Whole(number)) => u64::try_from(number).ok(),
            _ => None,
        };
        number.ok_or_else(|| {
            Refusal::athena(
                "INVALID_LIMIT_CLAUSE",
                expr.span,
                "the number of rows must be a whole number that is not negative",
            )
        })
    }

    /// Rows sorted by their own columns: names, numbers, and expressions of them.
    fn sorted(&mut self, plan: Plan, scope: &Scope, order: &[SortItem]) -> Judged<Plan> {
        if order.is_empty() {
            return Ok(plan);
        }
        let mut keys = Vec::new();
        for item in order {
            let by = match ordinal(&item.expr, scope.fields.len(), "ORDER BY")? {
                Some(place) => Scalar::column(
                    place,
                    scope
                        .fields
                        .get(place)
                        .map_or(Type::Unknown, |field| field.of.clone()),
                    item.expr.span,
                ),
                None => self.expr(&item.expr, scope)?,
            };
            keys.push(super::aggregate_call::sort_key(by, item)?);
        }
        Ok(Plan::Sort(Box::new(plan), keys))
    }

    fn body(&mut self, body: &Body) -> Judged<(Plan, Scope)> {
        match body {
            Body::Select(select) => self.select(select, &[]),
            Body::Query(query) => self.query(query),
            Body::Table(name) => {
                let at = name
                    .first()
                    .map_or_else(|| belfry_engine::diag::Span::new(0, 0), |name| name.at);
                let (plan, scope) = self.table(name, at)?;
                Ok(visible(plan, scope))
            }
            Body::Values(rows) => self.values(rows),
            Body::Set {
                operator,
                all,
                left,
                right,
                at,
            } => {
                let (left, right) = (self.body(left)?, self.body(right)?);
                self.set((*operator, *all), left, right, *at)
            }
        }
    }

    fn values(&mut self, rows: &[Expr]) -> Judged<(Plan, Scope)> {
        let mut all: Vec<Vec<Scalar>> = Vec::new();
        for row in rows {
            let found = self.expr(row, &Scope::default())?;
            let fields = match (found.node, found.of) {
                (Node::Row(fields), _) => fields,
                (Node::Constant(Value::Row(values)), Type::Row(fields)) => {
                    let pairs = values.iter().zip(fields);
                    pairs
                        .map(|(value, (_, of))| Scalar::constant(value.clone(), of, found.span))
                        .collect()
                }
                (node, of) => vec![Scalar::new(node, of, found.span)],
            };
            if all.first().is_some_and(|first| first.len() != fields.len()) {
                let message = "Values rows have mismatched sizes";
                return Err(Refusal::athena("TYPE_MISMATCH", row.at, message));
            }
            all.push(fields);
        }
        let width = all.first().map_or(0, Vec::len);
        let mut types = vec![Type::Unknown; width];
        for (number, of) in types.iter_mut().enumerate() {
            for value in all.iter().filter_map(|row| row.get(number)) {
                *of = common(of, &value.of).ok_or_else(|| {
                    Refusal::athena(
                        "TYPE_MISMATCH",
                        value.span,
                        "Values rows have mismatched types",
                    )
                })?;
            }
        }
        let rows = all.into_iter().map(|row| {
            row.into_iter()
                .zip(&types)
                .map(|(value, of)| Self::coerced(value, of))
                .collect()
        });
        let field = |of: &Type| Field {
            relation: Vec::new(),
            name: None,
            of: of.clone(),
            hidden: false,
        };
        Ok((
            Plan::Values(rows.collect()),
            Scope {
                fields: types.iter().map(field).collect(),
            },
        ))
    }

    fn set(
        &mut self,
        (operator, all): (SetOperator, bool),
        left: (Plan, Scope),
        right: (Plan, Scope),
        at: belfry_engine::diag::Span,
    ) -> Judged<(Plan, Scope)> {
        let (one, other) = (&left.1.fields, &right.1.fields);
        if one.len() != other.len() {
            let message = format!(
                "{} query has different number of fields: {}, {}",
                operator.word(),
                one.len(),
                other.len()
            );
            return Err(Refusal::athena("TYPE_MISMATCH", at, message));
        }
        let mut types = Vec::new();
        for (number, (one, other)) in one.iter().zip(other).enumerate() {
            let both = common(&one.of, &other.of).ok_or_else(|| {
                let message = format!(
                    "column {} in {} query has incompatible types: {}, {}",
                    number + 1,
                    operator.word(),
                    one.of,
                    other.of
                );
                Refusal::athena("TYPE_MISMATCH", at, message)
            })?;
            types.push(both);
        }
        let mut scope = left.1.clone();
        for (field, of) in scope.fields.iter_mut().zip(&types) {
            (field.of, field.relation) = (of.clone(), Vec::new());
        }
        let (left, right) = (
            Box::new(as_types(left, &types, at)),
            Box::new(as_types(right, &types, at)),
        );
        Ok((
            Plan::Set {
                operator,
                all,
                left,
                right,
            },
            scope,
        ))
    }
}

/// The rows with their values as other types.
fn as_types((plan, scope): (Plan, Scope), types: &[Type], at: belfry_engine::diag::Span) -> Plan {
    if scope
        .fields
        .iter()
        .zip(types)
        .all(|(field, of)| field.of == *of)
    {
        return plan;
    }
    let items = scope.fields.iter().zip(types).enumerate();
    let items = items.map(|(place, (field, of))| {
        Judge::coerced(Scalar::column(place, field.of.clone(), at), of)
    });
    Plan::Project(Box::new(plan), items.collect())
}

/// The rows without their hidden columns.
pub(super) fn visible(plan: Plan, scope: Scope) -> (Plan, Scope) {
    if !scope.fields.iter().any(|field| field.hidden) {
        return (plan, scope);
    }
    let at = belfry_engine::diag::Span::new(0, 0);
    let shown = (0..).zip(&scope.fields).filter(|(_, field)| !field.hidden);
    let items: Vec<Scalar> = shown
        .clone()
        .map(|(place, field)| Scalar::column(place, field.of.clone(), at))
        .collect();
    let fields = shown.map(|(_, field)| field.clone()).collect();
    (Plan::Project(Box::new(plan), items), Scope { fields })
}

/// The column that a number in GROUP BY or ORDER BY means; `None` for other expressions.
pub(super) fn ordinal(expr: &Expr, count: usize, clause: &str) -> Judged<Option<usize>> {
    let crate::sql::ast::Kind::Integer(text) = &expr.kind else {
        return Ok(None);
    };
    let place = text
        .parse::<usize>()
        .ok()
        .and_then(|number| number.checked_sub(1))
        .filter(|place| *place < count);
    place.map(Some).ok_or_else(|| {
        let message = format!("{clause} position {text} is not in select list");
        Refusal::athena("INVALID_COLUMN_REFERENCE", expr.span, message)
    })
}
