use super::expr::Resolver;
use super::scope::Origin;
use crate::diag::Span;
use crate::insights::ast::AppendCols;
use crate::insights::choices;
use crate::insights::others::{Cell, Need, Rows, Take};
use crate::insights::plan::Slot;
use crate::insights::value::Value;
use crate::insights::whole;

/// `appendcols override=b max=n (query)`
pub(super) fn resolve(resolver: &mut Resolver, append: &AppendCols) {
    let (plan, diagnostics) = super::resolve(&append.query, resolver.choices);
    resolver.diagnostics.extend(diagnostics);
    resolver.adopt(&plan);
    let span = append
        .query
        .commands
        .first()
        .map_or_else(Span::default, |c| c.span);
    let targets = plan.columns.iter().map(|column| {
        let exists = resolver
            .scope
            .columns
            .iter()
            .any(|c| c.label == column.label);
        let leaves = exists && !append.overwrite && resolver.choices.appends_to_columns;
        (!leaves).then(|| target(resolver, &column.label, span))
    });
    let targets: Vec<Option<Slot>> = targets.collect();
    let columns = Cell::default();
    resolver.over_rows(whole::AppendCols {
        targets,
        overwrite: append.overwrite,
        columns: Cell::clone(&columns),
    });
    let slots: Vec<Slot> = plan.columns.iter().map(|column| column.slot).collect();
    let take = Take::new(move |rows| {
        let cells = rows.into_iter().map(|row| {
            let value = |slot: &Slot| row.values.get(*slot).cloned().unwrap_or(Value::Null);
            slots.iter().map(value).collect()
        });
        let cells = cells.collect();
        columns.get_or_init(|| cells);
        Ok(())
    });
    resolver.needs.push(Need::Rows(Rows {
        source: append.query.source.clone(),
        plan: Box::new(plan),
        earlier: None,
        most: append.most.unwrap_or(choices::APPENDED_ROWS),
        take,
    }));
}

/// Where a column goes: to the column or field of its name, which the command fills or overwrites, else to
/// a new one.
fn target(resolver: &mut Resolver, label: &str, span: Span) -> Slot {
    let known = resolver.scope.find(label);
    let slot = match known.or_else(|| resolver.scope.input(label)) {
        Some(slot) => slot,
        None => resolver.scope.allocate(),
    };
    resolver.scope.insert(label, slot, Origin::Alias, span);
    resolver.scope.forget_members(label);
    resolver.scope.show(label, slot);
    slot
}
