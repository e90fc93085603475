//! Athena through the SDK: catalogue and statements.

use aws_sdk_athena::Client;
use aws_sdk_athena::error::ProvideErrorMetadata as _;
use aws_sdk_athena::types::{
    QueryExecution, QueryExecutionContext, ResultConfiguration, WorkGroupConfiguration,
};

use super::served::Served;

const TABLE: &str = "CREATE EXTERNAL TABLE logs (time string, code int) PARTITIONED BY (day string) \
    ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.RegexSerDe' \
    WITH SERDEPROPERTIES ('input.regex'='([^\\\\s]*) ([0-9]*)') LOCATION 's3://bucket-of-logs/alb/' \
    TBLPROPERTIES ('projection.enabled'='true')";

pub(super) struct Athena {
    pub(super) client: Client,
    objects: aws_sdk_s3::Client,
    _served: Served,
}

impl Athena {
    pub(super) async fn new() -> Self {
        let served = Served::new().await;
        let client = Client::new(&served.config("eu-west-1"));
        let config = aws_sdk_s3::config::Builder::from(&served.config("us-east-1"));
        let objects = aws_sdk_s3::Client::from_conf(config.force_path_style(true).build());
        let bucket = objects.create_bucket().bucket("bucket-of-results");
        bucket.send().await.unwrap();
        let result = ResultConfiguration::builder().output_location("s3://bucket-of-results/");
        let configuration = WorkGroupConfiguration::builder()
            .result_configuration(result.build())
            .bytes_scanned_cutoff_per_query(10_000_000)
            .build();
        let made = client
            .create_work_group()
            .name("own")
            .configuration(configuration);
        made.send().await.unwrap();
        Self {
            client,
            objects,
            _served: served,
        }
    }

    async fn start(&self, text: &str) -> Result<String, (String, String)> {
        let context = QueryExecutionContext::builder().database("d").build();
        let request = self.client.start_query_execution().query_string(text);
        let started = request
            .work_group("own")
            .query_execution_context(context)
            .send()
            .await;
        started
            .map(|answer| answer.query_execution_id.unwrap())
            .map_err(|e| {
                (
                    e.code().unwrap_or_default().to_owned(),
                    e.message().unwrap_or_default().to_owned(),
                )
            })
    }

    /// Looks after the execution until it has ended.
    async fn execution(&self, id: &str) -> QueryExecution {
        loop {
            let execution = self.look(id).await;
            let state = execution.status().unwrap().state().unwrap().as_str();
            if !["QUEUED", "RUNNING"].contains(&state) {
                return execution;
            }
            tokio::task::yield_now().await;
        }
    }

    async fn look(&self, id: &str) -> QueryExecution {
        let request = self.client.get_query_execution().query_execution_id(id);
        request.send().await.unwrap().query_execution.unwrap()
    }

    /// The rows of a statement, or why it failed.
    async fn run(&self, text: &str) -> Result<Vec<String>, String> {
        let id = self.start(text).await.map_err(|(_, message)| message)?;
        let status = self.execution(&id).await.status.unwrap();
        if status.state().unwrap().as_str() != "SUCCEEDED" {
            return Err(status.state_change_reason.unwrap());
        }
        let answer = self
            .client
            .get_query_results()
            .query_execution_id(&id)
            .send()
            .await
            .unwrap();
        let rows = answer.result_set.unwrap().rows.unwrap_or_default();
        let first =
            |row: aws_sdk_athena::types::Row| row.data.unwrap()[0].var_char_value.clone().unwrap();
        Ok(rows.into_iter().map(first).collect())
    }
}

