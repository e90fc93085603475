use indexmap::IndexMap;

use super::system::{self, Meaning};
use crate::diag::{Diagnostic, Span, nearest, query};
use crate::insights::plan::{Column, Input, Slot};

/// The names that exist at one place of the query.
#[derive(Debug, Default)]
pub(super) struct Scope {
    names: IndexMap<String, Entry>,
    /// Slots of a row so far.
    pub(super) width: usize,
    /// The inputs with their slots, in the scope of events.
    pub(super) inputs: Vec<(Slot, Input)>,
    /// Every place where a field of the event was read.
    pub(super) reads: Vec<(String, Span)>,
    /// Whether a `stats` came before, so that no new fields are found.
    pub(super) after_stats: bool,
    /// The key of the `stats` before that is a `bin`, where it has exactly one.
    pub(super) bin: Option<Slot>,
    /// Whether a command that only AWS runs came before, whose columns are not known.
    pub(super) open: bool,
    /// The columns to show.
    pub(super) columns: Vec<Column>,
    /// Whether `fields`, `display` or `stats` chose the columns.
    pub(super) listed: bool,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    slot: Slot,
    origin: Origin,
    span: Span,
    holds: Holds,
}

/// Whether values under a name can be maps or lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// Never.
    Plain,
    /// Some may be.
    Perhaps,
    /// Nothing else.
    Surely,
}

/// How a name came into being.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// A field of the event that was read or listed.
    Field,
    /// Defined by `as`, or the label of a column.
    Alias,
    /// Defined by `parse`.
    Parsed,
    /// Read out of a map or list.
    Member,
}

impl Scope {
    /// The scope behind a `stats`, still without names.
    pub(super) fn after_stats() -> Self {
        Self {
            after_stats: true,
            listed: true,
            ..Self::default()
        }
    }

    /// A new slot.
    pub(super) fn allocate(&mut self) -> Slot {
        self.width += 1;
        self.width - 1
    }

