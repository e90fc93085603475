use belfry_engine::pattern::FilterPattern;

use super::{read, show};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `TestMetricFilter`: which messages match, numbered from 1 as AWS numbers them (recorded; the
/// documentation's examples begin at 0), and what a space-delimited pattern reads out of them.
pub(super) const OPERATION: Operation = Operation {
    name: "TestMetricFilter",
    mutates: false,
    members: &["filterPattern", "logEventMessages"],
    call,
};

fn call(_cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let pattern = read::required_text(input, "filterPattern", 0..=1024)?;
    let messages = input.strings("logEventMessages")?;
    check(input, &messages)?;
    let pattern = FilterPattern::parse(pattern)?;
    let matched = messages
        .iter()
        .zip(1_i64..)
        .filter_map(|(message, number)| {
            let extracted = pattern.extract(message)?;
            Some(Document::structure([
                ("eventNumber", Document::from(number)),
                ("eventMessage", (*message).into()),
                ("extractedValues", show::texts(extracted)),
            ]))
        });
    Ok(Document::structure([("matches", Document::list(matched))]))
}

fn check(input: &Input<'_>, messages: &[&str]) -> Result<(), Fault> {
    if !input.has("logEventMessages") {
        return Err(input.missing("logEventMessages"));
    }
    let bound = match messages.len() {
        0 => Some("greater than or equal to 1"),
        1..=50 => None,
        _ => Some("less than or equal to 50"),
    };
    let shown = format!("[{}]", messages.join(", "));
    if let Some(bound) = bound {
        let constraint = format!("Member must have length {bound}");
        return Err(input.constraint("logEventMessages", &shown, &constraint));
    }
    if messages.iter().any(|message| message.is_empty()) {
        return Err(input.constraint(
            "logEventMessages",
            &shown,
            "Member must satisfy constraint: [Member must have length greater than or equal to 1]",
        ));
    }
    Ok(())
}
