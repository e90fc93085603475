//! `parse … logfmt`, `parse … csv` and `json field`: fields computed through maps and lists.

use super::expr::{Resolver, resolve_row};
use super::scope::{Holds, Origin};
use super::unnest;
use crate::diag::Span;
use crate::insights::ast::{Name, ParseSource};
use crate::insights::plan::{Operator, Scalar, Slot};
use crate::insights::value::{Step, Value, parse_csv, parse_logfmt, parse_structure};

/// `parse … logfmt as name`
pub(super) fn logfmt(resolver: &mut Resolver, source: &ParseSource, name: &Name) {
    let Some(text) = text(resolver, source) else {
        return;
    };
    let read = |arguments: &[Value<'_>]| {
        let found = arguments
            .first()
            .and_then(|text| parse_logfmt(&text.display()?));
        found.map_or(Value::Null, Value::Structure)
    };
    let slot = compute(resolver, Scalar::Call(read, vec![text]));
    found(resolver, name, slot);
    resolver.scope.holds(&name.name, Holds::Surely);
}

/// `parse … csv as name, …`
pub(super) fn csv(resolver: &mut Resolver, source: &ParseSource, names: &[Name]) {
    let Some(text) = text(resolver, source) else {
        return;
    };
    let read = |arguments: &[Value<'_>]| {
        let text = arguments.first().and_then(Value::display);
        text.map_or(Value::Null, |text| Value::Structure(parse_csv(&text)))
    };
    let record = compute(resolver, Scalar::Call(read, vec![text]));
    for (index, name) in names.iter().enumerate() {
        let slot = compute(resolver, member(record, vec![Step::Index(index)]));
        found(resolver, name, slot);
    }
}

/// `json field=f "path" as name`
pub(super) fn json_field(resolver: &mut Resolver, field: &Name, path: &str, name: &Name) {
    let is_field = unnest::is_of_event(resolver, field);
    let Some(source) = resolver.read_name(field) else {
        return;
    };
    let read = |arguments: &[Value<'_>]| match arguments.first() {
        Some(Value::Structure(structure)) => Value::Structure(structure.clone()),
        Some(Value::Text(text)) => parse_structure(text).map_or(Value::Null, Value::Structure),
        _ => Value::Null,
    };
    let parsed = compute(resolver, Scalar::Call(read, vec![Scalar::Slot(source)]));
    let keys = resolver.choices.path_numbers_are_keys;
    let steps: Vec<Step> = path.split('.').map(|name| step(name, keys)).collect();
    // An object of the event is flattened to its members, so that its name alone holds nothing.
    let message = match is_field {
        true => resolver.read("@message", Span::default()),
        false => None,
    };
    let message = message.map(|message| Scalar::Member {
        base: Box::new(Scalar::Call(read, vec![Scalar::Slot(message)])),
        path: unnest::path(field)
            .into_iter()
            .chain(steps.clone())
            .collect(),
        otherwise: None,
    });
    let value = Scalar::Member {
        base: Box::new(Scalar::Slot(parsed)),
        path: steps,
        otherwise: message.map(Box::new),
    };
    let slot = compute(resolver, value);
    found(resolver, name, slot);
    resolver.scope.holds(&name.name, Holds::Perhaps);
}

fn step(name: &str, numbers_are_keys: bool) -> Step {
    if !numbers_are_keys {
        return Step::Name(name.to_owned());
    }
    Step::Key(name.to_owned())
}

fn text(resolver: &mut Resolver, source: &ParseSource) -> Option<Scalar> {
    match &source.expr {
        Some(expr) => resolve_row(resolver, expr),
        None => resolver.read("@message", source.span).map(Scalar::Slot),
    }
}

fn member(slot: Slot, path: Vec<Step>) -> Scalar {
    Scalar::Member {
        base: Box::new(Scalar::Slot(slot)),
        path,
        otherwise: None,
    }
}

fn compute(resolver: &mut Resolver, scalar: Scalar) -> Slot {
    let slot = resolver.scope.allocate();
    resolver.operators.push(Operator::Compute { slot, scalar });
    slot
}

fn found(resolver: &mut Resolver, name: &Name, slot: Slot) {
    resolver.define(&name.name, slot, Origin::Parsed, name.span);
    resolver.scope.show(&name.name, slot);
}
