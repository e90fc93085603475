use std::collections::BTreeMap;

use belfry_engine::base::Millis;
use belfry_engine::catalog::Catalog;

use super::execution::Execution;
use super::job::Job;
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
    /// Queries that were taken and do not run yet.
    pub(super) jobs: Vec<Job>,
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
            jobs: Vec::new(),
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
    /// Takes the queries that are to be run.
    pub(in crate::endpoint) fn take_jobs(&mut self) -> Vec<Job> {
        std::mem::take(&mut self.jobs)
    }

    /// The ids of queries that have not ended.
    pub(in crate::endpoint) fn unfinished(&self) -> Vec<String> {
        let running = self.executions.iter().filter(|one| one.ending.is_none());
        running.map(|one| one.id.clone()).collect()
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
