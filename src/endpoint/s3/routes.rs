use super::route::{On, Route};
use super::{refused, service};
use crate::endpoint::Fault;

/// Finds the operation that a request is for, by its address, its method, the names of its parameters and of its
/// headers; or refuses it by name.
pub(in crate::endpoint) fn find(
    method: &str,
    on: On,
    parameters: &[String],
    has_header: &dyn Fn(&str) -> bool,
) -> Result<&'static Route, Fault> {
    let is_here = |name: &str| parameters.iter().any(|p| p == name);
    let fitting = || {
        let routes = service::ROUTES.iter().copied();
        routes.filter(|route| route.method == method && route.on == on)
    };
    let told = fitting().find(|route| {
        route.subresource.is_some_and(is_here) && route.marked_by.is_none_or(has_header)
    });
    let tells = |name: &str| refused::is_subresource(name) || is_routed(name);
    let stranger = parameters
        .iter()
        .find(|name| tells(name) && told.is_none_or(|route| !takes(route, name)));
    if let Some(stranger) = stranger {
        return Err(not_implemented(method, on, stranger));
    }
    let plain = || {
        fitting()
            .filter(|route| route.subresource.is_none())
            .max_by_key(|route| {
                // The one marked by a header goes before the one that is not.
                match route.marked_by {
                    Some(header) if has_header(header) => 2,
                    Some(_) => 0,
                    None => 1,
                }
            })
    };
    let unmarked = |route: &&Route| route.marked_by.is_none_or(has_header);
    told.or_else(|| plain().filter(unmarked))
        .ok_or_else(|| not_implemented(method, on, ""))
}

fn is_routed(name: &str) -> bool {
    service::ROUTES
        .iter()
        .any(|route| route.subresource == Some(name))
}

fn takes(route: &Route, name: &str) -> bool {
    route.subresource == Some(name) || route.parameters.iter().any(|(wire, _)| *wire == name)
}

/// S3's own refusal of what it has no function for, with the operation and the parameter.
fn not_implemented(method: &str, on: On, parameter: &str) -> Fault {
    let what = match (refused::name(on, method, parameter), parameter) {
        (Some(operation), "") => format!("the operation {operation}"),
        (Some(operation), _) => format!("the operation {operation} (`?{parameter}`)"),
        (None, "") => format!("`{method}` of {}", place(on)),
        (None, _) => format!("`{method}` of {} with `?{parameter}`", place(on)),
    };
    let names: Vec<&str> = service::ROUTES.iter().map(|r| r.operation.name).collect();
    let message = format!(
        "A header or query you provided requested a function that is not implemented: {what}. Implemented here: {}",
        names.join(", ")
    );
    Fault::new("NotImplemented", message).with_status(501)
}

fn place(on: On) -> &'static str {
    match on {
        On::Service => "the service",
        On::Bucket => "a bucket",
        On::Object => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(method: &str, on: On, parameters: &[&str]) -> Result<&'static str, String> {
        let parameters: Vec<String> = parameters.iter().map(|p| (*p).to_owned()).collect();
        find(method, on, &parameters, &|_| false)
            .map(|route| route.operation.name)
            .map_err(|fault| fault.message)
    }

    #[test]
    fn parameters_tell_operations_apart() {
        assert_eq!(found("GET", On::Service, &[]), Ok("ListBuckets"));
        assert_eq!(
            found("GET", On::Bucket, &["list-type", "prefix"]),
            Ok("ListObjectsV2")
        );
        assert_eq!(found("GET", On::Bucket, &["policy"]), Ok("GetBucketPolicy"));
        assert_eq!(found("PUT", On::Object, &["x-id"]), Ok("PutObject"));
        assert_eq!(
            found("PUT", On::Object, &["partNumber", "uploadId"]),
            Ok("UploadPart")
        );
        assert_eq!(
            found("POST", On::Object, &["uploads"]),
            Ok("CreateMultipartUpload")
        );
    }

    #[test]
    fn what_is_not_here_is_refused_with_its_operation() {
        for (method, on, parameter, operation) in [
            ("GET", On::Bucket, "versioning", "GetBucketVersioning"),
            ("PUT", On::Object, "acl", "PutObjectAcl"),
            (
                "PUT",
                On::Bucket,
                "notification",
                "PutBucketNotificationConfiguration",
            ),
        ] {
            let message = found(method, on, &[parameter]).unwrap_err();
            assert!(message.contains(operation), "{message}");
        }
        let message = found("GET", On::Bucket, &[]).unwrap_err();
        assert!(message.contains("the operation ListObjects."), "{message}");
        assert!(found("DELETE", On::Object, &["policy"]).is_err());
    }
}
