use belfry_engine::diag::Span;

use super::aggregate_call::sort_key;
use super::aggregation::{Aggregation, is_aggregated};
use super::group::not_an_alias;
use super::judge::Judge;
use super::query::ordinal;
use super::relation::no_aggregates;
use super::scope::{Field, Scope};
use crate::plan::{Node, Plan, Scalar, SortKey, WindowCall};
use crate::refusal::{Judged, Refusal};
use crate::sql::ast::{Expr, Kind, Name, Select, SelectItem, SortItem};

/// One item of a SELECT.
#[derive(Clone)]
pub(super) struct Item {
    pub(super) scalar: Scalar,
    /// As the result shows it.
    pub(super) name: Option<String>,
    /// Whether the name was given with AS.
    pub(super) alias: bool,
    relation: Vec<String>,
}

impl Judge<'_> {
    /// SELECT … with the ORDER BY of its query, which sees more than the result's columns.
    pub(super) fn select(&mut self, select: &Select, order: &[SortItem]) -> Judged<(Plan, Scope)> {
        let around = std::mem::take(&mut self.windows);
        let found = self.select_inside(select, order);
        self.windows = around;
        found
    }

    fn select_inside(&mut self, select: &Select, order: &[SortItem]) -> Judged<(Plan, Scope)> {
        let (mut plan, scope) = match &select.from {
            Some(relation) => self.relation(relation)?,
            None => (Plan::Single, Scope::default()),
        };
        self.name_windows(&select.windows, &scope)?;
        let mut items = self.items(&select.items, &scope)?;
        if let Some(filter) = &select.filter {
            let condition = self
                .truth(filter, "WHERE clause", &scope)
                .map_err(|refusal| not_an_alias(refusal, filter, &items))?;
            no_aggregates(&condition, "WHERE clause", filter.at)?;
            plan = Plan::Filter(Box::new(plan), condition);
        }
        let mut having = select
            .having
            .as_ref()
            .map(|having| {
                self.truth(having, "HAVING clause", &scope)
                    .map_err(|refusal| not_an_alias(refusal, having, &items))
            })
            .transpose()?;
        let mut keys = self.order_keys(order, &items, &scope)?;
        let all = || {
            items
                .iter()
                .map(|item| &item.scalar)
                .chain(&having)
                .chain(keys.iter().map(|key| &key.by))
        };
        if select.group.is_some() || having.is_some() || all().any(is_aggregated) {
            let grouping = self.grouping(select.group.as_ref(), &items, &scope)?;
            let text = self.text.clone();
            let mut aggregation = Aggregation::new(grouping);
            for item in &mut items {
                item.scalar = aggregation.rewrite(item.scalar.clone(), &text)?;
            }
            having = having
                .map(|having| aggregation.rewrite(having, &text))
                .transpose()?;
            for key in &mut keys {
                key.by = aggregation.rewrite(key.by.clone(), &text)?;
            }
            plan = aggregation.plan(plan);
            if let Some(having) = having {
                plan = Plan::Filter(Box::new(plan), aggregation.placed(having));
            }
            items
                .iter_mut()
                .for_each(|item| item.scalar = aggregation.placed(item.scalar.clone()));
            keys.iter_mut()
                .for_each(|key| key.by = aggregation.placed(key.by.clone()));
            let width = aggregation.width();
            plan = windows(plan, width, &mut items, &mut keys);
        } else {
            plan = windows(plan, scope.fields.len(), &mut items, &mut keys);
        }
        finish(plan, items, keys, select.distinct, order)
    }

    fn items(&mut self, all: &[SelectItem], scope: &Scope) -> Judged<Vec<Item>> {
        let mut items = Vec::new();
        for item in all {
            match item {
                SelectItem::Star(relation, at) => items.extend(stars(relation, *at, scope)?),
                SelectItem::Expr(expr, alias) => {
                    let scalar = self.expr(expr, scope)?;
                    let name = alias
                        .as_ref()
                        .map(|alias| alias.text.clone())
                        .or_else(|| name_of(expr));
                    items.push(Item {
                        scalar,
                        name,
                        alias: alias.is_some(),
                        relation: Vec::new(),
                    });
                }
            }
        }
        Ok(items)
    }

    /// What the result is sorted by: numbers and names of its columns, then names of the rows that it is made from.
    fn order_keys(
        &mut self,
        order: &[SortItem],
        items: &[Item],
        scope: &Scope,
    ) -> Judged<Vec<SortKey>> {
        let mut keys = Vec::new();
        for item in order {
            let by = match ordinal(&item.expr, items.len(), "ORDER BY")? {
                Some(place) => items.get(place).map(|item| item.scalar.clone()),
                None => self.by_alias(&item.expr, items)?,
            };
            let by = match by {
                Some(by) => by,
                None => {
                    let outputs = std::mem::replace(&mut self.aliases, aliases(items));
                    let by = self.expr(&item.expr, scope);
                    self.aliases = outputs;
                    by?
                }
            };
            keys.push(sort_key(by, item)?);
        }
        Ok(keys)
    }

    fn by_alias(&mut self, expr: &Expr, items: &[Item]) -> Judged<Option<Scalar>> {
        let Kind::Column(name) = &expr.kind else {
            return Ok(None);
        };
        let mut found = items.iter().filter(|item| {
            item.name
                .as_ref()
                .is_some_and(|own| own.to_lowercase() == name.key())
        });
        match (found.next(), found.next()) {
            (Some(one), Some(other)) if one.scalar != other.scalar => Err(Refusal::athena(
                "AMBIGUOUS_NAME",
                expr.at,
                format!("Column '{}' is ambiguous", name.text),
            )),
            (one, _) => Ok(one.map(|item| item.scalar.clone())),
        }
    }
}

