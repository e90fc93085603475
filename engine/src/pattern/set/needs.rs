use crate::pattern::conditions::Conditions;

/// Texts of which a message must hold some for a pattern to match: a message without them is not looked at. Texts are
/// numbered by the set that collects them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::pattern::set) enum Needs {
    /// Every message may match.
    Nothing,
    /// The text of this number.
    Text(usize),
    All(Vec<Self>),
    Any(Vec<Self>),
}

impl Needs {
    /// Whether a message that holds the texts of which `found` is true may match.
    pub(in crate::pattern::set) fn are_met(&self, found: &[bool]) -> bool {
        match self {
            Self::Nothing => true,
            Self::Text(text) => found.get(*text).copied().unwrap_or(true),
            Self::All(all) => all.iter().all(|needs| needs.are_met(found)),
            Self::Any(any) => any.iter().any(|needs| needs.are_met(found)),
        }
    }

    pub(in crate::pattern::set) fn all(mut all: Vec<Self>) -> Self {
        all.retain(|needs| *needs != Self::Nothing);
        if all.is_empty() {
            return Self::Nothing;
        }
        Self::All(all)
    }

    fn any(any: Vec<Self>) -> Self {
        if any.contains(&Self::Nothing) {
            return Self::Nothing;
        }
        Self::Any(any)
    }

    /// The needs of conditions, from the needs of each.
    pub(in crate::pattern::set) fn of<C>(
        conditions: &Conditions<C>,
        each: &mut dyn FnMut(&C) -> Self,
    ) -> Self {
        match conditions {
            Conditions::One(one) => each(one),
            Conditions::All(all) => Self::all(all.iter().map(|c| Self::of(c, each)).collect()),
            Conditions::Any(any) => Self::any(any.iter().map(|c| Self::of(c, each)).collect()),
        }
    }
}
