use super::mutant::{Changed, Mutant};
use crate::suite::Suite;
use crate::testing::{Expected, Test, What};

/// Whether a test can come out otherwise on a mutant.
pub(super) fn touches(test: &Test, mutant: &Mutant, suite: &Suite) -> bool {
    match &mutant.changed {
        Changed::Alarm(_, alarm) => looks_at_alarm(test, &alarm.name),
        Changed::Filter(number, _) | Changed::NoFilter(number) => {
            let filter = suite.metric_filters.get(*number);
            filter.is_some_and(|filter| feeds_group(test, &filter.log_group))
        }
    }
}

fn looks_at_alarm(test: &Test, name: &str) -> bool {
    let expected = test.expected.iter();
    expected
        .into_iter()
        .any(|expected| matches!(expected, Expected::Alarm(alarm) if alarm.name == name))
}

fn feeds_group(test: &Test, name: &str) -> bool {
    let feeds = test.feeds.iter();
    feeds
        .into_iter()
        .any(|feed| matches!(&feed.what, What::Log { group, .. } if group == name))
}

/// Whether what queries and dashboards show can decide: what an alarm does they do not show.
pub(super) fn shows_in_dashboards(mutant: &Mutant) -> bool {
    !matches!(mutant.changed, Changed::Alarm(..))
}
