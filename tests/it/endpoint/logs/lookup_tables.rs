use super::queries::{ask, rows};
use super::{Logs, refusal};
use crate::endpoint::wire::START;

const USERS: &str = "id,name,team\n7,Ann,red\n8,\"Bo, jr.\",blue\n";
const ARN: &str = "arn:aws:logs:us-east-1:000000000000:lookup-table:users";

async fn with_table() -> Logs {
    let logs = Logs::with_group().await;
    logs.put(
        "a",
        &[
            (1, r#"{"user":7}"#),
            (2, r#"{"user":"8"}"#),
            (3, r#"{"user":9}"#),
        ],
    )
    .await;
    let request = logs.client.create_lookup_table().lookup_table_name("users");
    let created = request
        .table_body(USERS)
        .description("who")
        .tags("team", "x")
        .send()
        .await
        .unwrap();
    assert_eq!(created.lookup_table_arn(), Some(ARN));
    assert_eq!(created.created_at(), Some(START.0));
    logs
}

#[tokio::test]
async fn a_query_looks_up_what_a_table_holds() {
    let logs = with_table().await;
    let text = "fields user | lookup users id as user OUTPUT name, team | sort @timestamp asc | display user, name, team";
    assert_eq!(
        rows(&ask(&logs, text).await),
        [
            "user=7 name=Ann team=red @ptr",
            "user=8 name=Bo, jr. team=blue @ptr",
            "user=9 @ptr"
        ]
    );
}

#[tokio::test]
async fn a_table_is_described_read_replaced_and_deleted() {
    let logs = with_table().await;
    let listed = logs
        .client
        .describe_lookup_tables()
        .lookup_table_name_prefix("us")
        .send()
        .await
        .unwrap();
    let table = &listed.lookup_tables()[0];
    assert_eq!(table.table_fields(), ["id", "name", "team"]);
    assert_eq!(
        (table.records_count(), table.description()),
        (Some(2), Some("who"))
    );
    let update = logs.client.update_lookup_table().lookup_table_arn(ARN);
    update.table_body("id,name\n9,Cy\n").send().await.unwrap();
    let read = logs
        .client
        .get_lookup_table()
        .lookup_table_arn(ARN)
        .send()
        .await
        .unwrap();
    assert_eq!(read.table_body(), Some("id,name\n9,Cy\n"));
    assert_eq!(
        (read.size_bytes(), read.description()),
        (Some(13), Some("who"))
    );
    let text = "lookup users id as user OUTPUT name | filter ispresent(name) | display name";
    assert_eq!(rows(&ask(&logs, text).await), ["name=Cy @ptr"]);
    logs.client
        .delete_lookup_table()
        .lookup_table_arn(ARN)
        .send()
        .await
        .unwrap();
    let gone = logs
        .client
        .get_lookup_table()
        .lookup_table_arn(ARN)
        .send()
        .await;
    insta::assert_snapshot!(refusal(gone), @"ResourceNotFoundException: The specified lookup table does not exist.");
}

#[tokio::test]
async fn tables_that_cannot_be_are_refused() {
    let logs = with_table().await;
    let create = |name: &str, body: &str| {
        let request = logs.client.create_lookup_table().lookup_table_name(name);
        request.table_body(body).send()
    };
    insta::assert_snapshot!(refusal(create("users", USERS).await), @"ResourceAlreadyExistsException: The specified lookup table already exists");
    insta::assert_snapshot!(refusal(create("no-dash", USERS).await), @"InvalidParameterException: 1 validation error detected: Value 'no-dash' at 'lookupTableName' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9_]+$");
    insta::assert_snapshot!(refusal(create("t", "a,b\n1\n").await), @"InvalidParameterException: record 1 has 1 cells, the header has 2");
    let by_query = logs
        .client
        .create_lookup_table()
        .lookup_table_name("q")
        .query_id("1");
    insta::assert_snapshot!(refusal(by_query.send().await), @"InvalidParameterException: `queryId` is not supported by this endpoint, which forgets started queries when it ends; supported here: tableBody");
}

#[tokio::test]
async fn a_column_that_a_table_does_not_have_is_refused_before_the_query_runs() {
    let logs = with_table().await;
    let start = logs.client.start_query().log_group_name("g");
    let start = start
        .start_time(START.as_seconds())
        .end_time(START.as_seconds() + 60);
    let start = start.query_string("lookup users id as user OUTPUT age");
    insta::assert_snapshot!(refusal(start.send().await), @"MalformedQueryException: the lookup table `users` has no column `age`");
}

#[tokio::test]
async fn tables_have_tags() {
    let logs = with_table().await;
    let tags = logs
        .client
        .list_tags_for_resource()
        .resource_arn(ARN)
        .send()
        .await
        .unwrap();
    assert_eq!(tags.tags().unwrap()["team"], "x");
}
