//! `accum`, `autoregress`, `filldown` and `sessionize`: commands that depend on other rows.

use super::call::timestamp;
use super::expr::Resolver;
use super::scope::Origin;
use crate::diag::{Diagnostic, Span, query};
use crate::insights::ast::{Name, WildName};
use crate::insights::choices;
use crate::insights::period::Period;
use crate::insights::plan::Slot;
use crate::insights::whole::{Accum, Autoregress, FillDown, Sessionize};

/// `accum field [as name]`
pub(super) fn accum(resolver: &mut Resolver, field: &Name, name: Option<&Name>) {
    let (slot, target) = match name {
        Some(name) => (
            resolver.read_name(field),
            new(resolver, &name.name, name.span),
        ),
        None => {
            let slot = resolver.overwrite(field);
            (slot, slot.unwrap_or_default())
        }
    };
    if let Some(field) = slot {
        let skips_missing = resolver.choices.accum_skips_missing;
        resolver.over_rows(Accum {
            field,
            target,
            skips_missing,
        });
    }
}

/// `autoregress field [as prefix] p=from-to`
pub(super) fn autoregress(
    resolver: &mut Resolver,
    field: &Name,
    prefix: Option<&Name>,
    back: std::ops::RangeInclusive<usize>,
) {
    let Some(slot) = resolver.read_name(field) else {
        return;
    };
    let prefix = prefix.unwrap_or(field);
    let targets = back.map(|back| {
        let name = format!("{}_p{back}", prefix.name);
        (back, new(resolver, &name, prefix.span))
    });
    let targets = targets.collect();
    resolver.over_rows(Autoregress {
        field: slot,
        targets,
    });
}

/// `filldown name …`
pub(super) fn fill_down(resolver: &mut Resolver, names: &[WildName], span: Span) {
    let mut fields = Vec::new();
    if names.is_empty() {
        fields.extend(columns(resolver, "filldown", span));
    }
    for wild in names {
        match &wild.name {
            Some(name) => fields.extend(resolver.overwrite(name)),
            None => fields.extend(matching(resolver, wild)),
        }
    }
    resolver.over_rows(FillDown { fields });
}

fn matching(resolver: &mut Resolver, wild: &WildName) -> Vec<Slot> {
    let columns = columns(resolver, "filldown", wild.span);
    let shown = resolver.scope.columns.iter();
    let matching: Vec<(String, Slot)> = shown
        .filter(|column| columns.contains(&column.slot) && matches(&wild.parts, &column.label))
        .map(|column| (column.label.clone(), column.slot))
        .collect();
    if matching.is_empty() && !columns.is_empty() {
        let message = format!("no column matches `{}`", wild.parts.join("*"));
        let error = Diagnostic::error(&query::NO_COLUMNS, wild.span, message);
        resolver.diagnostics.push(
            error.help("`*` stands for any characters in the name of a column listed before"),
        );
    }
    for (label, _) in &matching {
        resolver.scope.forget_members(label);
    }
    matching.into_iter().map(|(_, slot)| slot).collect()
}

/// Whether a name is made of these texts with anything between them.
fn matches(parts: &[String], name: &str) -> bool {
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else {
        return false;
    };
    let Some(mut rest) = name.strip_prefix(first.as_str()) else {
        return false;
    };
    for part in parts.get(1..parts.len() - 1).unwrap_or_default() {
        match rest.split_once(part.as_str()) {
            Some((_, behind)) => rest = behind,
            None => return false,
        }
    }
    rest.ends_with(last.as_str())
}

/// The columns chosen so far; a command that takes all of them needs some.
pub(super) fn columns(resolver: &mut Resolver, command: &str, span: Span) -> Vec<Slot> {
    let slots: Vec<Slot> = resolver.scope.columns.iter().map(|c| c.slot).collect();
    if slots.is_empty() {
        let message = format!("no columns are chosen that `{command}` could take");
        resolver.diagnostics.push(
            Diagnostic::error(&query::NO_COLUMNS, span, message)
                .help("name the fields, or list them with `fields` before"),
        );
    }
    slots
}

/// `sessionize name, … [maxspan period] [as name]`
pub(super) fn sessionize(
    resolver: &mut Resolver,
    fields: &[Name],
    gap: Option<(Period, Span)>,
    name: Option<&Name>,
    span: Span,
) {
    let slots: Vec<Slot> = fields
        .iter()
        .filter_map(|field| super::commands::key(resolver, field, "`sessionize`"))
        .collect();
    let time = timestamp(resolver, "sessionize", span);
    let gap = match gap {
        Some((period, span)) => length(resolver, period, span),
        None => Some(choices::SESSION_GAP),
    };
    let target = match name {
        Some(name) => new(resolver, &name.name, name.span),
        None => new(resolver, "session_id", span),
    };
    if let (Some(time), Some(gap)) = (time, gap) {
        resolver.over_rows(Sessionize {
            fields: slots,
            time,
            gap,
            target,
        });
    }
}

fn length(resolver: &mut Resolver, period: Period, span: Span) -> Option<i64> {
    let length = period.millis();
    if length.is_none() {
        let message = "`maxspan` takes a period of fixed length";
        let error = Diagnostic::error(&query::ARGUMENT_KIND, span, message);
        resolver
            .diagnostics
            .push(error.help("months, quarters and years differ in length; write days"));
    }
    length
}

/// A new column.
pub(super) fn new(resolver: &mut Resolver, name: &str, span: Span) -> Slot {
    let slot = resolver.scope.allocate();
    resolver.define(name, slot, Origin::Alias, span);
    resolver.scope.show(name, slot);
    slot
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn stars_stand_for_any_characters() {
        let parts = |texts: &[&str]| texts.iter().map(|&t| t.to_owned()).collect::<Vec<_>>();
        assert!(matches(&parts(&["", ""]), "anything"));
        assert!(matches(&parts(&["a", "c", ""]), "abcd"));
        assert!(!matches(&parts(&["a", "a"]), "a"));
        assert!(!matches(&parts(&["a", "x", ""]), "abcd"));
    }
}
