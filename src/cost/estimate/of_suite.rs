use belfry_engine::alarms::Schedule;
use belfry_engine::dashboard::{self, WidgetKind};
use rust_decimal::Decimal;

use super::notices::{notices, without_price};
use super::{LogSample, OtherGroup, Scan, Subject};
use crate::check::Contract;
use crate::cost::COST_NAMESPACE;
use crate::cost::standing::{Charge, Class, Count, charges};
use crate::provision::{Desired, Place, Resource};
use crate::suite::{Dashboard, Suite};

/// What `belfry cost publish` writes: the total, CloudWatch and each family of a day, the forecast, the budget's burn and
/// the cost of 1,000 scored transactions.
const REPORTED: usize = 16;

impl Subject {
    /// A suite as it would stand at `place`, and the service behind it: the metrics that `contract` says it embeds and
    /// the log lines of `sample`. The service's log group is the one that most metric filters read.
    pub fn of(
        suite: &Suite,
        place: &Place,
        contract: &Contract,
        sample: LogSample,
        athena: Vec<String>,
        groups: Vec<OtherGroup>,
    ) -> Self {
        let desired = Desired::of(suite, place);
        let log_group = service_group(suite);
        let mut subject = Self {
            standing: desired
                .resources
                .values()
                .flat_map(charges)
                .collect::<Count>(),
            metrics: std::collections::BTreeMap::new(),
            retention_days: suite
                .log_groups
                .iter()
                .find(|group| group.name == log_group)
                .and_then(|group| group.retention_days),
            scans: all_scans(suite, &log_group, &groups),
            left_out: left_out(suite, &log_group, &groups, !athena.is_empty()),
            groups,
            notices: notices(suite),
            budgets: suite.budgets.len(),
            athena,
            sample,
            log_group,
        };
        for resource in desired.resources.values() {
            if let Resource::MetricFilter(filter) = resource {
                let names = filter.dimensions.keys().map(|name| (name.clone(), 0));
                let metric = format!("{}/{}", filter.namespace, filter.metric);
                subject.metrics.insert(metric, names.collect());
            }
        }
        let reports = |board: &Dashboard| board.source.contains(COST_NAMESPACE);
        if suite.dashboards.iter().any(reports) {
            subject
                .standing
                .extend([Charge::of(Class::Metric, REPORTED)]);
        }
        for (namespace, name, dimensions) in contract.metrics() {
            let counted = dimensions
                .iter()
                .map(|name| (name.clone(), contract.values(name).len()));
            subject.add_metric(&format!("{namespace}/{name}"), counted.collect());
        }
        subject
    }
}

/// The log group that most metric filters read: the service's.
pub fn service_group(suite: &Suite) -> String {
    let filters = |name: &str| {
        let filters = suite.metric_filters.iter();
        filters.filter(|filter| filter.log_group == name).count()
    };
    let groups = suite.log_groups.iter().rev();
    groups
        .max_by_key(|group| filters(&group.name))
        .map_or_else(String::new, |group| group.name.clone())
}

/// What reads the service's log group, and what reads those of which it is said how much is written to them.
fn all_scans(suite: &Suite, log_group: &str, groups: &[OtherGroup]) -> Vec<Scan> {
    let mut all = scans(suite, log_group);
    for group in groups {
        let of_group = scans(suite, &group.name).into_iter();
        all.extend(of_group.map(|scan| Scan {
            what: format!("{}, over {}", scan.what, group.name),
            bytes: Some(group.bytes),
            ..scan
        }));
    }
    all
}