#[tokio::test]
async fn what_is_created_is_listed_described_and_dropped() {
    let athena = Athena::new().await;
    athena
        .run("CREATE DATABASE IF NOT EXISTS d COMMENT 'x'")
        .await
        .unwrap();
    athena.run(TABLE).await.unwrap();
    assert_eq!(
        athena.run("SHOW DATABASES").await.unwrap(),
        ["d", "default"]
    );
    assert_eq!(athena.run("SHOW TABLES").await.unwrap(), ["logs"]);
    assert_eq!(athena.run("DESCRIBE logs").await.unwrap().len(), 8);
    let client = &athena.client;
    let table = client
        .get_table_metadata()
        .catalog_name("AwsDataCatalog")
        .database_name("d")
        .table_name("Logs");
    let table = table.send().await.unwrap().table_metadata.unwrap();
    assert_eq!(table.table_type(), Some("EXTERNAL_TABLE"));
    let columns: Vec<_> = table
        .columns()
        .iter()
        .map(|c| (c.name(), c.r#type().unwrap()))
        .collect();
    assert_eq!(columns, [("time", "string"), ("code", "int")]);
    assert_eq!(table.partition_keys()[0].name(), "day");
    let parameters = table.parameters().unwrap();
    assert_eq!(parameters["serde.param.input.regex"], r"([^\s]*) ([0-9]*)");
    assert_eq!(parameters["projection.enabled"], "true");
    assert_eq!(parameters["location"], "s3://bucket-of-logs/alb/");
    assert!(
        athena
            .run("DROP DATABASE d")
            .await
            .unwrap_err()
            .contains("is not empty")
    );
    athena.run("DROP TABLE logs").await.unwrap();
    athena.run("DROP DATABASE d").await.unwrap();
    let missing = client
        .get_database()
        .catalog_name("AwsDataCatalog")
        .database_name("d")
        .send()
        .await;
    assert_eq!(missing.unwrap_err().code(), Some("MetadataException"));
}

#[tokio::test]
async fn an_execution_says_what_it_was_and_how_it_ended() {
    let athena = Athena::new().await;
    let id = athena.start("SHOW TABLES").await.unwrap();
    let execution = athena.execution(&id).await;
    assert_eq!(execution.statement_type().unwrap().as_str(), "UTILITY");
    assert_eq!(execution.substatement_type(), Some("SHOW_TABLES"));
    let status = execution.status().unwrap();
    assert_eq!(status.state().unwrap().as_str(), "FAILED");
    let reason = "FAILED: SemanticException [Error 10072]: Database does not exist: d";
    assert_eq!(status.state_change_reason(), Some(reason));
    assert_eq!(status.athena_error().unwrap().error_category(), Some(2));
    let output = execution
        .result_configuration()
        .unwrap()
        .output_location()
        .unwrap();
    assert_eq!(output, format!("s3://bucket-of-results/{id}.txt"));
    let results = athena
        .client
        .get_query_results()
        .query_execution_id(&id)
        .send()
        .await;
    let refused = results.unwrap_err();
    assert_eq!(refused.code(), Some("InvalidRequestException"));
    assert!(
        refused
            .message()
            .unwrap()
            .ends_with("Final query state: FAILED")
    );
    let listed = athena
        .client
        .list_query_executions()
        .work_group("own")
        .send()
        .await
        .unwrap();
    assert_eq!(listed.query_execution_ids(), [id]);
}

#[tokio::test]
async fn what_is_not_run_is_refused_with_its_place() {
    let athena = Athena::new().await;
    let (code, message) = athena
        .start("CREATE EXTERNAL TABLE t (\n a strng)")
        .await
        .unwrap_err();
    assert_eq!(code, "InvalidRequestException");
    assert!(
        message.starts_with("line 2:4: `strng` is not a type of Athena"),
        "{message}"
    );
    let request = athena
        .client
        .start_query_execution()
        .query_string("SHOW TABLES");
    let nowhere = request.send().await.unwrap_err();
    assert!(
        nowhere
            .message()
            .unwrap()
            .starts_with("No output location provided.")
    );
}

#[tokio::test]
async fn the_same_token_gives_the_same_execution_and_another_request_is_refused() {
    let athena = Athena::new().await;
    let start = async |text: &str| {
        let request = athena
            .client
            .start_query_execution()
            .query_string(text)
            .work_group("own");
        let token = "0123456789abcdef0123456789abcdef";
        request.client_request_token(token).send().await
    };
    let first = start("SHOW DATABASES").await.unwrap().query_execution_id;
    assert_eq!(
        start("SHOW DATABASES").await.unwrap().query_execution_id,
        first
    );
    let other = start("SHOW TABLES").await.unwrap_err();
    assert_eq!(other.message(), Some("Idempotent parameters do not match"));
}

#[tokio::test]
async fn results_come_in_pages() {
    let athena = Athena::new().await;
    for name in ["a", "b", "c"] {
        athena
            .run(&format!("CREATE DATABASE {name}"))
            .await
            .unwrap();
    }
    let id = athena.start("SHOW DATABASES").await.unwrap();
    let pages = athena
        .client
        .get_query_results()
        .query_execution_id(id)
        .max_results(3)
        .into_paginator();
    let pages = pages.send().collect::<Result<Vec<_>, _>>().await.unwrap();
    let counts: Vec<usize> = pages
        .iter()
        .map(|page| page.result_set().unwrap().rows().len())
        .collect();
    assert_eq!(counts, [3, 1]);
    let metadata = pages[0]
        .result_set()
        .unwrap()
        .result_set_metadata()
        .unwrap();
    assert_eq!(metadata.column_info()[0].name(), "database_name");
}

#[tokio::test]
async fn a_statement_leaves_its_rows_in_the_bucket_of_results_which_must_be_there() {
    let athena = Athena::new().await;
    let id = athena.start("SHOW DATABASES").await.unwrap();
    let object = athena.objects.get_object().bucket("bucket-of-results");
    let object = object.key(format!("{id}.txt")).send().await.unwrap();
    let bytes = object.body.collect().await.unwrap().into_bytes();
    assert_eq!(bytes, "default\n");
    let elsewhere = ResultConfiguration::builder()
        .output_location("s3://not-there/")
        .build();
    let request = athena
        .client
        .start_query_execution()
        .query_string("SHOW DATABASES");
    let refused = request
        .result_configuration(elsewhere)
        .send()
        .await
        .unwrap_err();
    assert_eq!(
        refused.message(),
        Some("Unable to verify/create output bucket not-there")
    );
}

#[tokio::test]
async fn queries_read_the_objects_of_their_partitions_and_leave_their_rows_as_csv() {
    let athena = Athena::new().await;
    athena.run("CREATE DATABASE d").await.unwrap();
    let objects = &athena.objects;
    objects
        .create_bucket()
        .bucket("bucket-of-logs")
        .send()
        .await
        .unwrap();
    for (key, lines) in [
        ("alb/2026/03/01/a.log", "t1 200\nno line\n"),
        ("alb/2026/03/02/b.log", "t2 503\n"),
    ] {
        let body = aws_sdk_s3::primitives::ByteStream::from_static(lines.as_bytes());
        objects
            .put_object()
            .bucket("bucket-of-logs")
            .key(key)
            .body(body)
            .send()
            .await
            .unwrap();
    }
    athena
        .run(
            "CREATE EXTERNAL TABLE alb (time string, code int) PARTITIONED BY (day string) \
             ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.RegexSerDe' \
             WITH SERDEPROPERTIES ('input.regex'='([^ ]*) ([0-9]*)') LOCATION 's3://bucket-of-logs/alb/' \
             TBLPROPERTIES ('projection.enabled'='true', 'projection.day.type'='enum', \
             'projection.day.values'='2026/03/01,2026/03/02', \
             'storage.location.template'='s3://bucket-of-logs/alb/${day}')",
        )
        .await
        .unwrap();
    assert_eq!(
        athena.run("SELECT count(*) AS n FROM alb").await.unwrap(),
        ["n", "3"]
    );
    let id = athena
        .start("SELECT time, code FROM alb WHERE day = '2026/03/01' ORDER BY code")
        .await
        .unwrap();
    let execution = athena.execution(&id).await;
    assert_eq!(
        execution.statistics.unwrap().data_scanned_in_bytes,
        Some(15)
    );
    let key = format!("{id}.csv");
    let object = objects
        .get_object()
        .bucket("bucket-of-results")
        .key(key)
        .send()
        .await
        .unwrap();
    let bytes = object.body.collect().await.unwrap().into_bytes();
    assert_eq!(bytes.as_ref(), b"\"time\",\"code\"\n\"t1\",\"200\"\n,\n");
    assert_eq!(
        athena
            .run("SELECT * FROM alb WHERE time > 5")
            .await
            .unwrap_err(),
        "TYPE_MISMATCH: line 1:30: Cannot apply operator: varchar > integer"
    );
    let (code, message) = athena.start("SELECT FROM alb").await.unwrap_err();
    assert_eq!(code, "InvalidRequestException");
    assert!(
        message.starts_with("line 1:8: mismatched input 'FROM'"),
        "{message}"
    );
    let (_, message) = athena.start("SELECT json_parse('1')").await.unwrap_err();
    assert!(
        message.contains("`json_parse` is not supported here"),
        "{message}"
    );
}
