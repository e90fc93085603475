use axum::body::Body;
use http::Request;

use super::super::wire::{Fixture, Reply};

const SCOPE: &str = "AWS4-HMAC-SHA256 Credential=K/20261121/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0";

async fn send(
    fixture: &Fixture,
    method: &str,
    uri: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> Reply {
    let mut request = Request::builder()
        .method(method)
        .uri(uri)
        .header("authorization", SCOPE);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    fixture
        .send(request.body(Body::from(body.to_vec())).unwrap())
        .await
}

async fn fixture(folder: &std::path::Path) -> Fixture {
    let fixture = Fixture::in_folder(folder, super::super::wire::START).unwrap();
    assert_eq!(send(&fixture, "PUT", "/logs", &[], b"").await.status, 200);
    fixture
}

#[tokio::test]
async fn no_key_leads_out_of_the_folder() {
    let outside = tempfile::tempdir().unwrap();
    let folder = outside.path().join("data");
    let fixture = fixture(&folder).await;
    let long = format!("/logs/{}", "x".repeat(1025));
    for (uri, status) in [
        ("/logs/..", 400),
        ("/logs/../../x", 400),
        ("/logs/%2e%2e/x", 400),
        ("/logs/%2E%2E%2Fx", 400),
        ("/logs/..%2f..%2fx", 400),
        ("/logs/a/../../x", 400),
        ("/logs/%00", 400),
        ("/logs/a%00b", 400),
        ("/logs/%ff", 400),
        ("/logs/%zz", 400),
        (long.as_str(), 400),
        ("/../x", 404),
        ("/%2e%2e/x", 404),
        ("/logs//etc/passwd", 200),
        ("/logs/a/../b", 200),
        ("/logs/...", 200),
        ("/logs/%5c..%5cx", 200),
        ("/logs/C:%5Cx", 200),
        ("/logs/a%0ab", 200),
        ("/logs/%7e", 200),
    ] {
        let reply = send(&fixture, "PUT", uri, &[], b"x").await;
        assert_eq!(reply.status, status, "{uri}: {}", reply.text());
        if status == 200 {
            let reply = send(&fixture, "GET", uri, &[], b"").await;
            assert_eq!(reply.body, b"x", "{uri}");
        }
    }
    let names: Vec<_> = std::fs::read_dir(outside.path())
        .unwrap()
        .flatten()
        .collect();
    assert_eq!(names.len(), 1, "{names:?}");
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .flatten()
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["journal.jsonl", "lock", "s3"]);
}

#[tokio::test]
async fn wrong_bodies_are_refused_in_s3s_words() {
    let folder = tempfile::tempdir().unwrap();
    let fixture = fixture(folder.path()).await;
    let zeros = "0".repeat(64);
    let chunked = ("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER");
    let five = ("x-amz-decoded-content-length", "5");
    let trailer = ("x-amz-trailer", "x-amz-checksum-crc32");
    let good = b"5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n";
    let bad = b"5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhw==\r\n\r\n";
    let bare = b"5\r\nhello\r\n0\r\n\r\n";
    let cases: &[Case<'_>] = &[
        (&[("content-md5", "XUFAKrxLKna5cZ2REBfFkg==")], b"hello", ""),
        (
            &[("content-md5", "XUFAKrxLKna5cZ2REBfFkA==")],
            b"hello",
            "BadDigest",
        ),
        (&[("content-md5", "short")], b"hello", "InvalidDigest"),
        (
            &[("x-amz-content-sha256", &zeros)],
            b"hello",
            "XAmzContentSHA256Mismatch",
        ),
        (
            &[("x-amz-content-sha256", "nonsense")],
            b"hello",
            "InvalidRequest",
        ),
        (&[("x-amz-checksum-crc32", "NhCmhg==")], b"hello", ""),
        (
            &[("x-amz-checksum-crc32", "NhCm")],
            b"hello",
            "InvalidRequest",
        ),
        (
            &[
                ("x-amz-checksum-crc32", "NhCmhg=="),
                ("x-amz-checksum-sha1", "x"),
            ],
            b"hello",
            "InvalidRequest",
        ),
        (&[chunked, five, trailer], good, ""),
        (&[chunked, five, trailer], bad, "BadDigest"),
        (&[chunked, five, trailer], bare, "MalformedTrailerError"),
        (&[chunked, five], good, "MalformedTrailerError"),
        (&[chunked, five], bare, ""),
        (
            &[chunked, ("x-amz-decoded-content-length", "6")],
            bare,
            "IncompleteBody",
        ),
        (&[chunked], bare, "MissingContentLength"),
        (&[chunked, five], b"hello", "IncompleteBody"),
    ];
    for (headers, body, code) in cases {
        let reply = send(&fixture, "PUT", "/logs/a", headers, body).await;
        let text = reply.text();
        if code.is_empty() {
            assert_eq!(reply.status, 200, "{headers:?}: {text}");
            assert_eq!(
                send(&fixture, "GET", "/logs/a", &[], b"").await.body,
                b"hello"
            );
        } else {
            assert!(
                text.contains(&format!("<Code>{code}</Code>")),
                "{headers:?}: {text}"
            );
        }
    }
}

