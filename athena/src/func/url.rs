use super::overload::{BIGINT, FIRST, Overload, Parameter, VARCHAR, at, plain};
use crate::refusal::Refusal;
use crate::value::Value;

const V: Parameter = Parameter::Varchar;

pub(super) const TABLE: &[Overload] = &[
    plain("url_extract_protocol", &[V], FIRST, |args, _| {
        Ok(part(at(args, 0), |url| url.scheme))
    }),
    plain("url_extract_host", &[V], FIRST, |args, _| {
        Ok(part(at(args, 0), |url| url.host))
    }),
    plain("url_extract_path", &[V], FIRST, |args, _| {
        Ok(decoded(part(at(args, 0), |url| url.path)))
    }),
    plain("url_extract_query", &[V], FIRST, |args, _| {
        Ok(decoded(part(at(args, 0), |url| url.query)))
    }),
    plain("url_extract_fragment", &[V], FIRST, |args, _| {
        Ok(decoded(part(at(args, 0), |url| url.fragment)))
    }),
    plain("url_extract_port", &[V], BIGINT, |args, _| {
        let port = Url::parse(at(args, 0).as_str()).and_then(|url| url.port?.parse().ok());
        Ok(port.map_or(Value::Null, Value::Whole))
    }),
    plain("url_extract_parameter", &[V, V], FIRST, |args, _| {
        let Some(query) = Url::parse(at(args, 0).as_str()).map(|url| url.query.unwrap_or_default())
        else {
            return Ok(Value::Null);
        };
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        let mut pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        let found =
            pairs.find(|(name, _)| decode(name, true).as_deref() == Some(at(args, 1).as_str()));
        Ok(found.map_or(Value::Null, |(_, value)| {
            decode(value, true).map_or(Value::Null, |text| Value::text(&text))
        }))
    }),
    plain("url_decode", &[V], FIRST, |args, _| {
        let text = at(args, 0).as_str();
        decode(text, true)
            .map(|text| Value::text(&text))
            .ok_or_else(|| {
                Refusal::argument(format!(
                    "URLDecoder: Illegal hex characters in escape (%) pattern in `{text}`"
                ))
            })
    }),
    plain("url_encode", &[V], VARCHAR, |args, _| {
        Ok(Value::text(&encode(at(args, 0).as_str())))
    }),
];

/// The parts of a URI, as Java's `java.net.URI` divides them.
#[derive(Default)]
struct Url<'t> {
    scheme: Option<&'t str>,
    host: Option<&'t str>,
    port: Option<&'t str>,
    path: Option<&'t str>,
    query: Option<&'t str>,
    fragment: Option<&'t str>,
}

impl<'t> Url<'t> {
    /// `None` for texts that are no URI: Trino's functions give NULL for them.
    fn parse(text: &'t str) -> Option<Self> {
        if text.is_empty() || text.chars().any(is_illegal) || has_bad_escape(text) {
            return None;
        }
        let (rest, fragment) = divide(text, '#');
        let scheme_end = rest
            .find([':', '/', '?'])
            .filter(|at| rest.get(*at..*at + 1) == Some(":"));
        let (scheme, rest) = match scheme_end {
            Some(end) if is_scheme(rest.get(..end)?) => (rest.get(..end), rest.get(end + 1..)?),
            // A colon before the first slash without a scheme before it.
            Some(_) => return None,
            None => (None, rest),
        };
        // Behind a scheme without a slash everything is one opaque part.
        if scheme.is_some() && !rest.starts_with('/') {
            return (!rest.is_empty()).then_some(Self {
                scheme,
                fragment,
                ..Self::default()
            });
        }
        let (rest, query) = divide(rest, '?');
        let (authority, path) = match rest.strip_prefix("//") {
            Some(behind) => {
                let end = behind.find('/').unwrap_or(behind.len());
                (Some(behind.get(..end)?), behind.get(end..)?)
            }
            None => (None, rest),
        };
        // `http://` alone has neither host nor path.
        if authority == Some("") && path.is_empty() {
            return None;
        }
        let (host, port) = authority.map_or(Some((None, None)), server)?;
        Some(Self {
            scheme,
            host,
            port,
            path: Some(path),
            query,
            fragment,
        })
    }
}

fn divide(text: &str, at: char) -> (&str, Option<&str>) {
    match text.split_once(at) {
        Some((before, behind)) => (before, Some(behind)),
        None => (text, None),
    }
}

/// Characters that `java.net.URI` does not take unescaped. Beyond ASCII it takes all but controls and spaces.
fn is_illegal(at: char) -> bool {
    matches!(
        at,
        ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}'
    ) || at.is_control()
        || at.is_whitespace()
}

fn has_bad_escape(text: &str) -> bool {
    let hex = |digit: Option<&u8>| digit.is_some_and(u8::is_ascii_hexdigit);
    let bytes = text.as_bytes();
    let mut escapes = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'%');
    escapes.any(|(at, _)| !hex(bytes.get(at + 1)) || !hex(bytes.get(at + 2)))
}

fn is_scheme(text: &str) -> bool {
    let inside = |at: char| at.is_ascii_alphanumeric() || "+-.".contains(at);
    text.starts_with(|at: char| at.is_ascii_alphabetic()) && text.chars().all(inside)
}

