use http::header::HOST;
use http::request::Parts;

use super::form::percent_decoded;
use crate::endpoint::s3::{On, Route};
use crate::endpoint::{Document, Fault, Members};

/// What a virtual-hosted bucket stands in front of: `bucket.localhost:8401`.
const HOST_SUFFIX: &str = ".localhost";

/// The address of a request to S3, taken apart.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) bucket: Option<String>,
    pub(super) key: Option<String>,
    /// Names and values; those of signatures are left out.
    pub(super) parameters: Vec<(String, String)>,
}

impl Address {
    /// Of `/bucket/key` on any host, or `/key` on `bucket.localhost`.
    pub(super) fn of(parts: &Parts) -> Result<Self, Fault> {
        let path = percent_decoded(parts.uri.path().as_bytes()).ok_or_else(invalid_uri)?;
        let path = path.strip_prefix('/').unwrap_or(&path);
        let (bucket, key) = match hosted(parts) {
            Some(bucket) => (bucket, path),
            None => match path.split_once('/') {
                Some((bucket, key)) => (bucket.to_owned(), key),
                None => (path.to_owned(), ""),
            },
        };
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Ok(Self {
            bucket: some(&bucket),
            key: some(key),
            parameters: parameters(parts.uri.query().unwrap_or_default())?,
        })
    }

    pub(super) fn on(&self) -> On {
        match (&self.bucket, &self.key) {
            (None, _) => On::Service,
            (Some(_), None) => On::Bucket,
            (Some(_), Some(_)) => On::Object,
        }
    }

    /// The members that stand in the address; a parameter that the operation does not know is refused.
    pub(super) fn read_parameters(&self, route: &Route, input: &mut Members) -> Result<(), Fault> {
        for (name, value) in &self.parameters {
            let known = route.parameters.iter().find(|(wire, _)| wire == name);
            match known {
                Some((_, member)) => {
                    if input
                        .insert((*member).to_owned(), Document::from(value))
                        .is_some()
                    {
                        return Err(argument("the parameter occurs twice", name, value));
                    }
                }
                None if route.subresource == Some(name) || name == "x-id" => {}
                None => {
                    let message = format!(
                        "the parameter `{name}` of {} is not supported by this endpoint",
                        route.operation.name
                    );
                    return Err(argument(&message, name, value));
                }
            }
        }
        Ok(())
    }
}

fn argument(message: &str, name: &str, value: &str) -> Fault {
    Fault::new("InvalidArgument", message)
        .with_member("ArgumentName", name.into())
        .with_member("ArgumentValue", value.into())
}

fn hosted(parts: &Parts) -> Option<String> {
    let host = match parts.headers.get(HOST) {
        Some(host) => host.to_str().ok()?,
        None => parts.uri.host()?,
    };
    let name = host.split_once(':').map_or(host, |(name, _)| name);
    let bucket = name.strip_suffix(HOST_SUFFIX)?;
    Some(bucket.to_owned())
}

fn parameters(query: &str) -> Result<Vec<(String, String)>, Fault> {
    let mut parameters = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        // In a query S3 reads `+` as a blank.
        let read =
            |text: &str| percent_decoded(text.replace('+', " ").as_bytes()).ok_or_else(invalid_uri);
        let (name, value) = (read(name)?, read(value)?);
        if !is_signature(&name) {
            parameters.push((name, value));
        }
    }
    Ok(parameters)
}

/// Parameters of an address that was signed ahead.
fn is_signature(name: &str) -> bool {
    name.starts_with("X-Amz-") || ["AWSAccessKeyId", "Signature", "Expires"].contains(&name)
}

fn invalid_uri() -> Fault {
    Fault::new("InvalidURI", "Couldn't parse the specified URI.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(uri: &str, host: &str) -> Address {
        let request = http::Request::get(uri)
            .header("host", host)
            .body(())
            .unwrap();
        Address::of(&request.into_parts().0).unwrap()
    }

    #[test]
    fn the_bucket_stands_in_the_path_or_in_the_hosts_name() {
        let in_path = address("/logs/a%20b/c?list-type=2", "127.0.0.1:8401");
        assert_eq!(in_path.bucket.as_deref(), Some("logs"));
        assert_eq!(in_path.key.as_deref(), Some("a b/c"));
        let in_host = address("/a%20b/c?list-type=2", "logs.localhost:8401");
        assert_eq!(in_host, in_path);
        assert_eq!(address("/logs", "localhost").on(), On::Bucket);
        assert_eq!(address("/logs/", "localhost").on(), On::Bucket);
        assert_eq!(address("/", "localhost").on(), On::Service);
    }

    #[test]
    fn keys_are_taken_as_they_are() {
        let key = |uri| address(uri, "localhost").key.unwrap();
        assert_eq!(key("/b/a+b"), "a+b");
        assert_eq!(key("/b//x"), "/x");
        assert_eq!(key("/b/%2e%2e/x"), "../x");
        assert_eq!(key("/b/%E3%81%82"), "あ");
    }

    #[test]
    fn what_is_no_utf8_is_refused() {
        let request = http::Request::get("/b/%ff").body(()).unwrap();
        let fault = Address::of(&request.into_parts().0).unwrap_err();
        assert_eq!(fault.code, "InvalidURI");
    }
}
