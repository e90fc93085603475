use super::Notices;
use crate::suite::Suite;

/// What the suite's alarms send each time that they enter every state of which they tell, and to whom.
pub(super) fn notices(suite: &Suite) -> Notices {
    let mut notices = Notices::default();
    for head in suite.alarm_heads() {
        let actions = &head.actions;
        let topics = [&actions.alarm, &actions.ok, &actions.insufficient_data];
        for topic in topics.into_iter().flatten() {
            notices.published += 1;
            for protocol in protocols(suite, topic) {
                match protocol {
                    "email" | "email-json" => notices.email += 1,
                    "http" | "https" => notices.http += 1,
                    "sqs" | "lambda" => notices.internal += 1,
                    _ => {}
                }
            }
        }
    }
    notices
}

/// Subscriptions by ways of which the list has no price.
pub(super) fn without_price(suite: &Suite) -> Vec<String> {
    let known = ["email", "email-json", "http", "https", "sqs", "lambda"];
    let subscriptions = suite
        .topics
        .iter()
        .flat_map(|topic| topic.subscriptions.iter().map(move |one| (topic, one)));
    subscriptions
        .filter(|(_, one)| !known.contains(&one.protocol.as_str()))
        .map(|(topic, one)| {
            format!(
                "deliveries of topic `{}` by `{}`: the price list has no row for them",
                topic.name, one.protocol
            )
        })
        .collect()
}

fn protocols<'s>(suite: &'s Suite, name: &str) -> impl Iterator<Item = &'s str> {
    let topic = suite.topics.iter().find(|topic| topic.name == name);
    topic
        .into_iter()
        .flat_map(|topic| &topic.subscriptions)
        .map(|subscription| subscription.protocol.as_str())
}
