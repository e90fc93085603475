use belfry_engine::alarms::MuteSchedule;
use belfry_engine::base::Millis;
use belfry_engine::diag::{Diagnostic, Span, suite as codes};

use super::alarm_head::check_name;
use super::names::declared;
use super::section::{Section, Text};

/// When the actions of alarms do not run (PutAlarmMuteRule): maintenance that everybody knows of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MuteRule {
    /// `fraud-weekly-retraining`.
    pub name: String,
    /// Why.
    pub description: String,
    /// `cron(0 2 * * SUN)` or `at(2026-12-01T02:00)`.
    pub schedule: String,
    /// ISO 8601, `PT1M` to `P15D`.
    pub duration: String,
    /// An IANA name.
    pub timezone: String,
    /// Alarms of the suite.
    pub alarms: Vec<String>,
    /// It mutes nothing before.
    pub start: Option<Millis>,
    /// It mutes nothing from then on.
    pub expire: Option<Millis>,
    pub(crate) at: Span,
    pub(crate) targets: Vec<Span>,
}

/// The longest description, and the most alarms of one rule (API reference of PutAlarmMuteRule).
const LONGEST_DESCRIPTION: usize = 1024;
const MOST_ALARMS: usize = 100;

impl MuteRule {
    /// Where belfry.toml names it.
    pub fn place(&self) -> Span {
        self.at
    }

    pub(super) fn read(
        cx: &mut Vec<Diagnostic>,
        mut section: Section<'_>,
        prefix: &str,
    ) -> Option<Self> {
        let name = section.required_string(cx, "name");
        let description = section.required_string(cx, "description");
        let schedule = section.required_string(cx, "schedule");
        let duration = section.required_string(cx, "duration");
        let timezone = section.string(cx, "timezone");
        let alarms = section.strings(cx, "alarms");
        let start = moment(cx, &mut section, "start");
        let expire = moment(cx, &mut section, "expire");
        let (alarms_at, expire_at) = (section.at_key("alarms"), section.at_key("expire"));
        section.finish(cx);
        if let Some(name) = &name {
            check_name(cx, name, prefix);
        }
        if let Some(text) = &description
            && text.value.chars().count() > LONGEST_DESCRIPTION
        {
            let message = format!("a description is at most {LONGEST_DESCRIPTION} characters long");
            cx.push(Diagnostic::error(&codes::TOO_LONG, text.at, message));
        }
        if !(1..=MOST_ALARMS).contains(&alarms.len()) {
            let message = format!(
                "a mute rule mutes 1 to {MOST_ALARMS} alarms, not {}",
                alarms.len()
            );
            cx.push(Diagnostic::error(&codes::OUT_OF_RANGE, alarms_at, message));
        }
        if let Some((start, expire)) = start.zip(expire)
            && expire <= start
        {
            let message = "`expire` lies after `start`";
            cx.push(Diagnostic::error(&codes::OUT_OF_RANGE, expire_at, message));
        }
        let timezone = timezone.map_or_else(|| "UTC".to_owned(), |text| text.value);
        let (schedule, duration) = (schedule?, duration?);
        if let Err(error) = MuteSchedule::read(&schedule.value, &duration.value, Some(&timezone)) {
            cx.push(Diagnostic::error(
                &codes::WRONG_VALUE,
                schedule.at,
                error.message,
            ));
        }
        let name = name?;
        Some(Self {
            at: name.at,
            name: name.value,
            description: description?.value,
            schedule: schedule.value,
            duration: duration.value,
            timezone,
            targets: alarms.iter().map(|alarm| alarm.at).collect(),
            alarms: alarms.into_iter().map(|alarm| alarm.value).collect(),
            start,
            expire,
        })
    }

    /// Every alarm it names is one of the suite.
    pub(super) fn check_references(&self, cx: &mut Vec<Diagnostic>, alarms: &[&str]) {
        for (name, at) in self.alarms.iter().zip(&self.targets) {
            let name = Text {
                value: name.clone(),
                at: *at,
            };
            declared(cx, "alarm", &name, alarms);
        }
    }
}

fn moment(
    cx: &mut Vec<Diagnostic>,
    section: &mut Section<'_>,
    key: &'static str,
) -> Option<Millis> {
    let text = section.string(cx, key)?;
    let moment = Millis::parse_rfc3339(&text.value);
    if moment.is_none() {
        let message = format!("`{}` is no moment", text.value);
        cx.push(
            Diagnostic::error(&codes::WRONG_VALUE, text.at, message)
                .help("such as `2026-12-01T02:00:00Z`"),
        );
    }
    moment
}
