use std::io::Write as _;

use axum::body::Body;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::Request;

use super::wire::Fixture;

const STS: &str = "/service/AWSSecurityTokenServiceV20110615/operation/GetCallerIdentity";

#[tokio::test]
async fn cbor_answers_carry_the_protocols_header() {
    let reply = Fixture::new().cbor(STS, b"\xa0".to_vec()).await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("smithy-protocol"), "rpc-v2-cbor");
    assert_eq!(reply.header("content-type"), "application/cbor");
    assert!(reply.body.windows(12).any(|w| w == b"000000000000"));
}

#[tokio::test]
async fn a_broken_cbor_body_is_refused() {
    let reply = Fixture::new().cbor(STS, b"\xbf\x61".to_vec()).await;
    assert_eq!(reply.status, 400);
    let body = String::from_utf8_lossy(&reply.body).into_owned();
    assert!(body.contains("SerializationException"), "{body}");
}

#[tokio::test]
async fn an_unknown_cbor_operation_is_not_found() {
    let reply = Fixture::new()
        .cbor("/service/Other/operation/X", Vec::new())
        .await;
    assert_eq!(reply.status, 404);
}

#[tokio::test]
async fn a_broken_json_body_is_refused() {
    let target = "AWSSecurityTokenServiceV20110615.GetCallerIdentity";
    for body in ["{", "[]", "5", "\"x\""] {
        let reply = Fixture::new().json("1.0", target, body).await;
        assert_eq!(reply.status, 400);
        assert_eq!(reply.json()["__type"], "SerializationException", "{body}");
        assert_eq!(reply.header("x-amzn-errortype"), "SerializationException");
    }
}

/// Recorded from AWS: the publication case "defaultValue sent as a JSON string".
#[tokio::test]
async fn a_text_where_a_number_belongs_is_refused_in_awss_words() {
    let endpoint = Fixture::new();
    let group = r#"{"logGroupName":"g"}"#;
    endpoint
        .json("1.1", "Logs_20140328.CreateLogGroup", group)
        .await;
    let filter = r#"{"logGroupName":"g","filterName":"f","filterPattern":"ERROR","metricTransformations":
        [{"metricName":"m","metricNamespace":"n","metricValue":"1","defaultValue":"0"}]}"#;
    let reply = endpoint
        .json("1.1", "Logs_20140328.PutMetricFilter", filter)
        .await;
    let answer = reply.json();
    assert_eq!(answer["__type"], "SerializationException");
    assert_eq!(
        answer["message"],
        "STRING_VALUE cannot be converted to Double"
    );
}

#[tokio::test]
async fn a_form_without_action_is_refused_in_xml() {
    let reply = Fixture::new().form("Version=2011-06-15").await;
    assert_eq!(reply.status, 400);
    let text = reply.text();
    assert!(
        text.contains("<Type>Sender</Type><Code>MissingAction</Code>"),
        "{text}"
    );
}

#[tokio::test]
async fn an_unknown_action_is_an_invalid_action() {
    let reply = Fixture::new().form("Action=Fly&Version=2011-06-15").await;
    assert_eq!(reply.status, 400);
    assert!(
        reply.text().contains("<Code>InvalidAction</Code>"),
        "{}",
        reply.text()
    );
}

#[tokio::test]
async fn an_unsupported_member_is_refused_by_name() {
    let reply = Fixture::new()
        .form("Action=GetCallerIdentity&Version=2011-06-15&Colour=red")
        .await;
    assert!(reply.text().contains("`colour`"), "{}", reply.text());
}

#[tokio::test]
async fn a_compressed_body_is_decoded() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(b"{}").unwrap();
    let request = |body: Vec<u8>| {
        Request::post("/")
            .header("content-encoding", "gzip")
            .header(
                "x-amz-target",
                "AWSSecurityTokenServiceV20110615.GetCallerIdentity",
            )
            .body(Body::from(body))
            .unwrap()
    };
    let fixture = Fixture::new();
    assert_eq!(
        fixture
            .send(request(encoder.finish().unwrap()))
            .await
            .status,
        200
    );
    let broken = fixture.send(request(b"not gzip".to_vec())).await;
    assert_eq!(broken.json()["__type"], "SerializationException");
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused() {
    let body = "x".repeat(17 * 1024 * 1024);
    let reply = Fixture::new()
        .json(
            "1.1",
            "AWSSecurityTokenServiceV20110615.GetCallerIdentity",
            &body,
        )
        .await;
    assert_eq!(reply.status, 413);
    assert_eq!(reply.json()["__type"], "RequestEntityTooLarge");
}

#[tokio::test]
async fn only_loopback_names_are_answered() {
    let fixture = Fixture::new();
    let status = async |header: &str, value: &str| {
        let request = Request::post("/")
            .header(header, value)
            .header(
                "x-amz-target",
                "AWSSecurityTokenServiceV20110615.GetCallerIdentity",
            )
            .body(Body::empty())
            .unwrap();
        fixture.send(request).await.status
    };
    for host in [
        "localhost",
        "127.0.0.1:8401",
        "[::1]:8401",
        "[::1]",
        "LOCALHOST:1",
    ] {
        assert_eq!(status("host", host).await, 200, "{host}");
    }
    for host in [
        "example.com",
        "127.0.0.1.example.com",
        "localhost.evil:80",
        "",
        "169.254.169.254",
    ] {
        assert_eq!(status("host", host).await, 403, "{host}");
    }
    assert_eq!(status("origin", "https://example.com").await, 403);
    assert_eq!(status("origin", "null").await, 403);
    assert_eq!(status("origin", "http://127.0.0.1:8400").await, 200);
}
