use std::collections::BTreeMap;

use belfry_engine::diag::{Diagnostic, Span, suite as codes};

use super::names::{one_of, spelling};
use super::section::Section;
use super::tags::read_tags;

/// A log group and how long it keeps events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogGroup {
    /// `/ecs/fraud-detection/application`.
    pub name: String,
    /// Days; for ever where absent.
    pub retention_days: Option<i64>,
    /// `STANDARD` or `INFREQUENT_ACCESS`, which AWS never changes.
    pub class: String,
    /// Tags, where the suite keeps them.
    pub tags: Option<BTreeMap<String, String>>,
    pub(super) at: Span,
}

/// The days PutRetentionPolicy takes (API reference of CloudWatch Logs, `retentionInDays`).
const RETENTION_DAYS: &[i64] = &[
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
    3288, 3653,
];

const STANDARD: &str = "STANDARD";

impl LogGroup {
    /// Whether metric filters, embedded metrics and log widgets of all kinds work on it.
    pub fn is_standard(&self) -> bool {
        self.class == STANDARD
    }

    pub(super) fn read(cx: &mut Vec<Diagnostic>, mut section: Section<'_>) -> Option<Self> {
        let name = section.required_string(cx, "name");
        let retention = section.integer(cx, "retention_days");
        let class = section.string(cx, "class");
        let tags = read_tags(cx, &mut section);
        section.finish(cx);
        if let Some((days, at)) = retention
            && !RETENTION_DAYS.contains(&days)
        {
            let allowed: Vec<String> = RETENTION_DAYS.iter().map(i64::to_string).collect();
            let message = format!("log groups cannot keep events for {days} days");
            cx.push(
                Diagnostic::error(&codes::OUT_OF_RANGE, at, message)
                    .help(format!("CloudWatch takes {}", allowed.join(", "))),
            );
        }
        if let Some(class) = &class {
            one_of(cx, "class", class, &[STANDARD, "INFREQUENT_ACCESS"]);
        }
        let name = name?;
        spelling(cx, "log group", &name, "_-/.#", 512);
        Some(Self {
            at: name.at,
            name: name.value,
            retention_days: retention.map(|(days, _)| days),
            class: class.map_or_else(|| STANDARD.to_owned(), |class| class.value),
            tags,
        })
    }
}
