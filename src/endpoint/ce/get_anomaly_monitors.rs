use super::page::Page;
use crate::cost::store::{Monitor, MonitoredValues};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `GetAnomalyMonitors`: those that were written down beside the exports.
pub(super) const OPERATION: Operation = Operation {
    name: "GetAnomalyMonitors",
    mutates: false,
    members: &["MonitorArnList", "NextPageToken", "MaxResults"],
    call,
};

const PAGE: usize = 100;

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let wanted = input.strings("MonitorArnList")?;
    let monitors = &cx.stores.cost.monitors;
    let is_known = |arn: &&str| monitors.iter().any(|monitor| monitor.monitor_arn == *arn);
    if let Some(arn) = wanted.iter().find(|arn| !is_known(arn)) {
        let message = format!("the anomaly monitor {arn} does not exist for the account");
        return Err(Fault::new("UnknownMonitorException", message));
    }
    let most = input.optional_i64("MaxResults")?.unwrap_or(100);
    let most = usize::try_from(most).unwrap_or(0).clamp(1, PAGE);
    let page = Page::read(input, &format!("{wanted:?}"))?;
    let found: Vec<&Monitor> = monitors
        .iter()
        .filter(|monitor| wanted.is_empty() || wanted.contains(&monitor.monitor_arn.as_str()))
        .collect();
    let shown: Vec<Document> = found
        .iter()
        .skip(page.offset)
        .take(most)
        .map(|monitor| document(monitor))
        .collect();
    let next = page.next(shown.len(), found.len());
    Ok(Document::structure([
        ("AnomalyMonitors", Document::List(shown)),
        ("NextPageToken", next.map_or(Document::Null, Into::into)),
    ]))
}

fn document(monitor: &Monitor) -> Document {
    let specification = monitor.monitor_specification.as_ref();
    let specification = specification.map_or(Document::Null, |specification| {
        Document::structure([
            ("Tags", values(specification.tags.as_ref())),
            (
                "CostCategories",
                values(specification.cost_categories.as_ref()),
            ),
            ("Dimensions", values(specification.dimensions.as_ref())),
        ])
    });
    let count = monitor.dimensional_value_count;
    Document::structure([
        ("MonitorArn", monitor.monitor_arn.as_str().into()),
        ("MonitorName", monitor.monitor_name.as_str().into()),
        ("CreationDate", text(monitor.creation_date.as_ref())),
        ("LastUpdatedDate", text(monitor.last_updated_date.as_ref())),
        (
            "LastEvaluatedDate",
            text(monitor.last_evaluated_date.as_ref()),
        ),
        ("MonitorType", monitor.monitor_type.as_str().into()),
        ("MonitorDimension", text(monitor.monitor_dimension.as_ref())),
        ("MonitorSpecification", specification),
        (
            "DimensionalValueCount",
            count.map_or(Document::Null, Document::Integer),
        ),
    ])
}

fn values(values: Option<&MonitoredValues>) -> Document {
    let list = |texts: &[String]| match texts.is_empty() {
        true => Document::Null,
        false => Document::list(texts.iter().map(String::as_str)),
    };
    values.map_or(Document::Null, |values| {
        Document::structure([
            ("Key", values.key.as_str().into()),
            ("Values", list(&values.values)),
            ("MatchOptions", list(&values.match_options)),
        ])
    })
}

fn text(value: Option<&String>) -> Document {
    value.map_or(Document::Null, |text| text.as_str().into())
}
