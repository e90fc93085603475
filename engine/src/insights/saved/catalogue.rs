/// A saved query, as PutQueryDefinition takes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavedQuery {
    /// Its name, with the folders before it.
    pub name: String,
    /// The text, with `{{name}}` where a parameter goes.
    pub text: String,
    /// What it takes.
    pub parameters: Vec<Parameter>,
}

/// What a saved query takes.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Parameter {
    /// `^[a-zA-Z_][a-zA-Z0-9_]*$`
    pub name: String,
    /// What stands in its place where a call does not give it; none where every call must.
    pub default: Option<String>,
    /// What it is, for people.
    pub description: Option<String>,
}

/// The saved queries that a text may call.
pub trait SavedQueries {
    /// Those called `name`: AWS allows more than one.
    fn named(&self, name: &str) -> Vec<SavedQuery>;

    /// All names, for hints.
    fn names(&self) -> Vec<String>;
}

/// Where no saved queries are at hand.
#[derive(Clone, Copy, Debug)]
pub struct NoSavedQueries;

impl SavedQueries for NoSavedQueries {
    fn named(&self, _: &str) -> Vec<SavedQuery> {
        Vec::new()
    }

    fn names(&self) -> Vec<String> {
        Vec::new()
    }
}

impl SavedQueries for Vec<SavedQuery> {
    fn named(&self, name: &str) -> Vec<SavedQuery> {
        let named = self.iter().filter(|query| query.name == name);
        named.cloned().collect()
    }

    fn names(&self) -> Vec<String> {
        self.iter().map(|query| query.name.clone()).collect()
    }
}
