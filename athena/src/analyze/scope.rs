use crate::types::Type;

/// A column that expressions can name.
#[derive(Clone, Debug)]
pub(super) struct Field {
    /// What it belongs to: an alias, or table and database from the back. In small letters.
    pub(super) relation: Vec<String>,
    /// As it was written; `None` for expressions without a name.
    pub(super) name: Option<String>,
    pub(super) of: Type,
    /// Not part of `*`, as `$path`.
    pub(super) hidden: bool,
}

/// The columns of the rows that an expression is about.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    pub(super) fields: Vec<Field>,
}

/// What a name stands for.
pub(super) enum Found {
    One(usize),
    Several,
    None,
}

impl Field {
    fn is(&self, parts: &[String]) -> bool {
        let Some((name, relation)) = parts.split_last() else {
            return false;
        };
        let own = self
            .name
            .as_ref()
            .is_some_and(|own| own.to_lowercase() == *name);
        own && self.belongs(relation)
    }

    /// Whether it belongs to a relation; the last part must be the relation's name, those before it may be left out.
    pub(super) fn belongs(&self, relation: &[String]) -> bool {
        self.relation.ends_with(relation)
    }
}

impl Scope {
    /// The column of a name in small letters, with the parts before it.
    pub(super) fn find(&self, parts: &[String]) -> Found {
        let mut all = (0..).zip(&self.fields).filter(|(_, field)| field.is(parts));
        match (all.next(), all.next()) {
            (Some((place, _)), None) => Found::One(place),
            (Some(_), Some(_)) => Found::Several,
            (None, _) => Found::None,
        }
    }

    /// The columns of both, one after the other.
    pub(super) fn with(mut self, other: Self) -> Self {
        self.fields.extend(other.fields);
        self
    }

    /// The same columns under another name, and perhaps with other names of their own.
    pub(super) fn named(mut self, relation: &str, columns: &[String]) -> Self {
        self.fields
            .retain(|field| columns.is_empty() || !field.hidden);
        for (place, field) in self.fields.iter_mut().enumerate() {
            field.relation = vec![relation.to_owned()];
            if let Some(name) = columns.get(place) {
                field.name = Some(name.clone());
            }
        }
        self
    }
}
