use std::collections::BTreeMap;

use belfry_engine::base::Millis;
use belfry_engine::catalog::Catalog;

use super::execution::Execution;
use super::named_query::NamedQuery;
use super::prepared::PreparedStatement;
use super::workgroup::WorkGroup;
use crate::endpoint::Document;

/// What Athena keeps of one region.
#[derive(Debug)]
pub struct AthenaStore {
    /// Databases and tables.
    pub catalog: Catalog,
    /// By name; `primary` is always there.
    pub(super) workgroups: BTreeMap<String, WorkGroup>,
    /// By id.
    pub(super) named_queries: BTreeMap<String, NamedQuery>,
    /// By workgroup and name.
    pub(super) prepared: BTreeMap<(String, String), PreparedStatement>,
    /// In order of their submission.
    pub(super) executions: Vec<Execution>,
    /// What was asked under a `ClientRequestToken`, and the id that was answered.
    tokens: BTreeMap<String, (Document, String)>,
}

impl Default for AthenaStore {
    fn default() -> Self {
        let primary = WorkGroup::primary(Millis(0));
        Self {
            catalog: Catalog::default(),
            workgroups: BTreeMap::from([(primary.name.clone(), primary)]),
            named_queries: BTreeMap::new(),
            prepared: BTreeMap::new(),
            executions: Vec::new(),
            tokens: BTreeMap::new(),
        }
    }
}

/// What a `ClientRequestToken` stands for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Known {
    /// A request that was answered with this id.
    Same(String),
    /// Another request.
    Other,
    /// Nothing yet.
    New,
}

impl AthenaStore {
    pub(super) fn execution(&self, id: &str) -> Option<&Execution> {
        self.executions.iter().find(|execution| execution.id == id)
    }

    pub(super) fn token(&self, token: &str, request: &Document) -> Known {
        match self.tokens.get(token) {
            None => Known::New,
            Some((asked, id)) if asked == request => Known::Same(id.clone()),
            Some(_) => Known::Other,
        }
    }

    pub(super) fn remember(&mut self, token: &str, request: Document, id: &str) {
        self.tokens
            .insert(token.to_owned(), (request, id.to_owned()));
    }
}
