use belfry_engine::base::Millis;

/// What a request is looked for by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Id {
    /// The service's `request_id`.
    Request(String),
    /// An id inside `X-Amzn-Trace-Id`: `1-67891233-abcdef012345678912345678`.
    Trace(String),
}

/// The longest id.
const LONGEST: usize = 256;

impl Id {
    /// Reads what a person copies: a request id, a trace id, `Root=…`, or the whole header. What cannot stand in a
    /// query (quotes, blanks) is no id.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim().trim_matches('"');
        let allowed = |c: char| c.is_ascii_alphanumeric() || "-_.:=;/+@".contains(c);
        if text.is_empty() || text.len() > LONGEST || !text.chars().all(allowed) {
            return Err(
                "expected a request id, or a trace id such as `1-67891233-abcdef012345678912345678`"
                    .to_owned(),
            );
        }
        Ok(match root(text) {
            Some(root) => Self::Trace(root.to_owned()),
            None if is_trace(text) => Self::Trace(text.to_owned()),
            None => Self::Request(text.to_owned()),
        })
    }

    /// The text itself.
    pub fn text(&self) -> &str {
        let (Self::Request(text) | Self::Trace(text)) = self;
        text
    }

    /// The second in which a load balancer made the trace id; none of other ids.
    pub fn made(&self) -> Option<Millis> {
        let Self::Trace(text) = self else {
            return None;
        };
        let second = text.split('-').nth(1).filter(|_| is_trace(text))?;
        i64::from_str_radix(second, 16)
            .ok()
            .map(Millis::from_seconds)
    }

    /// Whether the value of an `X-Amzn-Trace-Id` holds this id.
    pub fn is_in_trace(&self, header: &str) -> bool {
        let Self::Trace(text) = self else {
            return false;
        };
        let mut values = header.split(';').map(|field| {
            field
                .split_once('=')
                .map_or(field, |(_, value)| value)
                .trim()
        });
        values.any(|value| value == text)
    }
}

/// The root of a header's value.
fn root(header: &str) -> Option<&str> {
    let fields = header.split(';').filter_map(|field| field.split_once('='));
    let mut roots = fields.filter(|(name, _)| name.trim().eq_ignore_ascii_case("Root"));
    roots.next().map(|(_, root)| root.trim())
}

/// Version 1, 8 hexadecimal digits, 24 more.
fn is_trace(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let is_hex = |text: &str, length| {
        text.len() == length && text.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    matches!(parts.as_slice(), ["1", second, rest] if is_hex(second, 8) && is_hex(rest, 24))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRACE: &str = "1-67891233-abcdef012345678912345678";

    #[test]
    fn an_id_is_read_as_a_person_copies_it() {
        let trace = Id::Trace(TRACE.into());
        for text in [
            TRACE.to_owned(),
            format!(" Root={TRACE}"),
            format!("\"Self=1-67891234-12456789abcdef0123456789;Root={TRACE};CalledFrom=app\""),
        ] {
            assert_eq!(Id::parse(&text), Ok(trace.clone()), "{text}");
        }
        assert_eq!(Id::parse("19a-7-1"), Ok(Id::Request("19a-7-1".into())));
        assert_eq!(Id::parse("1-2-3"), Ok(Id::Request("1-2-3".into())));
        assert_eq!(trace.made(), Some(Millis(0x6789_1233 * 1000)));
        for text in ["", " ", "a b", "a\"b", "a'b", &"x".repeat(257)] {
            assert!(Id::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_trace_is_found_by_its_root_and_by_the_balancers_own_id() {
        let header = format!("Self=1-67891234-124567890abcdef012345678;Root={TRACE}");
        assert!(Id::Trace(TRACE.into()).is_in_trace(&header));
        assert!(
            Id::parse("1-67891234-124567890abcdef012345678")
                .unwrap()
                .is_in_trace(&header)
        );
        assert!(!Id::Trace("1-67891233".into()).is_in_trace(&header));
        assert!(!Id::Request(TRACE.into()).is_in_trace(&header));
    }
}