#[tokio::test]
async fn documents_that_are_none_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let fixture = fixture(folder.path()).await;
    for body in [
        "",
        "<Tagging>",
        "<Other/>",
        "<Tagging><TagSet><Other/></TagSet></Tagging>",
        "<Tagging><TagSet><Tag><Key>a</Key></Tag></TagSet></Tagging>",
        "<!DOCTYPE Tagging [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><Tagging>&e;</Tagging>",
    ] {
        let sum = checksum(body.as_bytes());
        let headers = [("x-amz-checksum-crc32", sum.as_str())];
        let reply = send(&fixture, "PUT", "/logs?tagging", &headers, body.as_bytes()).await;
        assert!(
            reply.text().contains("<Code>MalformedXML</Code>"),
            "{body}: {}",
            reply.text()
        );
    }
    let unchecked = send(&fixture, "PUT", "/logs?tagging", &[], b"<Tagging/>").await;
    assert!(
        unchecked.text().contains("<Code>InvalidRequest</Code>"),
        "{}",
        unchecked.text()
    );
}

/// Headers, body, and the code of the refusal; no code where there is none.
type Case<'a> = (&'a [(&'a str, &'a str)], &'a [u8], &'a str);

fn checksum(bytes: &[u8]) -> String {
    use base64::Engine as _;
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    base64::engine::general_purpose::STANDARD.encode(crc.sum().to_be_bytes())
}

#[tokio::test]
async fn errors_are_s3s() {
    let reply = send(&Fixture::new(), "GET", "/none/a", &[], b"").await;
    assert_eq!(reply.status, 404);
    assert_eq!(reply.header("content-type"), "application/xml");
    let id = reply.header("x-amz-request-id").to_owned();
    let text = reply.text();
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>NoSuchBucket</Code>\
                <Message>The specified bucket does not exist</Message><BucketName>none</BucketName>";
    assert!(text.starts_with(head), "{text}");
    assert!(
        text.contains(&format!("<RequestId>{id}</RequestId>")),
        "{text}"
    );
    let reply = send(&Fixture::new(), "HEAD", "/none/a", &[], b"").await;
    assert_eq!((reply.status, reply.body.len()), (404, 0));
}

#[tokio::test]
async fn a_bucket_may_stand_in_the_hosts_name() {
    let folder = tempfile::tempdir().unwrap();
    let fixture = fixture(folder.path()).await;
    let host = [("host", "logs.localhost:8401")];
    assert_eq!(send(&fixture, "PUT", "/a", &host, b"x").await.status, 200);
    assert_eq!(send(&fixture, "GET", "/logs/a", &[], b"").await.body, b"x");
    let foreign = [("host", "logs.example.com")];
    assert_eq!(send(&fixture, "GET", "/a", &foreign, b"").await.status, 403);
}

#[tokio::test]
async fn an_address_that_was_signed_ahead_is_answered() {
    let folder = tempfile::tempdir().unwrap();
    let fixture = fixture(folder.path()).await;
    send(&fixture, "PUT", "/logs/a", &[], b"x").await;
    let uri = "/logs/a?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=K%2F20261121%2Fus-east-1%2Fs3%2Faws4_request\
               &X-Amz-Date=20261121T000000Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature=0\
               &response-content-type=text%2Fcsv";
    let request = Request::get(uri).body(Body::empty()).unwrap();
    let reply = fixture.send(request).await;
    assert_eq!(
        (reply.status, reply.header("content-type")),
        (200, "text/csv")
    );
    let uri = "/logs/a?AWSAccessKeyId=K&Signature=0&Expires=1795322776";
    let request = Request::get(uri).body(Body::empty()).unwrap();
    assert_eq!(fixture.send(request).await.body, b"x");
}
