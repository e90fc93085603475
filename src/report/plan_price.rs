use std::io::{self, Write};

use super::style::{FAINT, styled};
use crate::cost::PriceError;
use crate::cost::standing::PlanPrice;

/// What a plan changes of a month's bill: one line, and below it what the figures leave out.
pub fn write_plan_price(
    out: &mut dyn Write,
    price: &Result<PlanPrice, PriceError>,
) -> io::Result<()> {
    let price = match price {
        Ok(price) => price,
        Err(error) => return writeln!(out, "a month: the price is unknown; {error}"),
    };
    let (before, after) = (price.before, price.after);
    match price.changes() {
        None => return writeln!(out, "a month: no change of price; {after}"),
        Some(changes) => writeln!(out, "a month: {changes}; {before} → {after}")?,
    }
    for scans in &price.scans {
        writeln!(out, "  not told: {}", scans.told())?;
    }
    for reason in &price.unknown {
        writeln!(out, "  not told: {reason}")?;
    }
    let (region, day, free) = (&price.region, &price.as_of, price.after_allowances);
    let basis = format!(
        "  list prices of {region} up to {day}; {free} where nothing else uses the account's free tier"
    );
    writeln!(out, "{}", styled(FAINT, basis))?;
    let left_out = "  what is paid by use (logs, scans, requests) is not in it";
    writeln!(out, "{}", styled(FAINT, left_out))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cost::PriceList;
    use crate::provision::resources::{
        AlarmResource, DashboardResource, LogAlarmResource, WatchedMetric,
    };
    use crate::provision::{Desired, Observed, Ownership, Plan, Resource};

    fn alarm(name: &str, period: i64) -> Resource {
        Resource::Alarm(AlarmResource {
            name: name.to_owned(),
            metric: Some(WatchedMetric {
                namespace: "App".to_owned(),
                name: "Errors".to_owned(),
                dimensions: std::collections::BTreeMap::new(),
                statistic: "Sum".to_owned(),
                period,
                unit: None,
            }),
            ..AlarmResource::default()
        })
    }

    fn text(before: Vec<Resource>, after: Vec<Resource>) -> String {
        let mut observed = Observed::default();
        for resource in before {
            observed.insert(resource, Ownership::Ours, None);
        }
        let desired: Desired = after.into_iter().collect();
        let plan = Plan::new(&desired, &observed);
        let price = PlanPrice::of(&plan, PriceList::built_in().unwrap());
        let mut out = Vec::new();
        write_plan_price(&mut out, &price).unwrap();
        let text = anstream::adapter::strip_bytes(&out).into_vec();
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn a_plan_says_what_it_changes_of_a_months_bill() {
        let board = Resource::Dashboard(DashboardResource::new("b", "{}"));
        let before = vec![alarm("a", 60), board];
        let after = vec![alarm("a", 60), alarm("b", 60), alarm("c", 10)];
        let told = text(before, after);
        assert_eq!(
            told.lines().next().unwrap(),
            "a month: +1 alarm metric $0.10, +1 high-resolution alarm metric $0.30, -1 dashboard -$3.00; \
             $3.10 → $0.50"
        );
        assert!(
            told.contains("; $0.30 where nothing else uses the account's free tier"),
            "{told}"
        );
    }

    #[test]
    fn a_threshold_that_moves_costs_nothing() {
        let told = text(vec![alarm("a", 60)], vec![alarm("a", 120)]);
        assert!(
            told.starts_with("a month: no change of price; $0.10\n"),
            "{told}"
        );
    }

    #[test]
    fn a_log_alarm_says_what_it_scans_and_that_this_needs_a_rate() {
        let alarm = |schedule: &str| {
            Resource::LogAlarm(LogAlarmResource {
                name: "cards".to_owned(),
                schedule: schedule.to_owned(),
                start_offset: 900,
                ..LogAlarmResource::default()
            })
        };
        let told = text(Vec::new(), vec![alarm("rate(5 minutes)")]);
        assert!(
            told.starts_with(
                "a month: +1 log alarm $0.10 (single source), scans of log alarm `cards` not counted: need a rate; $0 → $0.10\n"
            ),
            "{told}"
        );
        // 8,640 runs of a quarter of an hour.
        assert!(
            told.contains("not told: log alarm `cards` scans 2160 hours of its log groups a month, at $0.005 a GB"),
            "{told}"
        );
        let told = text(
            vec![alarm("rate(5 minutes)")],
            vec![alarm("rate(1 minute)")],
        );
        assert!(
            told.contains("scans 10800 hours of its log groups a month, 2160 before"),
            "{told}"
        );
        let told = text(
            vec![alarm("rate(5 minutes)")],
            vec![alarm("rate(5 minutes)")],
        );
        assert!(
            told.starts_with("a month: no change of price; $0.10\n"),
            "{told}"
        );
    }

    #[test]
    fn a_price_that_is_unknown_is_said_to_be() {
        let mut out = Vec::new();
        let empty = PriceList::parse("[]").unwrap();
        let plan = Plan::new(
            &vec![alarm("a", 60)].into_iter().collect(),
            &Observed::default(),
        );
        write_plan_price(&mut out, &PlanPrice::of(&plan, &empty)).unwrap();
        let told = String::from_utf8(out).unwrap();
        assert!(
            told.starts_with("a month: the price is unknown; the price of `Alarm, standard"),
            "{told}"
        );
    }
}
