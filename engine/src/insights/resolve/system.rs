use crate::insights::lambda::Field;
use crate::insights::origin;
use crate::insights::plan::Input;

/// The system fields that are filled.
const FILLED: &[(&str, Input)] = &[
    ("@timestamp", Input::Timestamp),
    ("@message", Input::Message),
    ("@logStream", Input::LogStream),
    ("@log", Input::Log),
    ("@ingestionTime", Input::IngestionTime),
    ("@ptr", Input::Pointer),
];

/// System fields that CloudWatch fills and Belfry does not, and why.
const REFUSED: &[(&str, &str)] = &[
    (
        "@source.log",
        "it names the group that centralised logs were copied from, and nothing is centralised here",
    ),
    ("@data_format", "AWS does not publish what it holds"),
];

/// What a name that was never defined stands for.
pub(super) enum Meaning {
    /// A system field or a JSON field.
    Input(Input),
    /// A system field that would silently be missing; why.
    Refused(&'static str),
    /// A name with `@` that CloudWatch does not know: always missing.
    Unknown,
}

/// Finds out what `name` stands for in an event.
pub(super) fn meaning(name: &str) -> Meaning {
    if let Some((_, input)) = FILLED.iter().find(|(filled, _)| *filled == name) {
        return Meaning::Input(input.clone());
    }
    if let Some(field) = Field::named(name) {
        return Meaning::Input(Input::Lambda(field));
    }
    if let Some(field) = origin::Field::named(name) {
        return Meaning::Input(Input::Origin(field));
    }
    if let Some((_, reason)) = REFUSED.iter().find(|(refused, _)| *refused == name) {
        return Meaning::Refused(reason);
    }
    match name.strip_prefix('@') {
        None => Meaning::Input(Input::Json(name.to_owned())),
        Some(own) if own.starts_with('@') => Meaning::Input(Input::Json(own.to_owned())),
        Some(_) => Meaning::Unknown,
    }
}

/// Whether every event has a field of that name, whatever its log.
pub(super) fn is_of_every_event(name: &str) -> bool {
    FILLED.iter().any(|(filled, _)| *filled == name)
}

/// The names of the filled system fields.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    let filled = FILLED.iter().map(|(name, _)| *name);
    filled.chain(Field::names()).chain(origin::Field::names())
}
