use std::collections::BTreeMap;

use crate::base::Millis;
use crate::insights::{Parameter, SavedQueries, SavedQuery};

/// A saved Logs Insights query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryDefinition {
    /// UUID-shaped.
    pub id: String,
    /// 1 to 255 characters; `/` makes folders.
    pub name: String,
    /// The text, 1 to 10,000 characters.
    pub query_string: String,
    /// What the text takes, at most 20.
    pub parameters: Vec<Parameter>,
    /// The groups it is meant for; may be empty.
    pub log_group_names: Vec<String>,
    /// When it was put.
    pub last_modified: Millis,
}

/// All saved queries by id.
#[derive(Clone, Debug, Default)]
pub struct QueryDefinitionStore {
    definitions: BTreeMap<String, QueryDefinition>,
    tokens: BTreeMap<String, String>,
}

impl QueryDefinitionStore {
    /// The definition that an earlier call with this `clientToken` put.
    pub fn of_client_token(&self, token: &str) -> Option<&QueryDefinition> {
        self.get(self.tokens.get(token)?)
    }

    /// Notes which definition a `clientToken` put, so that the same call again makes no second one.
    pub fn remember_client_token(&mut self, token: &str, id: &str) {
        self.tokens.insert(token.into(), id.into());
    }

    /// Creates or wholly replaces the definition of that id.
    pub fn put(&mut self, definition: QueryDefinition) {
        self.definitions.insert(definition.id.clone(), definition);
    }

    /// One definition.
    pub fn get(&self, id: &str) -> Option<&QueryDefinition> {
        self.definitions.get(id)
    }

    /// Removes a definition; whether it was there.
    pub fn delete(&mut self, id: &str) -> bool {
        self.definitions.remove(id).is_some()
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.definitions.len()
    }

    /// The definitions whose names begin with `prefix`, by name, then id.
    pub fn by_name(&self, prefix: &str) -> Vec<&QueryDefinition> {
        let mut found: Vec<_> = self
            .definitions
            .values()
            .filter(|d| d.name.starts_with(prefix))
            .collect();
        found.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
        found
    }
}

/// What a query of the account may call.
impl SavedQueries for QueryDefinitionStore {
    fn named(&self, name: &str) -> Vec<SavedQuery> {
        let named = self.definitions.values().filter(|d| d.name == name);
        let saved = named.map(|definition| SavedQuery {
            name: definition.name.clone(),
            text: definition.query_string.clone(),
            parameters: definition.parameters.clone(),
        });
        saved.collect()
    }

    fn names(&self) -> Vec<String> {
        let all = self.by_name("").into_iter();
        all.map(|definition| definition.name.clone()).collect()
    }
}
