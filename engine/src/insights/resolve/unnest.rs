//! `unnest` and `expand`: rows from lists.

use super::expr::{Resolver, resolve_row};
use super::member;
use super::scope::{Holds, Origin};
use crate::diag::{Diagnostic, query};
use crate::insights::ast::{Expr, ExprKind, Name};
use crate::insights::parse::steps;
use crate::insights::value::Step;
use crate::insights::whole::{Expand, Unnest};

/// `unnest expr into name`
pub(super) fn unnest(resolver: &mut Resolver, list: &Expr, name: &Name) {
    warn_of_flattened(resolver, list);
    let Some(scalar) = resolve_row(resolver, list) else {
        return;
    };
    let target = resolver.scope.allocate();
    resolver.define(&name.name, target, Origin::Alias, name.span);
    resolver.scope.holds(&name.name, Holds::Perhaps);
    resolver.scope.show(&name.name, target);
    let list = scalar;
    let keeps_missing = resolver.choices.unnest_keeps_missing;
    resolver.over_rows(Unnest {
        list,
        target,
        keeps_missing,
    });
}

/// An array of the event is no list: the name alone holds nothing.
fn warn_of_flattened(resolver: &mut Resolver, list: &Expr) {
    let ExprKind::Field(name) = &list.kind else {
        return;
    };
    let is_field = !resolver.scope.after_stats && resolver.scope.find(&name.name).is_none();
    if !is_field || member::holds(resolver, list) != Holds::Plain {
        return;
    }
    let message = format!(
        "`{}` is a field of the event, which holds no list",
        name.name
    );
    resolver.diagnostics.push(
        Diagnostic::warning(&query::FLATTENED_ARRAY, list.span, message).help(format!(
            "`expand {}` makes rows of an array of the event; `jsonParse(@message)` reads the event as a map",
            name.name
        )),
    );
}

/// `expand name`
pub(super) fn expand(resolver: &mut Resolver, name: &Name) {
    let is_field = is_of_event(resolver, name);
    let Some(field) = resolver.overwrite(name) else {
        return;
    };
    let event = if is_field {
        let message = resolver.read("@message", name.span);
        message.map(|slot| (slot, path(name)))
    } else {
        None
    };
    resolver.scope.holds(&name.name, Holds::Perhaps);
    let drops_missing = resolver.choices.expand_drops_missing;
    resolver.over_rows(Expand {
        field,
        event,
        drops_missing,
    });
}

/// Whether a name that was not read yet, or read as such, is a field of the event.
pub(super) fn is_of_event(resolver: &Resolver, name: &Name) -> bool {
    let origin = resolver.scope.origin(&name.name);
    !resolver.scope.after_stats && origin.is_none_or(|(origin, _)| origin == Origin::Field)
}

/// The way to the field in the event: arrays by index, as in the names of flattened fields.
pub(super) fn path(name: &Name) -> Vec<Step> {
    let own = name.name.strip_prefix('@');
    let cut = usize::from(own.is_some());
    let cuts: Vec<usize> = name.cuts.iter().map(|at| at - cut).collect();
    let keys = steps(own.unwrap_or(&name.name), &cuts, 0).into_iter();
    keys.map(|step| match step {
        Step::Key(key) => Step::Name(key),
        other => other,
    })
    .collect()
}
