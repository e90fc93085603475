use crate::insights::lambda::Field;
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

/// System fields that CloudWatch fills and this version does not.
const REFUSED: &[&str] = &[
    "@source.log",
    "@data_source_name",
    "@data_source_type",
    "@data_format",
];

/// Families of system fields that CloudWatch fills and this version does not.
const REFUSED_PREFIXES: &[&str] = &["@entity.", "@aws."];

/// What a name that was never defined stands for.
pub(super) enum Meaning {
    /// A system field or a JSON field.
    Input(Input),
    /// A system field that would silently be missing.
    Refused,
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
    if REFUSED.contains(&name)
        || REFUSED_PREFIXES
            .iter()
            .any(|prefix| name.starts_with(prefix))
    {
        return Meaning::Refused;
    }
    match name.strip_prefix('@') {
        None => Meaning::Input(Input::Json(name.to_owned())),
        Some(own) if own.starts_with('@') => Meaning::Input(Input::Json(own.to_owned())),
        Some(_) => Meaning::Unknown,
    }
}

/// The names of the filled system fields.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    FILLED.iter().map(|(name, _)| *name).chain(Field::names())
}
