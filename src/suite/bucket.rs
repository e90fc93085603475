use std::collections::BTreeMap;

use belfry_engine::diag::{Diagnostic, Span, suite as codes};

use super::section::{Section, Text};
use super::tags::read_tags;
use super::variables::substitute;
use crate::endpoint::is_bucket_name;

/// A bucket of S3 that load balancers deliver their logs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bucket {
    /// `fraud-detection-alb-logs`; names are one space for all accounts.
    pub name: String,
    /// After how many days objects are deleted; never where absent.
    pub expire_days: Option<i64>,
    /// Tags, where the suite keeps them.
    pub tags: Option<BTreeMap<String, String>>,
    pub(super) at: Span,
}

impl Bucket {
    pub(super) fn read(
        cx: &mut Vec<Diagnostic>,
        mut section: Section<'_>,
        variables: &BTreeMap<String, String>,
    ) -> Option<Self> {
        let name = section.required_string(cx, "name");
        let expire = section.integer(cx, "expire_days");
        let tags = read_tags(cx, &mut section);
        section.finish(cx);
        if let Some((days, at)) = expire
            && !(1..=36_500).contains(&days)
        {
            let message = format!("`expire_days` is {days}, expected 1 to 36500");
            cx.push(Diagnostic::error(&codes::OUT_OF_RANGE, at, message));
        }
        let name = name?;
        let written = bucket_name(cx, &name, variables)?;
        Some(Self {
            at: name.at,
            name: written,
            expire_days: expire.map(|(days, _)| days),
            tags,
        })
    }
}

/// The name of a bucket with its variables filled in.
pub(super) fn bucket_name(
    cx: &mut Vec<Diagnostic>,
    name: &Text,
    variables: &BTreeMap<String, String>,
) -> Option<String> {
    let before = cx.len();
    let written = substitute(cx, &name.value, name.at.start + 1, variables, str::to_owned);
    if cx.len() > before {
        return None;
    }
    if !is_bucket_name(&written) {
        let message = format!("`{written}` is no name of a bucket");
        cx.push(
            Diagnostic::error(&codes::WRONG_VALUE, name.at, message).help(
                "S3 takes 3 to 63 lower-case letters, digits, `-` and `.`, with a letter or digit at both ends",
            ),
        );
        return None;
    }
    Some(written)
}
