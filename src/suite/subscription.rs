use std::collections::BTreeMap;

use belfry_engine::diag::{Diagnostic, Span, suite as codes};

use super::names::one_of;
use super::section::{Section, Text};
use super::variables::substitute;

/// Who receives what a topic is told.
#[derive(Clone, PartialEq, Eq)]
pub struct Subscription {
    /// `email`.
    pub protocol: String,
    /// `oncall@example.com`. Of an http address it may hold a key, so it is never printed as it stands.
    pub endpoint: String,
    pub(super) at: Span,
}

/// Without the endpoint.
impl std::fmt::Debug for Subscription {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Subscription")
            .field("protocol", &self.protocol)
            .finish_non_exhaustive()
    }
}

/// What SNS delivers by, and how an endpoint of it looks. `firehose` needs a role and `application` a mobile
/// device: neither is a matter of alarms.
const PROTOCOLS: &[(&str, Shape, &str)] = &[
    ("email", is_email, "an address like `oncall@example.com`"),
    (
        "email-json",
        is_email,
        "an address like `oncall@example.com`",
    ),
    ("http", is_http, "an address that begins with `http://`"),
    ("https", is_https, "an address that begins with `https://`"),
    ("lambda", is_arn, "the ARN of a function"),
    ("sms", is_number, "a telephone number like `+15550100`"),
    ("sqs", is_arn, "the ARN of a queue"),
];

type Shape = fn(&str) -> bool;

impl Subscription {
    pub(super) fn read(
        cx: &mut Vec<Diagnostic>,
        mut section: Section<'_>,
        variables: &BTreeMap<String, String>,
    ) -> Option<Self> {
        let protocol = section.required_string(cx, "protocol");
        let endpoint = section.required_string(cx, "endpoint");
        let at = section.at();
        section.finish(cx);
        let (protocol, endpoint) = (protocol?, endpoint?);
        let names: Vec<&str> = PROTOCOLS.iter().map(|(name, _, _)| *name).collect();
        if !one_of(cx, "protocol", &protocol, &names) {
            return None;
        }
        let before = cx.len();
        let written = substitute(
            cx,
            &endpoint.value,
            endpoint.at.start + 1,
            variables,
            str::to_owned,
        );
        if cx.len() == before {
            check(cx, &protocol, &written, endpoint.at);
        }
        Some(Self {
            protocol: protocol.value,
            endpoint: written,
            at,
        })
    }
}

fn check(cx: &mut Vec<Diagnostic>, protocol: &Text, endpoint: &str, at: Span) {
    let known = PROTOCOLS
        .iter()
        .find(|(name, _, _)| *name == protocol.value);
    let Some((name, _, expected)) = known.filter(|(_, fits, _)| !fits(endpoint)) else {
        return;
    };
    let message = format!("this is no endpoint of the protocol `{name}`");
    cx.push(Diagnostic::error(&codes::WRONG_VALUE, at, message).help(format!("write {expected}")));
}

fn is_email(text: &str) -> bool {
    let parts = text.split_once('@');
    parts.is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !host.contains('@') && !has_blank(text)
    })
}

fn is_http(text: &str) -> bool {
    text.len() > 7 && text.starts_with("http://") && !has_blank(text)
}

fn is_https(text: &str) -> bool {
    text.len() > 8 && text.starts_with("https://") && !has_blank(text)
}

fn is_arn(text: &str) -> bool {
    text.starts_with("arn:") && text.split(':').count() >= 6 && !has_blank(text)
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or_default();
    (7..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

fn has_blank(text: &str) -> bool {
    text.contains(char::is_whitespace)
}
