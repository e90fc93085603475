use aws_sdk_cloudwatchlogs::types::{QueryLanguage, QueryParameter};

use super::{Logs, refusal};
use crate::endpoint::wire::START;

#[tokio::test]
async fn a_saved_query_is_replaced_by_its_id() {
    let logs = Logs::new().await;
    let put = |text: &str| {
        let put = logs
            .client
            .put_query_definition()
            .name("fraud-detection/errors");
        put.query_string(text)
    };
    let id = put("fields a")
        .send()
        .await
        .unwrap()
        .query_definition_id
        .unwrap();
    let again = put("fields b")
        .query_definition_id(&id)
        .log_group_names("g");
    assert_eq!(
        again.send().await.unwrap().query_definition_id,
        Some(id.clone())
    );
    let describe = logs.client.describe_query_definitions();
    let describe = describe.query_definition_name_prefix("fraud-detection/");
    let answer = describe.send().await.unwrap();
    let [definition] = answer.query_definitions() else {
        panic!("one definition: {answer:?}");
    };
    assert_eq!(definition.query_string(), Some("fields b"));
    assert_eq!(definition.log_group_names(), ["g"]);
    assert_eq!(definition.last_modified(), Some(START.0));
    let delete = logs
        .client
        .delete_query_definition()
        .query_definition_id(&id);
    assert!(delete.send().await.unwrap().success());
}

#[tokio::test]
async fn the_same_client_token_makes_one_definition() {
    let logs = Logs::new().await;
    let token = "0123456789012345678901234567890123456789";
    let put = || {
        let put = logs
            .client
            .put_query_definition()
            .name("n")
            .query_string("fields a");
        put.client_token(token).send()
    };
    let (first, second) = (put().await.unwrap(), put().await.unwrap());
    assert_eq!(first.query_definition_id(), second.query_definition_id());
}

fn parameter(name: &str, default: Option<&str>) -> QueryParameter {
    let parameter = QueryParameter::builder().name(name);
    parameter
        .set_default_value(default.map(str::to_owned))
        .build()
        .unwrap()
}

#[tokio::test]
async fn parameters_are_kept_and_replaced_as_a_whole() {
    let logs = Logs::new().await;
    let put = |text: &str| {
        let put = logs.client.put_query_definition().name("n");
        put.query_string(text)
    };
    let level = QueryParameter::builder()
        .name("level")
        .default_value("ERROR")
        .description("the level");
    let level = level.build().unwrap();
    let first = put("filter level = {{level}} | limit {{n}}")
        .parameters(level.clone())
        .parameters(parameter("n", None));
    let id = first.send().await.unwrap().query_definition_id.unwrap();
    let described = || async {
        let answer = logs.client.describe_query_definitions().send().await;
        let answer = answer.unwrap();
        answer.query_definitions()[0].parameters().to_vec()
    };
    assert_eq!(described().await, [level, parameter("n", None)]);
    let again = put("limit 1").query_definition_id(&id);
    again.send().await.unwrap();
    assert_eq!(described().await, []);
}

#[tokio::test]
async fn parameters_are_refused_as_aws_refuses_them() {
    let logs = Logs::new().await;
    let refused = async |text: &str, parameters: Vec<QueryParameter>, language: QueryLanguage| {
        let put = logs.client.put_query_definition().name("n");
        let put = put
            .query_string(text)
            .query_language(language)
            .set_parameters(Some(parameters));
        refusal(put.send().await)
    };
    let one = || vec![parameter("a", None)];
    let many = (0..21).map(|n| parameter(&format!("p{n}"), None)).collect();
    for (text, parameters, language, message) in [
        (
            "{{a}}",
            one(),
            QueryLanguage::Sql,
            "Parameters are only supported for CWLI query language",
        ),
        (
            "{{a}}",
            many,
            QueryLanguage::Cwli,
            "Parameter count exceeds the maximum of 20",
        ),
        (
            "limit 1",
            one(),
            QueryLanguage::Cwli,
            "Required parameters not found in queryString: a",
        ),
        (
            "{{a}}",
            vec![parameter("a", None), parameter("a", Some("1"))],
            QueryLanguage::Cwli,
            "Duplicate parameter name: a",
        ),
        (
            "{{1a}}",
            vec![parameter("1a", None)],
            QueryLanguage::Cwli,
            "1 validation error detected: Value '1a' at 'parameters.1.member.name' failed to satisfy constraint: \
             Member must satisfy regular expression pattern: ^[a-zA-Z_][a-zA-Z0-9_]*$",
        ),
    ] {
        let found = refused(text, parameters, language).await;
        assert_eq!(found, format!("InvalidParameterException: {message}"));
    }
}
