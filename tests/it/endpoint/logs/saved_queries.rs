use super::Logs;
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
