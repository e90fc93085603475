use belfry_engine::alarms::AlarmRule;
use belfry_engine::diag::{Diagnostic, Span, suite as codes};

use super::Alarm;
use super::alarm::Surroundings;
use super::alarm_head::AlarmHead;
use super::names::declared;
use super::section::{Section, Text};

/// An alarm over other alarms of the suite.
#[derive(Clone, Debug, PartialEq)]
pub struct CompositeAlarm {
    /// What alarms of every kind have.
    pub head: AlarmHead,
    /// `ALARM("fraud-5xx") AND NOT ALARM("fraud-breaker-open")`, checked.
    pub rule: AlarmRule,
    /// What holds its actions back.
    pub suppressed_by: Option<Suppressor>,
    pub(crate) rule_at: Span,
}

/// An alarm of the suite that holds actions back while it is in ALARM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppressor {
    /// Its name.
    pub alarm: String,
    /// Seconds that every action waits for it.
    pub wait_seconds: i64,
    /// Seconds that actions still wait after it has left ALARM.
    pub extension_seconds: i64,
    pub(crate) at: Span,
}

impl CompositeAlarm {
    /// The alarms it needs: those of its rule, and its suppressor.
    pub fn needs(&self) -> Vec<&str> {
        let suppressor = self.suppressed_by.as_ref().map(|s| s.alarm.as_str());
        self.rule.alarms().into_iter().chain(suppressor).collect()
    }

    pub(super) fn read(
        cx: &mut Vec<Diagnostic>,
        mut section: Section<'_>,
        around: &Surroundings<'_>,
    ) -> Option<Self> {
        let head = around.head(cx, &mut section);
        let rule = section.required_string(cx, "rule");
        let suppressor = section.table(cx, "suppressed_by");
        let suppressed_by = suppressor.and_then(|section| Suppressor::read(cx, section));
        section.finish(cx);
        let rule_at = rule.as_ref().map_or(Span::default(), |rule| rule.at);
        let rule = rule.and_then(|rule| parse(cx, &rule));
        Some(Self {
            head: head?,
            rule: rule?,
            rule_at,
            suppressed_by,
        })
    }
}

impl Suppressor {
    fn read(cx: &mut Vec<Diagnostic>, mut section: Section<'_>) -> Option<Self> {
        let alarm = section.required_string(cx, "alarm");
        let wait = section.required_integer(cx, "wait_seconds");
        let extension = section.required_integer(cx, "extension_seconds");
        section.finish(cx);
        for (seconds, at) in [wait, extension].into_iter().flatten() {
            if !(0..=i64::from(i32::MAX)).contains(&seconds) {
                let message = format!("{seconds} is no number of seconds to wait");
                cx.push(Diagnostic::error(&codes::OUT_OF_RANGE, at, message));
            }
        }
        let alarm = alarm?;
        Some(Self {
            at: alarm.at,
            alarm: alarm.value,
            wait_seconds: wait?.0,
            extension_seconds: extension?.0,
        })
    }
}

/// A mistake of the rule is shown at the whole rule, with its own words.
fn parse(cx: &mut Vec<Diagnostic>, rule: &Text) -> Option<AlarmRule> {
    AlarmRule::parse(&rule.value)
        .map_err(|mistake| {
            let place = mistake.primary.span.start;
            let message = format!("{} at character {place} of the rule", mistake.message);
            let mut shown = Diagnostic::error(mistake.code, rule.at, message);
            if !mistake.primary.text.is_empty() {
                shown = shown.help(mistake.primary.text.clone());
            }
            cx.push(shown);
        })
        .ok()
}

/// A composite alarm reads alarms of its own region only, and billing alarms live in one region.
pub(super) fn check_regions(
    cx: &mut Vec<Diagnostic>,
    composites: &[CompositeAlarm],
    alarms: &[Alarm],
    region: &str,
) {
    if region == "us-east-1" {
        return;
    }
    for composite in composites {
        let read = composite.rule.alarms();
        let billing = alarms
            .iter()
            .find(|a| a.is_billing() && read.contains(&a.head.name.as_str()));
        if let Some(alarm) = billing {
            let message = format!(
                "`{}` watches billing metrics, so it lives in us-east-1: a composite alarm in {region} cannot read it",
                alarm.head.name
            );
            cx.push(
                Diagnostic::error(&codes::WRONG_VALUE, composite.rule_at, message)
                    .help("leave it out of the rule and let it notify a topic itself"),
            );
        }
    }
}

/// Rules and suppressors name alarms of the suite; a composite alarm must not need itself, not even through others.
pub(super) fn check_references(
    cx: &mut Vec<Diagnostic>,
    composites: &[CompositeAlarm],
    alarms: &[&str],
) {
    let own = composites
        .iter()
        .map(|composite| composite.head.name.as_str());
    let known: Vec<&str> = alarms.iter().copied().chain(own).collect();
    for composite in composites {
        for name in composite.rule.alarms() {
            let name = Text {
                value: name.to_owned(),
                at: composite.rule_at,
            };
            declared(cx, "alarm", &name, &known);
        }
        if let Some(suppressor) = &composite.suppressed_by {
            let name = Text {
                value: suppressor.alarm.clone(),
                at: suppressor.at,
            };
            declared(cx, "alarm", &name, &known);
        }
        if is_on_cycle(composites, &composite.head.name) {
            let message = format!("the composite alarm `{}` needs itself", composite.head.name);
            let help = "take the alarm that leads back to it out of the rule or of `suppressed_by`";
            let at = composite.rule_at;
            cx.push(Diagnostic::error(&codes::WRONG_VALUE, at, message).help(help));
        }
    }
}

fn is_on_cycle(composites: &[CompositeAlarm], name: &str) -> bool {
    let needs = |name: &str| {
        let found = composites.iter().find(|c| c.head.name == name);
        found.map(CompositeAlarm::needs).unwrap_or_default()
    };
    let mut seen: Vec<&str> = Vec::new();
    let mut open = needs(name);
    while let Some(next) = open.pop() {
        if next == name {
            return true;
        }
        if !seen.contains(&next) {
            seen.push(next);
            open.extend(needs(next));
        }
    }
    false
}
