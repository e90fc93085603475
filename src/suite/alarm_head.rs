use std::path::Path;

use belfry_engine::diag::{Diagnostic, Span, suite as codes};

use super::alarm_actions::AlarmActions;
use super::section::{Section, Text};

/// What alarms of every kind begin with: what a person who is woken by one needs, and who that is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlarmHead {
    /// `fraud-error-count`.
    pub name: String,
    /// What is wrong when it fires.
    pub description: String,
    /// Who answers for it.
    pub owner: String,
    /// Where it is written what to do.
    pub runbook: String,
    /// Who is told.
    pub actions: AlarmActions,
    /// Where belfry.toml names it.
    pub place: Span,
}

/// The longest AlarmDescription (API reference of PutMetricAlarm).
const LONGEST_DESCRIPTION: usize = 1024;

impl AlarmHead {
    pub(super) fn read(
        cx: &mut Vec<Diagnostic>,
        section: &mut Section<'_>,
        folder: &Path,
        topics: &[&str],
        prefix: &str,
    ) -> Option<Self> {
        let name = section.required_string(cx, "name");
        let description = section.required_string(cx, "description");
        let owner = section.required_string(cx, "owner");
        let runbook = section.required_string(cx, "runbook");
        let actions = AlarmActions::read(cx, section, topics);
        if let Some(name) = &name {
            check_name(cx, name, prefix);
        }
        if let Some(runbook) = &runbook {
            check_runbook(cx, runbook, folder);
        }
        let name = name?;
        let head = Self {
            place: name.at,
            name: name.value,
            description: description?.value,
            owner: owner?.value,
            runbook: runbook?.value,
            actions,
        };
        head.check_description(cx);
        Some(head)
    }

    /// What CloudWatch keeps as AlarmDescription. It has no place for owner and runbook, so both stand
    /// under the description, where the console and the notification show them.
    pub fn full_description(&self) -> String {
        format!(
            "{}\nOwner: {}\nRunbook: {}",
            self.description, self.owner, self.runbook
        )
    }

    fn check_description(&self, cx: &mut Vec<Diagnostic>) {
        let length = self.full_description().chars().count();
        if length > LONGEST_DESCRIPTION {
            let message = format!(
                "description, owner and runbook together are {length} characters long, {LONGEST_DESCRIPTION} fit"
            );
            cx.push(Diagnostic::error(&codes::TOO_LONG, self.place, message));
        }
    }
}

/// Names of alarms, and of what mutes them.
pub(super) fn check_name(cx: &mut Vec<Diagnostic>, name: &Text, prefix: &str) {
    if !name.value.starts_with(prefix) {
        let message = format!(
            "the alarm `{}` lacks the suite's prefix `{prefix}`",
            name.value
        );
        cx.push(
            Diagnostic::error(&codes::NAME, name.at, message)
                .help(format!("call it `{prefix}{}`", name.value)),
        );
    }
    if name.value.chars().count() > 255 {
        let message = "the name of an alarm is at most 255 characters long";
        cx.push(Diagnostic::error(&codes::NAME, name.at, message));
    }
}

fn check_runbook(cx: &mut Vec<Diagnostic>, runbook: &Text, folder: &Path) {
    let is_address = runbook.value.starts_with("https://") || runbook.value.starts_with("http://");
    let path = runbook.value.split('#').next().unwrap_or_default();
    if !is_address && !folder.join(path).is_file() {
        let message = format!("no file is at `{path}`");
        cx.push(
            Diagnostic::error(&codes::RUNBOOK, runbook.at, message)
                .help("name a file beside belfry.toml, or an http(s) address"),
        );
    }
}
