use crate::base::Millis;

/// A moment behind `start=` or `end=`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceTime {
    /// So many milliseconds before the query starts; none for `now`.
    Ago(i64),
    /// A moment.
    At(Millis),
}

impl SourceTime {
    /// The moment, for a query that starts `now`.
    pub fn at(self, now: Millis) -> Millis {
        match self {
            Self::Ago(millis) => now.plus(millis.saturating_neg()),
            Self::At(at) => at,
        }
    }
}