/// The items that other expressions of ORDER BY may name.
fn aliases(items: &[Item]) -> Vec<(String, Scalar)> {
    let named = items.iter().filter(|item| item.alias);
    named
        .filter_map(|item| Some((item.name.as_ref()?.to_lowercase(), item.scalar.clone())))
        .collect()
}

fn name_of(expr: &Expr) -> Option<String> {
    match &expr.kind {
        Kind::Column(name) | Kind::Field(_, name) => Some(name.text.clone()),
        _ => None,
    }
}

fn stars(relation: &[Name], at: Span, scope: &Scope) -> Judged<Vec<Item>> {
    let parts: Vec<String> = relation.iter().map(Name::key).collect();
    let shown = (0..)
        .zip(&scope.fields)
        .filter(|(_, field)| !field.hidden && field.belongs(&parts));
    let item = |(place, field): (usize, &Field)| Item {
        scalar: Scalar::column(place, field.of.clone(), at),
        name: field.name.clone(),
        alias: false,
        relation: field.relation.clone(),
    };
    let items: Vec<Item> = shown.map(item).collect();
    match (items.is_empty(), parts.is_empty()) {
        (true, true) => Err(Refusal::athena(
            "COLUMN_NOT_FOUND",
            at,
            "SELECT * not allowed from relation that has no columns",
        )),
        (true, false) => Err(Refusal::athena(
            "TABLE_NOT_FOUND",
            at,
            format!("Unable to resolve reference {}", parts.join(".")),
        )),
        (false, _) => Ok(items),
    }
}

/// Calls over windows become columns behind the others.
fn windows(plan: Plan, width: usize, items: &mut [Item], keys: &mut [SortKey]) -> Plan {
    let mut calls: Vec<WindowCall> = Vec::new();
    let all = items
        .iter_mut()
        .map(|item| &mut item.scalar)
        .chain(keys.iter_mut().map(|key| &mut key.by));
    for scalar in all {
        let replaced = scalar
            .clone()
            .replaced::<std::convert::Infallible>(&mut |part| {
                let Node::Window(call) = &part.node else {
                    return Ok(None);
                };
                let place = calls
                    .iter()
                    .position(|known| known == &**call)
                    .unwrap_or_else(|| {
                        calls.push((**call).clone());
                        calls.len() - 1
                    });
                Ok(Some(Scalar::column(
                    width + place,
                    part.of.clone(),
                    part.span,
                )))
            });
        *scalar = match replaced {
            Ok(replaced) => replaced,
            Err(never) => match never {},
        };
    }
    if calls.is_empty() {
        plan
    } else {
        Plan::Window(Box::new(plan), calls)
    }
}

/// Projection, DISTINCT and order.
fn finish(
    plan: Plan,
    items: Vec<Item>,
    keys: Vec<SortKey>,
    distinct: bool,
    order: &[SortItem],
) -> Judged<(Plan, Scope)> {
    let count = items.len();
    let mut outputs: Vec<Scalar> = items.iter().map(|item| item.scalar.clone()).collect();
    let field = |item: Item| Field {
        relation: item.relation,
        name: item.name,
        of: item.scalar.of,
        hidden: false,
    };
    let scope = Scope {
        fields: items.into_iter().map(field).collect(),
    };
    let mut sorted = Vec::new();
    for (key, item) in keys.into_iter().zip(order) {
        let known = outputs.iter().position(|output| *output == key.by);
        if known.is_none() && distinct {
            let message = "For SELECT DISTINCT, ORDER BY expressions must appear in select list";
            return Err(Refusal::athena(
                "EXPRESSION_NOT_IN_DISTINCT",
                item.expr.at,
                message,
            ));
        }
        let place = known.unwrap_or_else(|| {
            outputs.push(key.by.clone());
            outputs.len() - 1
        });
        let by = Scalar::column(place, key.by.of.clone(), key.by.span);
        sorted.push(SortKey { by, ..key });
    }
    let extra = outputs.len() > count;
    let shown: Vec<Scalar> = outputs
        .iter()
        .take(count)
        .enumerate()
        .map(|(place, output)| Scalar::column(place, output.of.clone(), output.span))
        .collect();
    let mut plan = Plan::Project(Box::new(plan), outputs);
    if distinct {
        plan = Plan::Distinct(Box::new(plan));
    }
    if !sorted.is_empty() {
        plan = Plan::Sort(Box::new(plan), sorted);
    }
    if extra {
        plan = Plan::Project(Box::new(plan), shown);
    }
    Ok((plan, scope))
}
