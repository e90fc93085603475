//! Athena through the SDK: workgroups, named queries and prepared statements.

use aws_sdk_athena::error::ProvideErrorMetadata as _;
use aws_sdk_athena::types::{WorkGroupConfiguration, WorkGroupConfigurationUpdates};

use super::athena::Athena;

#[tokio::test]
async fn a_workgroup_is_configured_and_changed_member_by_member() {
    let athena = Athena::new().await;
    let client = &athena.client;
    let low = WorkGroupConfiguration::builder()
        .bytes_scanned_cutoff_per_query(9_999_999)
        .build();
    let refused = client
        .create_work_group()
        .name("low")
        .configuration(low)
        .send()
        .await
        .unwrap_err();
    assert!(
        refused
            .message()
            .unwrap()
            .contains("greater than or equal to 10000000")
    );
    let again = client
        .create_work_group()
        .name("own")
        .send()
        .await
        .unwrap_err();
    assert_eq!(again.message(), Some("WorkGroup is already created"));
    let updates = WorkGroupConfigurationUpdates::builder()
        .remove_bytes_scanned_cutoff_per_query(true)
        .publish_cloud_watch_metrics_enabled(true)
        .build();
    let update = client
        .update_work_group()
        .work_group("own")
        .description("d")
        .configuration_updates(updates);
    update.send().await.unwrap();
    let own = client
        .get_work_group()
        .work_group("own")
        .send()
        .await
        .unwrap()
        .work_group
        .unwrap();
    let configuration = own.configuration().unwrap();
    assert_eq!(configuration.bytes_scanned_cutoff_per_query(), None);
    assert_eq!(configuration.enforce_work_group_configuration(), Some(true));
    assert_eq!(
        configuration.publish_cloud_watch_metrics_enabled(),
        Some(true)
    );
    let result = configuration.result_configuration().unwrap();
    assert_eq!(result.output_location(), Some("s3://bucket-of-results/"));
    let primary = client
        .delete_work_group()
        .work_group("primary")
        .send()
        .await;
    assert_eq!(primary.unwrap_err().code(), Some("InvalidRequestException"));
}

#[tokio::test]
async fn named_queries_are_made_changed_and_deleted() {
    let athena = Athena::new().await;
    let client = &athena.client;
    let made = client
        .create_named_query()
        .name("n")
        .database("d")
        .query_string("SELECT 1")
        .work_group("own");
    let id = made.send().await.unwrap().named_query_id.unwrap();
    let update = client
        .update_named_query()
        .named_query_id(&id)
        .name("m")
        .query_string("SELECT 2");
    update.send().await.unwrap();
    let ids = client
        .list_named_queries()
        .work_group("own")
        .send()
        .await
        .unwrap();
    assert_eq!(ids.named_query_ids()[0], id);
    let both = client
        .batch_get_named_query()
        .named_query_ids(&id)
        .named_query_ids("none");
    let both = both.send().await.unwrap();
    assert_eq!(both.named_queries()[0].query_string(), "SELECT 2");
    assert_eq!(
        both.unprocessed_named_query_ids()[0].named_query_id(),
        Some("none")
    );
    let held = client
        .delete_work_group()
        .work_group("own")
        .send()
        .await
        .unwrap_err();
    assert_eq!(held.message(), Some("WorkGroup own is not empty"));
    client
        .delete_named_query()
        .named_query_id(&id)
        .send()
        .await
        .unwrap();
    client
        .delete_work_group()
        .work_group("own")
        .send()
        .await
        .unwrap();
}

#[tokio::test]
async fn prepared_statements_belong_to_a_workgroup() {
    let athena = Athena::new().await;
    let client = &athena.client;
    let make = |name: &str| {
        let request = client.create_prepared_statement().statement_name(name);
        request.work_group("own").query_statement("SELECT ?").send()
    };
    make("by_id").await.unwrap();
    assert!(
        make("1st")
            .await
            .unwrap_err()
            .message()
            .unwrap()
            .contains("regular expression pattern")
    );
    assert!(
        make("by_id")
            .await
            .unwrap_err()
            .message()
            .unwrap()
            .contains("already exists")
    );
    let got = client
        .get_prepared_statement()
        .statement_name("by_id")
        .work_group("own")
        .send()
        .await
        .unwrap();
    assert_eq!(
        got.prepared_statement.unwrap().query_statement(),
        Some("SELECT ?")
    );
    client
        .delete_prepared_statement()
        .statement_name("by_id")
        .work_group("own")
        .send()
        .await
        .unwrap();
    let gone = client
        .get_prepared_statement()
        .statement_name("by_id")
        .work_group("own")
        .send()
        .await;
    assert_eq!(gone.unwrap_err().code(), Some("ResourceNotFoundException"));
}