    /// The slot of `name`, finding a field of the event where nothing is defined.
    pub(super) fn read(
        &mut self,
        name: &str,
        span: Span,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Slot> {
        if let Some(entry) = self.names.get(name).copied() {
            if entry.origin == Origin::Field {
                self.note_read(name, span);
            }
            return Some(entry.slot);
        }
        if self.open {
            let slot = self.allocate();
            self.insert(name, slot, Origin::Field, span);
            return Some(slot);
        }
        if self.after_stats {
            diagnostics.push(self.unknown(name, span));
            return None;
        }
        let slot = match (self.input(name), system::meaning(name)) {
            (Some(slot), _) => slot,
            (None, Meaning::Refused(reason)) => {
                diagnostics.push(refused_field(name, span, reason));
                return None;
            }
            (None, _) => {
                diagnostics.push(self.unknown_system(name, span));
                self.allocate()
            }
        };
        self.insert(name, slot, Origin::Field, span);
        self.note_read(name, span);
        Some(slot)
    }

    /// Keys of `stats` that carry a field on are none of the event's any more.
    pub(super) fn note_read(&mut self, name: &str, span: Span) {
        if !self.after_stats {
            self.reads.push((name.to_owned(), span));
        }
    }

    /// The slot of `name` if it exists without finding a new field.
    pub(super) fn find(&self, name: &str) -> Option<Slot> {
        self.names.get(name).map(|entry| entry.slot)
    }

    /// How `name` came into being, if it did.
    pub(super) fn origin(&self, name: &str) -> Option<(Origin, Span)> {
        self.names.get(name).map(|entry| (entry.origin, entry.span))
    }

    /// Defines `name`; a name is defined once.
    pub(super) fn define(
        &mut self,
        name: &str,
        slot: Slot,
        origin: Origin,
        span: Span,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        if let Some((_, first)) = self.origin(name) {
            diagnostics.push(already_defined(name, span, first));
            return;
        }
        if !self.after_stats && system::is_of_every_event(name) {
            let message = format!("the field is already defined: `{name}`");
            let error = Diagnostic::error(&query::ALREADY_DEFINED, span, message)
                .label("every event has it from CloudWatch");
            diagnostics.push(error.help("choose another name, such as one without `@`"));
            return;
        }
        self.insert(name, slot, origin, span);
    }

    /// Makes a column's label a name, unless it is one already.
    pub(super) fn insert(&mut self, name: &str, slot: Slot, origin: Origin, span: Span) {
        let entry = Entry {
            slot,
            origin,
            span,
            holds: Holds::Plain,
        };
        self.names.entry(name.to_owned()).or_insert(entry);
    }

    /// Says what kind of values stand under a name.
    pub(super) fn holds(&mut self, name: &str, holds: Holds) {
        if let Some(entry) = self.names.get_mut(name) {
            entry.holds = holds;
        }
    }

    /// What kind of values stand under a name, if it exists.
    pub(super) fn held(&self, name: &str) -> Option<Holds> {
        self.names.get(name).map(|entry| entry.holds)
    }

    /// The slot of a name that can hold a map or list.
    pub(super) fn holder(&self, name: &str) -> Option<Slot> {
        let entry = self.names.get(name)?;
        (entry.holds != Holds::Plain).then_some(entry.slot)
    }

    /// Forgets what was read out of the map or list under `name`, since its values change.
    pub(super) fn forget_members(&mut self, name: &str) {
        let inside = |member: &str| {
            let behind = member.strip_prefix(name);
            behind.is_some_and(|rest| rest.starts_with('.'))
        };
        self.names
            .retain(|member, entry| entry.origin != Origin::Member || !inside(member));
    }

    /// A name that begins with this one and a dot, or a name for a map or list that its members begin with.
    pub(super) fn within(&self, side: &str) -> Option<&str> {
        let begins = |name: &str| {
            let rest = name.strip_prefix(side);
            rest.is_some_and(|rest| rest.starts_with('.'))
        };
        let mut names = self.names.iter();
        let found = names.find(|(name, entry)| {
            begins(name) || (name.as_str() == side && entry.holds != Holds::Plain)
        });
        found.map(|(name, _)| name.as_str())
    }

    /// A slot for the field of the event called `name`, of which the query does not learn otherwise.
    pub(super) fn input(&mut self, name: &str) -> Option<Slot> {
        let input = match system::meaning(name) {
            Meaning::Input(input) if !self.after_stats => input,
            _ => return None,
        };
        if let Some((slot, _)) = self.inputs.iter().find(|(_, known)| *known == input) {
            return Some(*slot);
        }
        let slot = self.allocate();
        self.inputs.push((slot, input));
        Some(slot)
    }

    /// Adds a column; one that is there stays where it is.
    pub(super) fn show(&mut self, label: &str, slot: Slot) {
        if !self.columns.iter().any(|column| column.label == label) {
            let label = label.to_owned();
            self.columns.push(Column { label, slot });
        }
    }

    fn unknown(&self, name: &str, span: Span) -> Diagnostic {
        let message = format!("unknown symbols found in or after stats: `{name}`");
        let error = Diagnostic::error(&query::UNKNOWN_AFTER_STATS, span, message)
            .label("after `stats` only its keys and results exist");
        let names: Vec<_> = self.names.keys().map(String::as_str).collect();
        match nearest(name, names.iter().copied()) {
            Some(near) => error.replace(span, quoted(near), "a result with a similar name exists"),
            None => error.help(format!("these exist: {}", names.join(", "))),
        }
    }

    fn unknown_system(&self, name: &str, span: Span) -> Diagnostic {
        let message = format!("CloudWatch knows no system field `{name}`; it is always missing");
        let warning = Diagnostic::warning(&query::UNKNOWN_SYSTEM_FIELD, span, message);
        match nearest(name, system::names()) {
            Some(near) => warning.replace(span, near, "a field with a similar name exists"),
            None => warning.help(format!(
                "a field of the log named `{name}` is written `@{name}`"
            )),
        }
    }
}

/// The error for a name that is defined twice.
pub(super) fn already_defined(name: &str, span: Span, first: Span) -> Diagnostic {
    let message = format!("the field is already defined: `{name}`");
    Diagnostic::error(&query::ALREADY_DEFINED, span, message)
        .also(first, "first used here")
        .help("choose another name: AWS defines a name once in a query")
}

/// The error for a field that CloudWatch fills and that cannot be filled here.
pub(in crate::insights) fn refused_field(name: &str, span: Span, reason: &str) -> Diagnostic {
    let message = format!("the field `{name}` cannot be filled here: {reason}");
    Diagnostic::error(&query::UNSUPPORTED_FIELD, span, message)
        .help("`parse @message /…(?<name>…)/` takes values out of the event's text")
}

/// The name as it is written in a query.
fn quoted(name: &str) -> String {
    let plain = name
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '_' | '@' | '.'));
    if plain {
        name.to_owned()
    } else {
        format!("`{name}`")
    }
}
