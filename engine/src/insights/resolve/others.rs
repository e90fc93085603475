use super::expr::Resolver;
use super::scope::Origin;
use crate::insights::ast::{Ast, Lookup};
use crate::insights::choices;
use crate::insights::func::Prepared;
use crate::insights::others::{Cell, Members, Need, Rows, SourceError, Take};
use crate::insights::plan::{Operator, Scalar};
use crate::insights::value::Value;

/// `value in (subquery)`: the subquery is a plan of its own, read before the query runs.
pub(super) fn membership(
    resolver: &mut Resolver,
    value: Scalar,
    query: &Ast,
    negated: bool,
) -> Option<Scalar> {
    let (plan, diagnostics) = super::resolve(query, resolver.choices);
    resolver.diagnostics.extend(diagnostics);
    resolver.adopt(&plan);
    let cell: Cell<Members> = Cell::default();
    let filled = Cell::clone(&cell);
    let slot = plan.columns.first().map(|column| column.slot);
    let take = Take::new(move |rows| {
        let most = choices::MAXIMUM_LIMIT;
        if rows.len() >= most {
            let message = format!("the subquery gives {most} values and more");
            return Err(SourceError::new(message));
        }
        let mut members = Members::default();
        for row in rows {
            let value = slot.and_then(|slot| row.values.into_iter().nth(slot));
            members.add(value.unwrap_or(Value::Null));
        }
        filled.get_or_init(|| members);
        Ok(())
    });
    resolver.needs.push(Need::Rows(Rows {
        source: Some(query.source.clone()?),
        plan: Box::new(plan),
        earlier: None,
        most: choices::MAXIMUM_LIMIT,
        take,
    }));
    let missing = negated && resolver.choices.missing_is_not_equal;
    let compute = Prepared::new(move |arguments| {
        let value = arguments.first().unwrap_or(&Value::Null);
        if value.is_null() {
            return Value::boolean(missing);
        }
        Value::boolean(cell.get().is_some_and(|members| members.hold(value)) != negated)
    });
    Some(Scalar::Prepared(compute, vec![value]))
}

/// `lookup` and `cidrlookup`: every output is computed from the fields looked up and its own old value.
pub(super) fn lookup(resolver: &mut Resolver, lookup: &Lookup) {
    let keys: Option<Vec<_>> = lookup
        .keys
        .iter()
        .map(|key| resolver.read_name(key))
        .collect();
    let Some(keys) = keys else { return };
    let cell = Cell::default();
    resolver.needs.push(Need::Table {
        name: lookup.table.name.clone(),
        by: lookup.by.clone(),
        outputs: lookup
            .outputs
            .iter()
            .map(|(column, _)| column.clone())
            .collect(),
        cell: Cell::clone(&cell),
    });
    for (output, (_, name)) in lookup.outputs.iter().enumerate() {
        let known = resolver.scope.find(&name.name);
        let slot = match known {
            Some(slot) => slot,
            None if resolver.scope.after_stats => {
                let slot = resolver.scope.allocate();
                resolver.define(&name.name, slot, Origin::Alias, name.span);
                slot
            }
            None => match resolver.read_name(name) {
                Some(slot) => slot,
                None => continue,
            },
        };
        resolver.scope.show(&name.name, slot);
        let (cell, overwrite) = (Cell::clone(&cell), lookup.overwrite);
        let compute = Prepared::new(move |arguments| {
            let Some((old, keys)) = arguments.split_last() else {
                return Value::Null;
            };
            if !overwrite && !old.is_null() {
                return old.clone();
            }
            let cell = cell.get().and_then(|found| found.cell(keys, output));
            cell.map_or(Value::Null, Value::text)
        });
        let arguments = keys.iter().chain([&slot]).map(|slot| Scalar::Slot(*slot));
        let scalar = Scalar::Prepared(compute, arguments.collect());
        resolver.operators.push(Operator::Compute { slot, scalar });
    }
}