/// Saved queries and log widgets that read `log_group`.
fn scans(suite: &Suite, log_group: &str) -> Vec<Scan> {
    let reads = |groups: &[String]| groups.iter().any(|group| group == log_group);
    let queries = suite
        .queries
        .iter()
        .filter(|query| reads(&query.log_groups));
    let queries = queries.map(|query| Scan {
        what: format!("query {}", query.stem),
        runs: Err("query-runs"),
        hours: Err("query-hours"),
        bytes: None,
        alarm: false,
    });
    let widgets = suite.dashboards.iter().filter_map(|board| {
        let count = log_widgets(&board.source, log_group);
        (count > 0).then_some((board, count))
    });
    let widgets = widgets.flat_map(|(board, count)| {
        (1..=count).map(move |number| Scan {
            what: match count {
                1 => format!("log widget of {}", board.name),
                _ => format!("log widget {number} of {}", board.name),
            },
            runs: Err("dashboard-refresh-seconds"),
            hours: Err("dashboard-hours"),
            bytes: None,
            alarm: false,
        })
    });
    queries
        .chain(widgets)
        .chain(log_alarms(suite, log_group))
        .collect()
}

/// Each run of a log alarm scans its window: the schedule multiplies it.
fn log_alarms(suite: &Suite, log_group: &str) -> impl Iterator<Item = Scan> {
    let alarms = suite.log_alarms.iter();
    let alarms =
        alarms.filter(move |alarm| alarm.log_groups.iter().any(|group| group == log_group));
    alarms.filter_map(|alarm| {
        let schedule = Schedule::read(&alarm.schedule, alarm.start_offset, Some(alarm.end_offset));
        let minutes = schedule.ok()?.interval() / 60_000;
        let window = Decimal::from(alarm.start_offset - alarm.end_offset);
        Some(Scan {
            what: format!("log alarm {}", alarm.head.name),
            runs: Ok(Decimal::from(30 * 24 * 60).checked_div(Decimal::from(minutes))?),
            hours: Ok(window / Decimal::from(3600)),
            bytes: None,
            alarm: true,
        })
    })
}

fn log_widgets(body: &str, log_group: &str) -> usize {
    let Ok(loaded) = dashboard::load(body) else {
        return 0;
    };
    let widgets = loaded.dashboard.widgets.iter();
    widgets
        .filter(|widget| match &widget.kind {
            WidgetKind::Log(log) => log.log_groups.iter().any(|group| group == log_group),
            WidgetKind::Metric(_)
            | WidgetKind::Text(_)
            | WidgetKind::Alarm(_)
            | WidgetKind::Undrawn(_) => false,
        })
        .count()
}

/// What is declared and has no price: what nothing measures, and what the price list has no row for.
fn left_out(
    suite: &Suite,
    log_group: &str,
    groups: &[OtherGroup],
    has_athena: bool,
) -> Vec<String> {
    let is_measured =
        |name: &str| name == log_group || groups.iter().any(|group| group.name == name);
    let others = suite
        .log_groups
        .iter()
        .filter(|group| !is_measured(&group.name));
    let others = others.map(|group| {
        let name = &group.name;
        let readers = match scans(suite, name).len() {
            0 => String::new(),
            1 => " and the query over it".to_owned(),
            several => format!(" and the {several} queries over it"),
        };
        format!(
            "log group `{name}`{readers}: nothing says how much is written to it \
             (--group {name}=BYTES, a request)"
        )
    });
    let delivered = suite.load_balancers.iter().flat_map(|balancer| {
        let logs = balancer.logs.iter();
        let logs = logs.filter(|logs| logs.kind != "access_logs");
        logs.map(|logs| {
            let kind = logs.kind.replace('_', " ");
            format!(
                "{kind} of `{}` in S3: no sample says how long their lines are",
                balancer.name
            )
        })
    });
    let catalog = has_athena.then(|| {
        "requests of Athena to the Glue Data Catalog: the price list has no row for them".to_owned()
    });
    let mail = suite.budgets.iter().any(|budget| !budget.notify.is_empty());
    let mail = mail.then(|| {
        "notifications of budgets: one a threshold and period, and what AWS Budgets mails itself has no row".to_owned()
    });
    others
        .chain(delivered)
        .chain(without_price(suite))
        .chain(catalog)
        .chain(mail)
        .collect()
}
