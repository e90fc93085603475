use super::expr::Resolver;
use super::join;
use super::scope::{Holds, Origin};
use crate::diag::{Diagnostic, Span, query};
use crate::insights::ast::{Expr, ExprKind, Name};
use crate::insights::parse::steps;
use crate::insights::plan::{Operator, Scalar, Slot};

impl Resolver {
    /// The slot of a name as it is written: a name that exists, else a member of the longest alias in
    /// front of one of its dots that holds a map or list, else a field of the event.
    pub(super) fn read_name(&mut self, name: &Name) -> Option<Slot> {
        if self.is_result(name) {
            return None;
        }
        if self.scope.find(&name.name).is_some() {
            return self.read(&name.name, name.span);
        }
        if let Some(side) = join::side(self, name) {
            return join::read(self, name, side);
        }
        let Some((cut, base)) = self.holder(name) else {
            return self.read(&name.name, name.span);
        };
        self.suspect_member(name, cut);
        let otherwise = self.field_behind(name);
        let slot = self.scope.allocate();
        let scalar = Scalar::Member {
            base: Box::new(Scalar::Slot(base)),
            path: steps(&name.name, &name.cuts, cut + 1),
            otherwise: otherwise.map(|slot| Box::new(Scalar::Slot(slot))),
        };
        self.operators.push(Operator::Compute { slot, scalar });
        self.scope
            .insert(&name.name, slot, Origin::Member, name.span);
        self.scope.holds(&name.name, Holds::Perhaps);
        Some(slot)
    }

    fn holder(&self, name: &Name) -> Option<(usize, Slot)> {
        name.cuts.iter().rev().find_map(|&cut| {
            let alias = name.name.get(..cut)?;
            let slot = self.scope.holder(alias)?;
            Some((cut, slot))
        })
    }

    /// The field of the event with the whole name, for rows where the alias holds no map or list.
    fn field_behind(&mut self, name: &Name) -> Option<Slot> {
        self.scope.input(&name.name)
    }
}

/// Refuses an index into what cannot be a list: an array of the event is flattened.
pub(super) fn check_base(resolver: &mut Resolver, base: &Expr, span: Span) -> bool {
    if holds(resolver, base) != Holds::Plain {
        return true;
    }
    let message = "an index in brackets reads lists made by `jsonParse` and the like; this is none";
    resolver.diagnostics.push(
        Diagnostic::error(&query::NOT_STRUCTURED, span, message)
            .help("an element of a JSON array in the event is read as `items.0`"),
    );
    false
}

/// Functions whose results are maps or lists.
const STRUCTURED: &[&str] = &["jsonParse", "split"];

/// Whether an expression can give a map or list.
pub(super) fn holds(resolver: &Resolver, expr: &Expr) -> Holds {
    match &expr.kind {
        ExprKind::Field(name) => held(resolver, name),
        ExprKind::Call { name, .. } => {
            let surely = STRUCTURED
                .iter()
                .any(|f| f.eq_ignore_ascii_case(&name.name));
            if surely {
                Holds::Surely
            } else {
                Holds::Perhaps
            }
        }
        ExprKind::Access { .. } => Holds::Perhaps,
        _ => Holds::Plain,
    }
}

/// What kind of values stand under a name as it is written.
pub(super) fn held(resolver: &Resolver, name: &Name) -> Holds {
    if let Some(holds) = resolver.scope.held(&name.name) {
        return holds;
    }
    if let Some(side) = join::side(resolver, name) {
        return join::held(resolver, &side).unwrap_or(Holds::Plain);
    }
    match resolver.holder(name) {
        Some(_) => Holds::Perhaps,
        None => Holds::Plain,
    }
}

/// Refuses a map or list where the user guide does not support them.
pub(super) fn refuse_structure(resolver: &mut Resolver, expr: &Expr, place: &str) {
    if holds(resolver, expr) != Holds::Surely {
        return;
    }
    let message = format!("a map or list cannot stand in {place}");
    resolver.diagnostics.push(
        Diagnostic::error(&query::STRUCTURED_PLACE, expr.span, message)
            .help("name one of its members, such as `m.key` or `l[0]`"),
    );
}
