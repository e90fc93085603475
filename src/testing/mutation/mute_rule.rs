use belfry_engine::alarms::MuteSchedule;

use super::mutant::{Changed, Mutant};
use super::pieces::{numbers, replaced};
use super::variant::{Subject, Variant, without_each};
use crate::suite::{MuteRule, Suite};

type Variants = Vec<Variant<MuteRule>>;

/// The ways to change a mute rule.
const WAYS: &[fn(&MuteRule, &mut Variants)] = &[schedule, duration, alarms];

pub(super) fn mutants(suite: &Suite, source: &str) -> Vec<Mutant> {
    let mut mutants = Vec::new();
    for (number, rule) in suite.mute_rules.iter().enumerate() {
        mutants.push(Mutant {
            name: format!("mute rule {}: dropped", rule.name),
            at: rule.place(),
            subject_at: rule.place(),
            change: "no such mute rule".to_owned(),
            changed: Changed::NoMuteRule(number),
        });
        let mut variants = Vec::new();
        for way in WAYS {
            way(rule, &mut variants);
        }
        let subject = Subject {
            name: &format!("mute rule {}", rule.name),
            list: "mute_rule",
            at: rule.place(),
            source,
        };
        let of = |rule| Changed::MuteRule(number, Box::new(rule));
        let valid = variants.into_iter().filter(|v| is_valid(&v.changed));
        mutants.extend(valid.map(|v| subject.mutant(v, of)));
    }
    mutants
}

fn is_valid(rule: &MuteRule) -> bool {
    let read = MuteSchedule::read(&rule.schedule, &rule.duration, Some(&rule.timezone));
    read.is_ok() && !rule.alarms.is_empty()
}

/// The minute or the hour of `cron(minute hour …)` one later.
fn schedule(rule: &MuteRule, variants: &mut Variants) {
    let inner = rule.schedule.strip_prefix("cron(").map_or(0, str::len);
    let from = rule.schedule.len() - inner;
    for (start, end) in numbers(&rule.schedule).into_iter().take(2) {
        let text = rule.schedule.get(start..end).unwrap_or_default();
        let Ok(number) = text.parse::<u32>() else {
            continue;
        };
        if inner == 0 || start < from {
            continue;
        }
        let schedule = replaced(&rule.schedule, start, end, &(number + 1).to_string());
        variants.push(Variant {
            key: "schedule",
            becomes: schedule.clone(),
            was: rule.schedule.clone(),
            changed: MuteRule {
                schedule,
                ..rule.clone()
            },
        });
    }
}

/// One hour, minute or day more and less.
fn duration(rule: &MuteRule, variants: &mut Variants) {
    let is_digit = |c: char| c.is_ascii_digit();
    let Some(from) = rule.duration.find(is_digit) else {
        return;
    };
    let rest = rule.duration.get(from..).unwrap_or_default();
    let to = from + rest.find(|c: char| !is_digit(c)).unwrap_or(rest.len());
    let own = rule
        .duration
        .get(from..to)
        .and_then(|n| n.parse::<u32>().ok());
    for other in own
        .into_iter()
        .flat_map(|own| [own + 1, own.saturating_sub(1)])
    {
        let duration = replaced(&rule.duration, from, to, &other.to_string());
        variants.push(Variant {
            key: "duration",
            becomes: duration.clone(),
            was: rule.duration.clone(),
            changed: MuteRule {
                duration,
                ..rule.clone()
            },
        });
    }
}

fn alarms(rule: &MuteRule, variants: &mut Variants) {
    without_each(rule, "alarms", |rule| &mut rule.alarms, variants);
}
