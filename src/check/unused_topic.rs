use belfry_engine::diag::{Diagnostic, check as codes};

use super::{Check, Finding, Subject};
use crate::suite::FILE_NAME;

/// A topic to which nothing of the suite speaks.
pub(super) const CHECK: Check = Check {
    code: &codes::UNUSED_TOPIC,
    look,
};

fn look(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for topic in &subject.suite.topics {
        // Its declaration names it once; whatever tells it something names it again.
        let quoted = [format!("\"{}\"", topic.name), format!("'{}'", topic.name)];
        let uses: usize = quoted
            .iter()
            .map(|name| subject.toml.matches(name).count())
            .sum();
        if uses > 1 {
            continue;
        }
        let message = format!("nothing tells the topic `{}` anything", topic.name);
        findings.push(Finding {
            path: FILE_NAME.to_owned(),
            on: format!("topic.{}", topic.name),
            diagnostic: Diagnostic::warning(CHECK.code, topic.place(), message)
                .help("name it in the `actions` of an alarm, or delete it"),
        });
    }
}