/// Host and port of an authority; hosts that are no server names are none, as in Java, and then there is no port.
fn server(authority: &str) -> Option<(Option<&str>, Option<&str>)> {
    let behind_user = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    let (host, port) = match behind_user.find(']') {
        Some(end) if behind_user.starts_with('[') => {
            let (host, rest) = behind_user.split_at(end + 1);
            (host, rest.strip_prefix(':'))
        }
        Some(_) => return None,
        None => match behind_user.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (behind_user, None),
        },
    };
    let digits = port.is_none_or(|port| port.bytes().all(|at| at.is_ascii_digit()));
    let valid = host.starts_with('[') || is_host(host);
    match valid && digits {
        true => Some((Some(host), port.filter(|port| !port.is_empty()))),
        false => Some((None, None)),
    }
}

/// A host name: labels of letters, digits and hyphens, the last of which begins with a letter; or an IPv4 address.
fn is_host(host: &str) -> bool {
    let label = |label: &str| {
        let inside = label
            .chars()
            .all(|at| at.is_ascii_alphanumeric() || at == '-');
        inside && !label.is_empty() && !label.starts_with('-') && !label.ends_with('-')
    };
    let labels = host.strip_suffix('.').unwrap_or(host).split('.');
    let last_is_name = labels
        .clone()
        .next_back()
        .is_some_and(|last| last.starts_with(|at: char| at.is_ascii_alphabetic()));
    labels.clone().all(label) && (last_is_name || host.parse::<std::net::Ipv4Addr>().is_ok())
}

fn part<'v>(value: &'v Value, of: impl Fn(Url<'v>) -> Option<&'v str>) -> Value {
    // A missing part is the empty text, a text that is no URI is NULL.
    match Url::parse(value.as_str()) {
        Some(url) => Value::text(of(url).unwrap_or_default()),
        None => Value::Null,
    }
}

/// Java's `getPath` and others give the part with its escapes decoded.
fn decoded(value: Value) -> Value {
    match &value {
        Value::Varchar(text) => decode(text, false).map_or(Value::Null, |text| Value::text(&text)),
        _ => value,
    }
}

/// With escapes replaced; `form` makes blanks of plus signs. Bytes that are no UTF-8 become U+FFFD.
fn decode(text: &str, form: bool) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'%' => {
                let mut digit = || char::from(rest.next()?).to_digit(16);
                let (high, low) = (digit()?, digit()?);
                bytes.push(u8::try_from(high * 16 + low).ok()?);
            }
            b'+' if form => bytes.push(b' '),
            _ => bytes.push(byte),
        }
    }
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// Java's URLEncoder as Trino sets it up: blanks are plus signs, `*-._` and letters and digits stay.
fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b' ' => out.push('+'),
            b'*' | b'-' | b'.' | b'_' => out.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => out.push(char::from(byte)),
            _ => {
                for half in [byte >> 4, byte & 15] {
                    out.extend(
                        char::from_digit(u32::from(half), 16)
                            .map(|digit| digit.to_ascii_uppercase()),
                    );
                }
                if let Some(at) = out.len().checked_sub(2) {
                    out.insert(at, '%');
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::func::overload::Site;
    use crate::types::Type;

    fn ask(name: &str, args: &[&str]) -> Option<String> {
        let overload = TABLE.iter().find(|overload| overload.name == name).unwrap();
        let args: Vec<Value> = args.iter().map(|text| Value::text(text)).collect();
        let site = Site {
            types: &[],
            result: &Type::VARCHAR,
        };
        crate::value::answer_text(&(overload.run)(&args, &site).unwrap(), &Type::VARCHAR)
    }

    #[test]
    fn urls_of_load_balancers_are_divided() {
        let url = "https://example.com:443/a%20b/c?q=1&x=%2F+y#end";
        for (name, part) in [
            ("host", "example.com"),
            ("port", "443"),
            ("path", "/a b/c"),
            ("query", "q=1&x=/+y"),
            ("protocol", "https"),
            ("fragment", "end"),
        ] {
            assert_eq!(
                ask(&format!("url_extract_{name}"), &[url]).as_deref(),
                Some(part),
                "{name}"
            );
        }
        assert_eq!(
            ask("url_extract_parameter", &[url, "x"]).as_deref(),
            Some("/ y")
        );
        assert_eq!(ask("url_extract_parameter", &[url, "z"]), None);
        assert_eq!(ask("url_extract_path", &["http://a:80/b c"]), None);
        assert_eq!(
            ask("url_extract_path", &["http://a:80"]).as_deref(),
            Some("")
        );
        assert_eq!(
            ask("url_extract_host", &["/only/path"]).as_deref(),
            Some("")
        );
        assert_eq!(ask("url_extract_query", &["http://a/?%zz"]), None);
        assert_eq!(
            ask("url_encode", &["a b/ü"]).as_deref(),
            Some("a+b%2F%C3%BC")
        );
        assert_eq!(
            ask("url_decode", &["a+b%2F%C3%BC"]).as_deref(),
            Some("a b/ü")
        );
    }
}
