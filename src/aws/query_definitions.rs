use aws_sdk_cloudwatchlogs::types::{QueryDefinition, QueryLanguage, QueryParameter};
use belfry_engine::insights::Parameter;

use super::CloudError;
use super::actions::QUERIES;
use super::cloud::AwsCloud;
use crate::iam::{APPLY, Action, On, PLAN};
use crate::provision::resources::QueryResource;
use crate::provision::{Observed, Ownership, Resource, Scope};

/// What this file asks of AWS.
pub(super) const ACTIONS: &[Action] = &[
    Action::new(
        "describe_query_definitions",
        "logs:DescribeQueryDefinitions",
        On::Everything(QUERIES),
        PLAN,
    ),
    Action::new(
        "put_query_definition",
        "logs:PutQueryDefinition",
        On::Everything(QUERIES),
        APPLY,
    ),
    Action::new(
        "delete_query_definition",
        "logs:DeleteQueryDefinition",
        On::Everything(QUERIES),
        APPLY,
    ),
];

impl AwsCloud {
    /// Saved queries carry no tags: those whose names begin with the suite's name and a slash are the
    /// suite's.
    pub(super) async fn observe_queries(
        &self,
        scope: &Scope<'_>,
        observed: &mut Observed,
    ) -> Result<(), CloudError> {
        let prefix = format!("{}/", scope.suite);
        self.observe_queries_named(&prefix, observed).await
    }

    /// Those whose names begin with `prefix`.
    pub(super) async fn observe_queries_named(
        &self,
        prefix: &str,
        observed: &mut Observed,
    ) -> Result<(), CloudError> {
        let mut token = None;
        loop {
            let page = self
                .session
                .logs()
                .describe_query_definitions()
                .query_definition_name_prefix(prefix)
                .set_next_token(token)
                .send()
                .await
                .map_err(|e| CloudError::from_sdk("DescribeQueryDefinitions", prefix, &e))?;
            for definition in page.query_definitions() {
                insert(definition, observed);
            }
            token = page.next_token().map(str::to_owned);
            if token.is_none() {
                return Ok(());
            }
        }
    }

    /// `id` is that of the definition to replace; without it AWS makes a second one of the same name.
    pub(super) async fn put_query(
        &self,
        query: &QueryResource,
        id: Option<&str>,
    ) -> Result<(), CloudError> {
        self.session
            .logs()
            .put_query_definition()
            .name(&query.name)
            .query_string(&query.text)
            .set_log_group_names(Some(query.log_groups.clone()))
            .set_parameters(parameters(query)?)
            .set_query_definition_id(id.map(str::to_owned))
            .send()
            .await
            .map_err(|e| CloudError::from_sdk("PutQueryDefinition", &query.name, &e))?;
        Ok(())
    }

    pub(super) async fn delete_query(
        &self,
        query: &QueryResource,
        id: Option<&str>,
    ) -> Result<(), CloudError> {
        self.session
            .logs()
            .delete_query_definition()
            .set_query_definition_id(id.map(str::to_owned))
            .send()
            .await
            .map_err(|e| CloudError::from_sdk("DeleteQueryDefinition", &query.name, &e))?;
        Ok(())
    }
}

/// None where the query takes none: an empty list is another request.
fn parameters(query: &QueryResource) -> Result<Option<Vec<QueryParameter>>, CloudError> {
    let parameters = query.parameters.values().map(|parameter| {
        QueryParameter::builder()
            .name(&parameter.name)
            .set_default_value(parameter.default.clone())
            .set_description(parameter.description.clone())
            .build()
            .map_err(|error| {
                CloudError::local("PutQueryDefinition", &query.name, error.to_string())
            })
    });
    let parameters: Vec<QueryParameter> = parameters.collect::<Result<_, _>>()?;
    Ok((!parameters.is_empty()).then_some(parameters))
}

fn parameter(parameter: &QueryParameter) -> Parameter {
    Parameter {
        name: parameter.name().to_owned(),
        default: parameter.default_value().map(str::to_owned),
        description: parameter.description().map(str::to_owned),
    }
}

fn insert(definition: &QueryDefinition, observed: &mut Observed) {
    let id = definition.query_definition_id().unwrap_or_default();
    let mut query = QueryResource::new(
        definition.name().unwrap_or_default().to_owned(),
        definition.log_group_names().to_vec(),
        definition.query_string().unwrap_or_default().to_owned(),
        definition.parameters().iter().map(parameter),
    );
    let ownership = match definition.query_language() {
        None | Some(QueryLanguage::Cwli) => Ownership::Ours,
        Some(other) => Ownership::Foreign(format!("it is written in {}", other.as_str())),
    };
    let address = Resource::Query(query.clone()).address();
    // AWS allows two definitions of one name. The second gets an address of its own, so that it is
    // planned away.
    if observed.resources.contains_key(&address) {
        query.name = format!("{} ({id})", query.name);
    }
    observed.insert(Resource::Query(query), ownership, Some(id.to_owned()));
}
