use super::CloudError;
use super::cloud::AwsCloud;
use crate::iam::{APPLY, Action, On, PLAN};
use crate::provision::resources::NamedQueryResource;
use crate::provision::{Observed, Ownership, Resource, Scope};

/// What this file asks of AWS.
pub(super) const ACTIONS: &[Action] = &[
    Action::new(
        "list_named_queries",
        "athena:ListNamedQueries",
        On::Workgroup,
        PLAN,
    ),
    Action::new(
        "batch_get_named_query",
        "athena:BatchGetNamedQuery",
        On::Workgroup,
        PLAN,
    ),
    Action::new(
        "create_named_query",
        "athena:CreateNamedQuery",
        On::Workgroup,
        APPLY,
    ),
    Action::new(
        "update_named_query",
        "athena:UpdateNamedQuery",
        On::Workgroup,
        APPLY,
    ),
    Action::new(
        "delete_named_query",
        "athena:DeleteNamedQuery",
        On::Workgroup,
        APPLY,
    ),
];

/// The most ids of one BatchGetNamedQuery.
const MOST: usize = 50;

impl AwsCloud {
    /// Named queries carry no tags: those of the workgroup whose names begin with the suite's name and a slash are the
    /// suite's.
    pub(super) async fn observe_named_queries(
        &self,
        workgroup: &str,
        scope: &Scope<'_>,
        observed: &mut Observed,
    ) -> Result<(), CloudError> {
        let athena = self.session.athena();
        let request = athena.list_named_queries().work_group(workgroup);
        let mut pages = request.into_paginator().send();
        let mut ids = Vec::new();
        while let Some(page) = pages.next().await {
            let page = page.map_err(|e| CloudError::from_sdk("ListNamedQueries", workgroup, &e))?;
            ids.extend(page.named_query_ids().iter().cloned());
        }
        let prefix = format!("{}/", scope.suite);
        for some in ids.chunks(MOST) {
            let request = athena
                .batch_get_named_query()
                .set_named_query_ids(Some(some.to_vec()));
            let answer = request.send().await;
            let answer =
                answer.map_err(|e| CloudError::from_sdk("BatchGetNamedQuery", workgroup, &e))?;
            for query in answer.named_queries() {
                if !query.name().starts_with(&prefix) {
                    continue;
                }
                let resource = NamedQueryResource {
                    name: query.name().to_owned(),
                    workgroup: query.work_group().unwrap_or("primary").to_owned(),
                    database: query.database().to_owned(),
                    description: query.description().unwrap_or_default().to_owned(),
                    text: query.query_string().to_owned(),
                };
                let id = query.named_query_id().map(str::to_owned);
                observed.insert(Resource::NamedQuery(resource), Ownership::Ours, id);
            }
        }
        Ok(())
    }

    /// An update keeps database and workgroup, so where these differ the query is made anew.
    pub(super) async fn put_named_query(
        &self,
        wanted: &NamedQueryResource,
        before: Option<&Resource>,
        id: Option<&str>,
    ) -> Result<(), CloudError> {
        let athena = self.session.athena();
        if let (Some(Resource::NamedQuery(before)), Some(id)) = (before, id) {
            let place =
                |query: &NamedQueryResource| (query.workgroup.clone(), query.database.clone());
            if place(before) == place(wanted) {
                let request = athena
                    .update_named_query()
                    .named_query_id(id)
                    .name(&wanted.name);
                let request = request
                    .description(&wanted.description)
                    .query_string(&wanted.text);
                let changed = request.send().await;
                changed.map_err(|e| CloudError::from_sdk("UpdateNamedQuery", &wanted.name, &e))?;
                return Ok(());
            }
            self.delete_named_query(&wanted.name, Some(id)).await?;
        }
        let description = (!wanted.description.is_empty()).then(|| wanted.description.clone());
        let request = athena
            .create_named_query()
            .name(&wanted.name)
            .set_description(description);
        let request = request
            .database(&wanted.database)
            .work_group(&wanted.workgroup);
        let made = request.query_string(&wanted.text).send().await;
        made.map_err(|e| CloudError::from_sdk("CreateNamedQuery", &wanted.name, &e))?;
        Ok(())
    }

    pub(super) async fn delete_named_query(
        &self,
        name: &str,
        id: Option<&str>,
    ) -> Result<(), CloudError> {
        let Some(id) = id else {
            return Ok(());
        };
        let athena = self.session.athena();
        let answer = athena.delete_named_query().named_query_id(id).send().await;
        let answer = answer.map_err(|e| CloudError::from_sdk("DeleteNamedQuery", name, &e));
        match answer {
            // Deleted by an earlier attempt whose answer was lost.
            Err(error) if error.message.contains("was not found") => Ok(()),
            answer => answer.map(drop),
        }
    }
}
