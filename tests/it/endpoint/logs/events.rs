use serde_json::json;

use super::{Logs, event, refusal};
use crate::endpoint::wire::{Fixture, START};

#[tokio::test]
async fn events_of_all_streams_are_filtered_and_interleaved() {
    let logs = Logs::with_group().await;
    logs.put("a", &[(-40, r#"{"level":"ERROR","n":1}"#), (-10, "plain")])
        .await;
    logs.put(
        "b",
        &[
            (-30, r#"{"level":"INFO","n":2}"#),
            (-20, r#"{"level":"ERROR","n":3}"#),
        ],
    )
    .await;
    let filter = logs.client.filter_log_events().log_group_name("g");
    let answer = filter
        .filter_pattern(r#"{ $.level = "ERROR" }"#)
        .start_time(START.0 - 40)
        .end_time(START.0 - 20)
        .send()
        .await
        .unwrap();
    let found: Vec<_> = answer
        .events()
        .iter()
        .map(|e| {
            (
                e.log_stream_name().unwrap(),
                e.timestamp().unwrap() - START.0,
            )
        })
        .collect();
    assert_eq!(found, [("a", -40), ("b", -20)]);
    assert_eq!(answer.next_token(), None);
    let id = answer.events()[0].event_id().unwrap();
    assert_eq!(id.len(), 56);
}

#[tokio::test]
async fn filtering_pages_without_loss() {
    let logs = Logs::with_group().await;
    logs.put("a", &[(-5, "1"), (-3, "3")]).await;
    logs.put("b", &[(-4, "2"), (-2, "4"), (-1, "5")]).await;
    let mut pages = logs
        .client
        .filter_log_events()
        .log_group_name("g")
        .limit(2)
        .into_paginator()
        .send();
    let mut found = Vec::new();
    while let Some(page) = pages.next().await {
        let events = page.unwrap().events.unwrap_or_default();
        found.push(
            events
                .into_iter()
                .filter_map(|e| e.message)
                .collect::<String>(),
        );
    }
    assert_eq!(found, ["12", "34", "5"]);
}

#[tokio::test]
async fn a_bad_pattern_is_refused_in_awss_words() {
    let logs = Logs::with_group().await;
    let filter = logs.client.filter_log_events().log_group_name("g");
    assert_eq!(
        refusal(filter.filter_pattern("ERROR:").send().await),
        "InvalidParameterException: Invalid character(s) in term ':'"
    );
    let filter = logs.client.filter_log_events().log_group_name("g");
    assert_eq!(
        refusal(filter.limit(10_001).send().await),
        "InvalidParameterException: 1 validation error detected: Value '10001' at 'limit' failed to satisfy \
         constraint: Member must have value less than or equal to 10000"
    );
    let filter = logs.client.filter_log_events().log_group_name("g");
    assert_eq!(
        refusal(filter.next_token("mine").send().await),
        "InvalidParameterException: The specified nextToken is invalid."
    );
}

#[tokio::test]
async fn a_stream_is_read_to_its_end_and_back() {
    let logs = Logs::with_group().await;
    logs.put("a", &[(-3, "1"), (-2, "2"), (-1, "3")]).await;
    let get = async |token: Option<String>| {
        let request = logs.client.get_log_events().log_group_name("g");
        let request = request.log_stream_name("a").limit(2).start_from_head(true);
        let answer = request.set_next_token(token).send().await.unwrap();
        let texts: String = answer.events().iter().filter_map(|e| e.message()).collect();
        (
            texts,
            answer.next_backward_token.unwrap(),
            answer.next_forward_token.unwrap(),
        )
    };
    let (texts, _, forward) = get(None).await;
    assert_eq!(texts, "12");
    let (texts, _, end) = get(Some(forward)).await;
    assert_eq!(texts, "3");
    let (texts, backward, again) = get(Some(end.clone())).await;
    assert_eq!(texts, "");
    assert_eq!(again, end);
    let (texts, backward, _) = get(Some(backward)).await;
    assert_eq!(texts, "23");
    let (texts, backward, _) = get(Some(backward)).await;
    assert_eq!(texts, "1");
    let (texts, start, _) = get(Some(backward.clone())).await;
    assert_eq!((texts.as_str(), start), ("", backward));
}

#[tokio::test]
async fn without_a_head_the_newest_events_come_first() {
    let logs = Logs::with_group().await;
    logs.put("a", &[(-3, "1"), (-2, "2"), (-1, "3")]).await;
    let get = logs.client.get_log_events().log_group_name("g");
    let answer = get
        .log_stream_name("a")
        .limit(2)
        .end_time(START.0 - 1)
        .send()
        .await
        .unwrap();
    let texts: String = answer.events().iter().filter_map(|e| e.message()).collect();
    assert_eq!(texts, "12");
    let later = logs.client.get_log_events().log_group_name("g");
    let later = later
        .log_stream_name("a")
        .set_next_token(answer.next_forward_token);
    let later = later.send().await.unwrap();
    assert_eq!(later.events()[0].message(), Some("3"));
}

#[tokio::test]
async fn events_of_the_wrong_age_are_left_out_and_named() {
    let logs = Logs::with_group().await;
    let hour = 3_600_000;
    let put = async |times: &[i64]| {
        let request = logs.client.put_log_events().log_group_name("g");
        let events = times.iter().map(|at| event(*at, "x")).collect();
        let request = request.log_stream_name("a").set_log_events(Some(events));
        request
            .send()
            .await
            .unwrap()
            .rejected_log_events_info
            .unwrap()
    };
    let rejected = put(&[0, 2 * hour, 2 * hour + 1]).await;
    assert_eq!(rejected.too_new_log_event_start_index(), Some(2));
    let rejected = put(&[-14 * 24 * hour - 1, -14 * 24 * hour]).await;
    assert_eq!(rejected.too_old_log_event_end_index(), Some(1));
    let kept = logs
        .client
        .filter_log_events()
        .log_group_name("g")
        .send()
        .await
        .unwrap();
    assert_eq!(kept.events().len(), 3);
}

#[tokio::test]
async fn a_batch_out_of_order_is_refused_whole() {
    let logs = Logs::with_group().await;
    let put = |stream: &str| {
        let request = logs.client.put_log_events().log_group_name("g");
        let request = request.log_stream_name(stream).log_events(event(0, "b"));
        request.log_events(event(-1, "a")).send()
    };
    assert_eq!(
        refusal(put("a").await),
        "InvalidParameterException: Log events in a single PutLogEvents request must be in chronological order."
    );
    let missing = logs.client.put_log_events().log_group_name("g");
    let missing = missing.log_stream_name("none").log_events(event(0, "a"));
    assert_eq!(
        refusal(missing.send().await),
        "ResourceNotFoundException: The specified log stream does not exist."
    );
    let kept = logs
        .client
        .filter_log_events()
        .log_group_name("g")
        .send()
        .await
        .unwrap();
    assert!(kept.events().is_empty());
}

#[tokio::test]
async fn events_beyond_the_retention_are_no_longer_shown() {
    let logs = Logs::with_group().await;
    logs.put("a", &[(0, "x")]).await;
    let put = logs.client.put_retention_policy().log_group_name("g");
    put.retention_in_days(1).send().await.unwrap();
    let shown = async || {
        let filter = logs.client.filter_log_events().log_group_name("g");
        filter.send().await.unwrap().events().len()
    };
    logs.clock.advance(24 * 3_600_000);
    assert_eq!(shown().await, 1);
    logs.clock.advance(1);
    assert_eq!(shown().await, 0);
}

#[tokio::test]
async fn filtering_from_the_tail_shows_the_newest_first() {
    let fixture = Fixture::new();
    let call = async |operation: &str, body: serde_json::Value| {
        let target = format!("Logs_20140328.{operation}");
        let reply = fixture.json("1.1", &target, &body.to_string()).await;
        match reply.body.is_empty() {
            true => serde_json::Value::Null,
            false => reply.json(),
        }
    };
    call("CreateLogGroup", json!({"logGroupName": "g"})).await;
    call(
        "CreateLogStream",
        json!({"logGroupName": "g", "logStreamName": "s"}),
    )
    .await;
    let event = |n: i64| json!({"timestamp": START.0 + n, "message": n.to_string()});
    let events = [event(1), event(2), event(3)];
    call(
        "PutLogEvents",
        json!({"logGroupName": "g", "logStreamName": "s", "logEvents": events}),
    )
    .await;
    let mut filter = json!({"logGroupName": "g", "startFromHead": false, "limit": 2});
    let refused = call("FilterLogEvents", filter.clone()).await;
    assert_eq!(refused["__type"], "InvalidParameterException");
    filter["startTime"] = START.0.into();
    let first = call("FilterLogEvents", filter.clone()).await;
    filter["nextToken"] = first["nextToken"].clone();
    let second = call("FilterLogEvents", filter).await;
    let texts = |page: &serde_json::Value| {
        let events = page["events"].as_array().unwrap();
        events
            .iter()
            .map(|e| e["message"].as_str().unwrap().to_owned())
            .collect::<String>()
    };
    assert_eq!((texts(&first), texts(&second)), ("32".into(), "1".into()));
    assert!(second.get("nextToken").is_none());
}

#[tokio::test]
async fn an_unknown_member_of_an_event_is_refused_by_name() {
    let body = json!({"logGroupName": "g", "logStreamName": "s",
        "logEvents": [{"timestamp": 0, "message": "x", "level": "y"}]});
    let reply = Fixture::new();
    let reply = reply
        .json("1.1", "Logs_20140328.PutLogEvents", &body.to_string())
        .await;
    assert_eq!(reply.status, 400);
    let message = reply.json()["message"].as_str().unwrap().to_owned();
    assert!(message.contains("`logEvents.1.member.level`"), "{message}");
}
