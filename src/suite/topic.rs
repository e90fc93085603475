use std::collections::BTreeMap;

use belfry_engine::diag::{Diagnostic, Span, suite as codes};

use super::Subscription;
use super::names::spelling;
use super::section::Section;

/// An SNS topic that alarms and budgets notify.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// `fraud-detection-alerts`.
    pub name: String,
    /// Who receives its messages.
    pub subscriptions: Vec<Subscription>,
    pub(super) at: Span,
}

impl Topic {
    /// Where belfry.toml names it.
    pub fn place(&self) -> Span {
        self.at
    }

    pub(super) fn read(
        cx: &mut Vec<Diagnostic>,
        mut section: Section<'_>,
        variables: &BTreeMap<String, String>,
    ) -> Option<Self> {
        let name = section.required_string(cx, "name");
        let mut subscriptions: Vec<Subscription> = Vec::new();
        for section in section.tables(cx, "subscriptions") {
            subscriptions.extend(Subscription::read(cx, section, variables));
        }
        section.finish(cx);
        let name = name?;
        spelling(cx, "topic", &name, "_-", 256);
        no_second(cx, &subscriptions);
        Some(Self {
            at: name.at,
            name: name.value,
            subscriptions,
        })
    }
}

fn no_second(cx: &mut Vec<Diagnostic>, subscriptions: &[Subscription]) {
    let same = |a: &Subscription, b: &Subscription| {
        (&a.protocol, &a.endpoint) == (&b.protocol, &b.endpoint)
    };
    for (index, subscription) in subscriptions.iter().enumerate() {
        let mut earlier = subscriptions.iter().take(index);
        if let Some(first) = earlier.find(|other| same(other, subscription)) {
            let message = "the topic has this subscription already";
            cx.push(
                Diagnostic::error(&codes::DUPLICATE_NAME, subscription.at, message)
                    .also(first.at, "the first is here"),
            );
        }
    }
}
