use super::mutant::{Changed, Mutant};
use crate::suite::Suite;
use crate::testing::{Test, What};

/// Whether a test can come out otherwise on a mutant.
pub(super) fn touches(test: &Test, mutant: &Mutant, suite: &Suite) -> bool {
    let looks_at = |name: &str| looks_at_alarm(test, name, suite);
    match &mutant.changed {
        Changed::Alarm(_, alarm) => looks_at(&alarm.head.name),
        Changed::LogAlarm(_, alarm) => looks_at(&alarm.head.name),
        Changed::Composite(_, alarm) => looks_at(&alarm.head.name),
        Changed::MuteRule(number, _) | Changed::NoMuteRule(number) => {
            let rule = suite.mute_rules.get(*number);
            rule.is_some_and(|rule| test.notified_alarms().any(|a| rule.alarms.contains(a)))
        }
        Changed::Filter(number, _) | Changed::NoFilter(number) => {
            let filter = suite.metric_filters.get(*number);
            filter.is_some_and(|filter| feeds_group(test, &filter.log_group))
        }
    }
}

/// Whether it expects something of the alarm, or of one that follows it.
fn looks_at_alarm(test: &Test, name: &str, suite: &Suite) -> bool {
    let mut expected = test.alarms();
    expected.any(|alarm| suite.followed_by(&alarm.name).contains(&name))
}

fn feeds_group(test: &Test, name: &str) -> bool {
    let mut feeds = test.feeds.iter();
    feeds.any(|feed| matches!(&feed.what, What::Log { group, .. } if group == name))
}

/// Whether what queries and dashboards show can decide: what an alarm does they do not show.
pub(super) fn shows_in_dashboards(mutant: &Mutant) -> bool {
    matches!(mutant.changed, Changed::Filter(..) | Changed::NoFilter(_))
}
