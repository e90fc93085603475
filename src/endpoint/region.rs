use http::header::AUTHORIZATION;
use http::request::Parts;

use super::document::Document;

/// The region of a request: that of the credential scope in `Authorization`
/// (`Credential=KEY/20261121/us-east-1/logs/aws4_request`; the signature itself is not checked), else that of
/// the ARN it names, as when a `SubscribeURL` is opened.
pub(super) fn of<'a>(parts: &'a Parts, input: &'a Document) -> Option<&'a str> {
    of_scope(parts)
        .or_else(|| of_arn(input))
        .filter(|region| is_region(region))
}

/// Where a call is kept: in its region, but dashboards belong to no region and are kept in one for all.
pub(super) fn home<'a>(region: &'a str, operation: &str, input: &Document) -> &'a str {
    let arn = input
        .members()
        .and_then(|members| members.get("ResourceARN"));
    let tags_dashboard = matches!(arn, Some(Document::String(arn)) if arn.contains(":dashboard/"));
    if operation.contains("Dashboard") || tags_dashboard {
        "us-east-1"
    } else {
        region
    }
}

/// The service that a request is signed for, as its credential scope names it.
pub(super) fn service(parts: &Parts) -> Option<&str> {
    scope_part(parts, 3)
}

fn of_scope(parts: &Parts) -> Option<&str> {
    scope_part(parts, 2)
}

/// A part of the scope in the header, or in an address that was signed ahead (`X-Amz-Credential`, where `/` is
/// written `%2F`).
fn scope_part(parts: &Parts, nth: usize) -> Option<&str> {
    if let Some(header) = parts.headers.get(AUTHORIZATION) {
        let (_, scope) = header.to_str().ok()?.split_once("Credential=")?;
        return scope.split('/').nth(nth);
    }
    let mut pairs = parts.uri.query()?.split('&');
    let scope = pairs.find_map(|pair| pair.strip_prefix("X-Amz-Credential="))?;
    scope.split("%2F").flat_map(|part| part.split('/')).nth(nth)
}

fn of_arn(input: &Document) -> Option<&str> {
    let members = input.members()?;
    let arn = ["TopicArn", "SubscriptionArn"]
        .iter()
        .find_map(|name| members.get(*name))?;
    match arn {
        Document::String(arn) => arn.split(':').nth(3),
        _ => None,
    }
}

fn is_region(text: &str) -> bool {
    (1..=32).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_region_is_that_of_the_credential_scope() {
        let scope =
            "AWS4-HMAC-SHA256 Credential=K/20261121/eu-west-1/sns/aws4_request, SignedHeaders=host";
        let (parts, ()) = http::Request::get("/")
            .header("authorization", scope)
            .body(())
            .unwrap()
            .into_parts();
        assert_eq!(of(&parts, &Document::empty()), Some("eu-west-1"));
    }

    #[test]
    fn without_credentials_the_arn_tells_the_region() {
        let (parts, ()) = http::Request::get("/").body(()).unwrap().into_parts();
        let input = Document::structure([("TopicArn", "arn:aws:sns:eu-west-1:1:a".into())]);
        assert_eq!(of(&parts, &input), Some("eu-west-1"));
        assert_eq!(of(&parts, &Document::empty()), None);
    }
}
