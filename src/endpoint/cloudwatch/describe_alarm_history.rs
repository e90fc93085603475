use belfry_engine::alarms::HistoryItem;
use belfry_engine::base::Millis;

use super::alarm_types::AlarmTypes;
use super::describe_alarm_contributors::attributes;
use super::page;
use super::read::is_descending;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DescribeAlarmHistory`: newest first unless `ScanBy` says otherwise; 100 a page.
pub(super) const OPERATION: Operation = Operation {
    name: "DescribeAlarmHistory",
    mutates: false,
    members: &[
        "AlarmName",
        "AlarmTypes",
        "HistoryItemType",
        "StartDate",
        "EndDate",
        "MaxRecords",
        "NextToken",
        "ScanBy",
    ],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let wanted = Wanted::read(input)?;
    let descending = is_descending(input)?;
    let mut found = Vec::new();
    let mut same = (None, 0_usize);
    for item in cx.account.alarms.history().into_iter().rev() {
        same = match same {
            (Some(at), count) if at == item.timestamp => (Some(at), count + 1),
            _ => (Some(item.timestamp), 0),
        };
        if wanted.matches(item) {
            found.push((key(item, same.1, descending), item));
        }
    }
    let page = page::of(found, input, page::max_records(input, 100)?)?;
    let shown = page.items.iter().map(|item| show(item));
    Ok(Document::structure([
        ("AlarmHistoryItems", Document::List(shown.collect())),
        ("NextToken", page.next.into()),
    ]))
}

/// Where an item stands: by its time, then by its place among those of the same time. History only grows at
/// its end, so the place stays.
fn key(item: &HistoryItem, place: usize, descending: bool) -> String {
    let millis = item.timestamp.0.clamp(0, 9_999_999_999_999);
    if descending {
        format!(
            "{:013}.{:09}",
            9_999_999_999_999 - millis,
            999_999_999 - place
        )
    } else {
        format!("{millis:013}.{place:09}")
    }
}

struct Wanted<'a> {
    name: Option<&'a str>,
    kind: Option<&'a str>,
    start: Option<Millis>,
    end: Option<Millis>,
    types: AlarmTypes,
}

impl<'a> Wanted<'a> {
    fn read(input: &Input<'a>) -> Result<Self, Fault> {
        let kind = input.optional_str("HistoryItemType")?;
        if let Some(kind) = kind
            && !KINDS.contains(&kind)
        {
            let constraint = format!("Member must satisfy enum value set: [{}]", KINDS.join(", "));
            return Err(input.constraint("HistoryItemType", kind, &constraint));
        }
        Ok(Self {
            name: input.optional_str("AlarmName")?,
            kind,
            start: input.optional_timestamp("StartDate")?,
            end: input.optional_timestamp("EndDate")?,
            types: AlarmTypes::read(input)?,
        })
    }

    fn matches(&self, item: &HistoryItem) -> bool {
        self.types.has(item.alarm_type)
            && self.name.is_none_or(|name| name == item.alarm_name)
            && self.kind.is_none_or(|kind| kind == item.item_type)
            && self.start.is_none_or(|start| item.timestamp >= start)
            && self.end.is_none_or(|end| item.timestamp <= end)
    }
}

const KINDS: &[&str] = &[
    "ConfigurationUpdate",
    "StateUpdate",
    "Action",
    "AlarmContributorStateUpdate",
    "AlarmContributorAction",
];

fn show(item: &HistoryItem) -> Document {
    let contributor = item.contributor.as_ref();
    Document::structure([
        ("AlarmName", Document::from(&item.alarm_name)),
        ("AlarmContributorId", contributor.map(|c| c.id()).into()),
        ("AlarmType", item.alarm_type.into()),
        ("Timestamp", item.timestamp.into()),
        ("HistoryItemType", item.item_type.into()),
        ("HistorySummary", (&item.summary).into()),
        ("HistoryData", (&item.data).into()),
        (
            "AlarmContributorAttributes",
            contributor.map(attributes).into(),
        ),
    ])
}
