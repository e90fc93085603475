use std::net::SocketAddr;

use http::header::{
    CONNECTION, HOST, HeaderName, PROXY_AUTHENTICATE, PROXY_AUTHORIZATION, TE, TRAILER,
    TRANSFER_ENCODING, UPGRADE,
};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Uri, Version};

use super::settings::{ForwardedFor, Settings};
use super::trace_id;

/// The header in which a proxy names the client.
const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The most addresses that it may hold; more are refused with 463.
const MOST_ADDRESSES: usize = 30;

/// What belongs to one connection and is not passed on (RFC 9110, 7.6.1).
const HOP_BY_HOP: [HeaderName; 8] = [
    CONNECTION,
    HeaderName::from_static("keep-alive"),
    PROXY_AUTHENTICATE,
    PROXY_AUTHORIZATION,
    TE,
    TRAILER,
    TRANSFER_ENCODING,
    UPGRADE,
];

/// Makes a client's request head that of the request to the target.
pub(super) fn to_target(
    parts: &mut Parts,
    client: SocketAddr,
    port: u16,
    trace_id: &str,
    settings: &Settings,
) {
    let host = host(parts, port, settings.preserve_host);
    drop_hop_by_hop(&mut parts.headers);
    if settings.drop_invalid_headers {
        drop_invalid(&mut parts.headers);
    }
    let headers = &mut parts.headers;
    set(headers, HOST, &host);
    set(
        headers,
        HeaderName::from_static("x-forwarded-proto"),
        "http",
    );
    set(
        headers,
        HeaderName::from_static("x-forwarded-port"),
        &port.to_string(),
    );
    set(headers, HeaderName::from_static(trace_id::HEADER), trace_id);
    forwarded_for(headers, client, settings);
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    parts.uri = path.parse().unwrap_or_else(|_| Uri::from_static("/"));
    parts.version = Version::HTTP_11;
}

/// Makes a target's response head that of the response to the client.
pub(super) fn to_client(headers: &mut HeaderMap) {
    drop_hop_by_hop(headers);
}

/// Whether `X-Forwarded-For` holds more addresses than a load balancer takes.
pub(super) fn has_too_many_addresses(headers: &HeaderMap) -> bool {
    let values = headers.get_all(FORWARDED_FOR).iter();
    let addresses = values.map(|value| value.as_bytes().split(|byte| *byte == b',').count());
    addresses.sum::<usize>() > MOST_ADDRESSES
}

/// The request as a client wrote its target: `http://localhost:8080/a?b`.
pub(super) fn url(parts: &Parts, port: u16) -> String {
    let host = host(parts, port, true);
    let host = if has_port(&host) {
        host
    } else {
        format!("{host}:{port}")
    };
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    format!("http://{host}{path}")
}

/// `Host`, with the listener's port unless it is one that is left out (user guide, "Host header preservation").
fn host(parts: &Parts, port: u16, is_preserved: bool) -> String {
    let named = parts.headers.get(HOST).and_then(|host| host.to_str().ok());
    let named = parts
        .uri
        .authority()
        .map(http::uri::Authority::as_str)
        .or(named);
    match named {
        None => format!("127.0.0.1:{port}"),
        Some(host) if is_preserved || matches!(port, 80 | 443) || has_port(host) => host.to_owned(),
        Some(host) => format!("{host}:{port}"),
    }
}

/// `[::1]` has none.
fn has_port(host: &str) -> bool {
    let port = host.rsplit_once(':');
    port.is_some_and(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()))
}

fn forwarded_for(headers: &mut HeaderMap, client: SocketAddr, settings: &Settings) {
    match settings.forwarded_for {
        ForwardedFor::Preserve => {}
        ForwardedFor::Remove => {
            headers.remove(FORWARDED_FOR);
        }
        ForwardedFor::Append => {
            let given = headers.get_all(FORWARDED_FOR).iter();
            let mut all: Vec<String> = given
                .filter_map(|value| value.to_str().ok().map(str::to_owned))
                .collect();
            all.push(match settings.forwarded_port {
                // An IPv6 address stands in brackets before its port.
                true => client.to_string(),
                false => client.ip().to_string(),
            });
            set(headers, FORWARDED_FOR, &all.join(", "));
        }
    }
}

fn drop_hop_by_hop(headers: &mut HeaderMap) {
    let named: Vec<HeaderName> = headers
        .get_all(CONNECTION)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|name| name.trim().parse().ok())
        .collect();
    for name in named.iter().chain(&HOP_BY_HOP) {
        headers.remove(name);
    }
}

