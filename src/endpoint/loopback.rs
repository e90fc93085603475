use http::Uri;

/// Whether `host`, with or without a port, is a name of this machine alone: `localhost`, `127.0.0.1`, `[::1]`.
pub(super) fn is_loopback_host(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if !name.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    ["localhost", "127.0.0.1", "[::1]"]
        .iter()
        .any(|loopback| loopback.eq_ignore_ascii_case(name))
}

/// Whether a request to `host` came to this machine under a name that nobody else can give it: its own names, and
/// those below `localhost` (RFC 6761), where buckets stand in front.
pub(super) fn is_loopback_server(host: &str) -> bool {
    let name = host.split_once(':').map_or(host, |(name, _)| name);
    is_loopback_host(host) || name.to_ascii_lowercase().ends_with(".localhost")
}

/// Whether `url` is an `http` address of this machine.
pub fn is_loopback_url(url: &str) -> bool {
    url.parse::<Uri>().is_ok_and(|uri| {
        uri.scheme_str() == Some("http")
            && uri
                .authority()
                .is_some_and(|at| is_loopback_host(at.as_str()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_addresses_of_this_machine_are_loopback() {
        for url in [
            "http://127.0.0.1:9000/hook",
            "http://localhost/",
            "http://[::1]:1/a?b=c",
        ] {
            assert!(is_loopback_url(url), "{url}");
        }
        for url in [
            "https://127.0.0.1/",
            "http://example.com/",
            "http://127.0.0.1@example.com/",
            "http://127.0.0.1.example.com/",
            "http://user@127.0.0.1/",
            "ftp://127.0.0.1/",
            "127.0.0.1",
        ] {
            assert!(!is_loopback_url(url), "{url}");
        }
    }
}
