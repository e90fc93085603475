use super::commands;
use super::expr::Resolver;
use super::scope::{Holds, Origin, Scope};
use crate::diag::{Diagnostic, query};
use crate::insights::ast::{Join, Name};
use crate::insights::others::{Cell, Matches, Need, Rows, Take};
use crate::insights::plan::{Column, Slot};
use crate::insights::source::Source;
use crate::insights::value::Value;
use crate::insights::whole;

/// The other side of a `join`. Its fields are read by name behind the command, so that its own plan is
/// complete only where no more can be read.
pub(super) struct Joined {
    left: String,
    right: String,
    source: Option<Source>,
    resolver: Resolver,
    key: Slot,
    /// Slots of the subquery and where their values go.
    columns: Vec<(Slot, Slot)>,
    targets: Cell<Vec<Slot>>,
    matches: Cell<Matches>,
}

/// A name of one side, without the side.
pub(super) enum Side {
    Left(Name),
    Right(Name),
}

/// `join type=t left=name right=name where left.field=right.field (SOURCE … | …)`
pub(super) fn resolve(resolver: &mut Resolver, join: &Join) {
    let mut other = commands::commands(&join.query.commands, resolver.choices);
    for side in [&join.left, &join.right] {
        check_free(resolver, side);
    }
    if join.left.name == join.right.name {
        let message = format!("both sides of `join` are called `{}`", join.right.name);
        let error = Diagnostic::error(&query::JOIN, join.right.span, message);
        let error = error.also(join.left.span, "the left side is here");
        resolver
            .diagnostics
            .push(error.help("name the sides apart"));
    }
    let left = within(&join.left_key).and_then(|key| read_left(resolver, &join.left_key, &key));
    let right = within(&join.right_key).and_then(|key| other.read_name(&key));
    let (Some(left), Some(right)) = (left, right) else {
        resolver.diagnostics.append(&mut other.diagnostics);
        return;
    };
    let (targets, matches) = (Cell::default(), Cell::default());
    resolver.over_rows(whole::Join {
        key: left,
        keep_left: join.keep_left,
        matches: Cell::clone(&matches),
        targets: Cell::clone(&targets),
    });
    resolver.joined = Some(Box::new(Joined {
        left: join.left.name.clone(),
        right: join.right.name.clone(),
        source: join.query.source.clone(),
        resolver: other,
        key: right,
        columns: Vec::new(),
        targets,
        matches,
    }));
}

/// A side's name must not stand in front of names that exist: `order.id` could then mean two things.
fn check_free(resolver: &mut Resolver, side: &Name) {
    let Some(name) = resolver.scope.within(&side.name) else {
        return;
    };
    let message = format!(
        "the side of `join` called `{}` hides the field `{name}`",
        side.name
    );
    let error = Diagnostic::error(&query::JOIN, side.span, message);
    resolver
        .diagnostics
        .push(error.help("choose a name that no field before the `join` begins with"));
}

/// What stands behind the first dot of a name.
fn within(name: &Name) -> Option<Name> {
    let cut = name.cuts.first().copied()? + 1;
    let rest = name.name.get(cut..)?;
    Some(Name {
        name: rest.to_owned(),
        cuts: name.cuts.iter().skip(1).map(|at| at - cut).collect(),
        span: name.span,
    })
}

/// Which side a name belongs to, behind a `join`.
pub(super) fn side(resolver: &Resolver, name: &Name) -> Option<Side> {
    let joined = resolver.joined.as_deref()?;
    let side = name.name.get(..name.cuts.first().copied()?)?;
    if side == joined.left {
        within(name).map(Side::Left)
    } else if side == joined.right {
        within(name).map(Side::Right)
    } else {
        None
    }
}

/// The slot of a name with its side.
pub(super) fn read(resolver: &mut Resolver, name: &Name, side: Side) -> Option<Slot> {
    match side {
        Side::Left(field) => read_left(resolver, name, &field),
        Side::Right(field) => {
            let joined = resolver.joined.as_deref_mut()?;
            let other = joined.resolver.read_name(&field)?;
            let holds = joined.resolver.scope.held(&field.name);
            let slot = resolver.scope.allocate();
            joined.columns.push((other, slot));
            named(&mut resolver.scope, name, slot, holds);
            Some(slot)
        }
    }
}

/// A field of the left side under its full name. What is written with the side does not take the name
/// itself: `fields o.id as id` stays possible.
fn read_left(resolver: &mut Resolver, name: &Name, field: &Name) -> Option<Slot> {
    let slot = match resolver.scope.input(&field.name) {
        Some(slot) if resolver.scope.find(&field.name).is_none() && field.cuts.is_empty() => {
            resolver.scope.note_read(&field.name, name.span);
            slot
        }
        _ => resolver.read_name(field)?,
    };
    let holds = resolver.scope.held(&field.name);
    named(&mut resolver.scope, name, slot, holds);
    Some(slot)
}

fn named(scope: &mut Scope, name: &Name, slot: Slot, holds: Option<Holds>) {
    scope.insert(&name.name, slot, Origin::Field, name.span);
    scope.holds(&name.name, holds.unwrap_or(Holds::Plain));
}

/// Completes the other side of a `join`: no more of its fields can be read.
pub(super) fn close(resolver: &mut Resolver) {
    let Some(joined) = resolver.joined.take() else {
        return;
    };
    let mut other = joined.resolver;
    let key = joined.key;
    let (from, to): (Vec<Slot>, Vec<Slot>) = joined.columns.into_iter().unzip();
    other.scope.listed = true;
    other.scope.columns = std::iter::once(key)
        .chain(from.iter().copied())
        .map(|slot| Column {
            label: String::new(),
            slot,
        })
        .collect();
    let (plan, diagnostics) = commands::finish(other);
    resolver.diagnostics.extend(diagnostics);
    resolver.adopt(&plan);
    joined.targets.get_or_init(|| to);
    let matches = joined.matches;
    let take = Take::new(move |rows| {
        let rows = rows.into_iter().map(|row| {
            let value = |slot: Slot| row.values.get(slot).cloned().unwrap_or(Value::Null);
            (value(key), from.iter().map(|slot| value(*slot)).collect())
        });
        let found = Matches::new(rows)?;
        matches.get_or_init(|| found);
        Ok(())
    });
    resolver.needs.push(Need::Rows(Rows {
        source: joined.source,
        plan: Box::new(plan),
        earlier: None,
        most: usize::MAX,
        take,
    }));
}

/// What kind of values stand under a name of a side.
pub(super) fn held(resolver: &Resolver, side: &Side) -> Option<Holds> {
    let (resolver, name) = match side {
        Side::Left(name) => (resolver, name),
        Side::Right(name) => (&resolver.joined.as_deref()?.resolver, name),
    };
    Some(super::member::held(resolver, name))
}