/// Names of headers are letters, digits and hyphens (`routing.http.drop_invalid_header_fields.enabled`).
fn drop_invalid(headers: &mut HeaderMap) {
    let is_valid = |name: &HeaderName| {
        let mut bytes = name.as_str().bytes();
        bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let invalid: Vec<HeaderName> = headers
        .keys()
        .filter(|name| !is_valid(name))
        .cloned()
        .collect();
    for name in invalid {
        headers.remove(name);
    }
}

/// A value that no header can carry is left out.
fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use http::Request;

    use super::*;

    fn forwarded(request: http::request::Builder, settings: &Settings) -> Parts {
        let (mut parts, ()) = request.body(()).unwrap().into_parts();
        let client = SocketAddr::from(([10, 0, 0, 7], 4711));
        to_target(&mut parts, client, 8080, "Root=1-2-3", settings);
        parts
    }

    fn header<'p>(parts: &'p Parts, name: &str) -> Option<&'p str> {
        parts.headers.get(name)?.to_str().ok()
    }

    #[test]
    fn the_target_hears_who_asked_how_and_where() {
        let settings = Settings::of("app/a/1", "1", "us-east-1");
        let request = Request::get("/a?b=c")
            .header("host", "example.com")
            .header("x-forwarded-for", "192.0.2.1")
            .header("x-forwarded-proto", "https")
            .header("connection", "keep-alive, x-private")
            .header("x-private", "1");
        let parts = forwarded(request, &settings);
        for (name, value) in [
            ("host", Some("example.com:8080")),
            ("x-forwarded-for", Some("192.0.2.1, 10.0.0.7")),
            ("x-forwarded-proto", Some("http")),
            ("x-forwarded-port", Some("8080")),
            ("x-amzn-trace-id", Some("Root=1-2-3")),
            ("connection", None),
            ("x-private", None),
        ] {
            assert_eq!(header(&parts, name), value, "{name}");
        }
        assert_eq!(parts.uri, "/a?b=c");
    }

    #[test]
    fn forwarded_for_is_kept_or_taken_away_where_an_attribute_says_so() {
        let mut settings = Settings::of("app/a/1", "1", "us-east-1");
        let request = || Request::get("/").header("x-forwarded-for", "192.0.2.1");
        for (mode, expected) in [
            (ForwardedFor::Preserve, Some("192.0.2.1")),
            (ForwardedFor::Remove, None),
        ] {
            settings.forwarded_for = mode;
            let parts = forwarded(request(), &settings);
            assert_eq!(header(&parts, "x-forwarded-for"), expected);
        }
    }

    #[test]
    fn a_port_and_odd_names_are_as_attributes_say() {
        let mut settings = Settings::of("app/a/1", "1", "us-east-1");
        let request = || Request::get("/").header("x_odd", "1").header("x-even", "2");
        assert_eq!(header(&forwarded(request(), &settings), "x_odd"), Some("1"));
        settings.drop_invalid_headers = true;
        settings.forwarded_port = true;
        let parts = forwarded(request(), &settings);
        assert_eq!(header(&parts, "x_odd"), None);
        assert_eq!(header(&parts, "x-even"), Some("2"));
        assert_eq!(header(&parts, "x-forwarded-for"), Some("10.0.0.7:4711"));
    }

    #[test]
    fn thirty_addresses_are_taken_and_one_more_is_not() {
        let mut headers = HeaderMap::new();
        headers.insert(
            "x-forwarded-for",
            vec!["192.0.2.1"; 30].join(", ").parse().unwrap(),
        );
        assert!(!has_too_many_addresses(&headers));
        headers.append("x-forwarded-for", "192.0.2.2".parse().unwrap());
        assert!(has_too_many_addresses(&headers));
    }

    #[test]
    fn the_logged_url_has_a_port() {
        let url =
            |request: http::request::Builder| url(&request.body(()).unwrap().into_parts().0, 8080);
        let host = |host| Request::get("/a?b").header("host", host);
        assert_eq!(url(host("a.example")), "http://a.example:8080/a?b");
        assert_eq!(url(host("a.example:99")), "http://a.example:99/a?b");
        assert_eq!(url(host("[::1]")), "http://[::1]:8080/a?b");
        assert_eq!(url(Request::get("/")), "http://127.0.0.1:8080/");
    }
}
