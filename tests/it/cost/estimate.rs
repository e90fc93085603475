use std::path::Path;

use belfry::cost::estimate::{
    AccessSample, Assumptions, Estimate, LogSample, Notices, OtherGroup, Scan, Subject, VARIANTS,
};
use belfry::cost::standing::Count;
use belfry::cost::{Allowances, Bill, PriceList, Usd};
use rust_decimal::Decimal;

/// The service as docs/scale.md has it: its log, its access log, its tasks; nothing of the suite.
fn scale(sample: LogSample) -> Subject {
    Subject {
        standing: Count::default(),
        metrics: std::collections::BTreeMap::new(),
        log_group: String::new(),
        retention_days: Some(30),
        scans: Vec::new(),
        groups: Vec::new(),
        notices: Notices::default(),
        budgets: 0,
        athena: Vec::new(),
        sample,
        left_out: Vec::new(),
    }
}

fn sample() -> LogSample {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scoring-service/sample-log.jsonl");
    LogSample::load(&path).unwrap()
}

fn assumed() -> Assumptions {
    let mut assumed = Assumptions::default();
    assumed.service = true;
    assumed
}

fn estimate(subject: &Subject, assumed: &Assumptions, rates: &[i64]) -> Estimate {
    let rates: Vec<Decimal> = rates.iter().map(|rate| (*rate).into()).collect();
    Estimate::of(PriceList::built_in().unwrap(), subject, assumed, &rates).unwrap()
}

fn figures() -> String {
    let subject = scale(sample());
    let rates = [10, 1_000, 10_000];
    let now = estimate(&subject, &assumed(), &rates);
    let mut rows = vec![heading("a month")];
    for (index, line) in now.bills[0].lines.iter().enumerate() {
        let amounts = now.bills.iter().map(|bill| bill.lines[index].amount);
        rows.push(row(&line.what, amounts));
    }
    rows.push(row("**total**", now.bills.iter().map(Bill::total)));
    rows.push(String::new());
    rows.push(heading("logs alone: ingestion and storage"));
    rows.push(row("every line, metrics inside", logs(&now)));
    for variant in VARIANTS {
        let other = estimate(&subject, &(variant.apply)(assumed()), &rates);
        rows.push(row(variant.name, logs(&other)));
    }
    rows.join("\n") + "\n"
}

fn heading(what: &str) -> String {
    format!("| {what} | 10/s | 1,000/s | 10,000/s |\n| --- | ---: | ---: | ---: |")
}

fn row(what: &str, amounts: impl Iterator<Item = Usd>) -> String {
    let amounts: Vec<String> = amounts.map(Usd::cents).collect();
    format!("| {what} | {} |", amounts.join(" | "))
}

fn logs(estimate: &Estimate) -> impl Iterator<Item = Usd> {
    estimate.bills.iter().map(|bill| {
        let logs = bill
            .lines
            .iter()
            .filter(|line| line.what.starts_with("log "));
        logs.map(|line| line.amount).sum()
    })
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the switch of the update mode")]
fn the_page_on_scale_has_the_figures_of_the_estimate() {
    const BEGIN: &str = "<!-- figures: UPDATE_DOCS=1 cargo test --test it scale writes them -->\n";
    const END: &str = "<!-- end of figures -->";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/scale.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = page.split_once(BEGIN).unwrap();
    let (found, after) = rest.split_once(END).unwrap();
    let figures = figures();
    if std::env::var("UPDATE_DOCS").is_ok() {
        std::fs::write(&path, format!("{before}{BEGIN}{figures}{END}{after}")).unwrap();
        return;
    }
    assert_eq!(
        found, figures,
        "docs/scale.md is stale: run with UPDATE_DOCS=1"
    );
}

#[test]
fn ten_thousand_a_second_are_counted_from_the_bytes_of_a_line() {
    let line = "{\"level\":\"INFO\",\"request_id\":\"a\"}";
    let lines = LogSample::read("one", line.as_bytes()).unwrap();
    assert_eq!(lines.bytes, 33);
    let estimate = estimate(&scale(lines), &assumed(), &[10_000]);
    // 33 bytes, 10,000 times a second for 2,592,000 seconds, at $0.50 for 2^30.
    let expected =
        Decimal::from(33) * Decimal::from(25_920_000_000_u64) / Decimal::from(1_u64 << 30);
    let ingestion = &estimate.bills[0].lines[0];
    assert_eq!(
        (ingestion.what.as_str(), ingestion.quantity),
        ("log ingestion", expected)
    );
    assert_eq!(ingestion.amount.cents(), "398.31");
    let cpu = estimate.bills[0]
        .lines
        .iter()
        .find(|line| line.what == "tasks, vCPU")
        .unwrap();
    assert_eq!(cpu.amount.cents(), "1,748.74");
}

#[test]
fn what_is_assumed_of_the_load_balancer_is_what_its_lines_measure() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scoring-service/sample-access.log");
    let measured = AccessSample::load(&path).unwrap();
    assert_eq!(measured.lines, 200);
    assert_eq!(
        Assumptions::default().measured(&measured),
        Assumptions::default()
    );
}

#[test]
fn the_free_tier_is_taken_off_once_for_all_lines_of_a_row() {
    let mut subject = scale(sample());
    let query = |hours: i64| Scan {
        what: format!("query of {hours} hours"),
        runs: Ok(Decimal::ONE),
        hours: Ok(hours.into()),
        bytes: None,
        alarm: hours == 3,
    };
    subject.scans = vec![query(1), query(2), query(3)];
    let scanned = |allowances| -> Vec<Decimal> {
        let mut assumed = assumed();
        assumed.allowances = allowances;
        let estimate = estimate(&subject, &assumed, &[1_000]);
        let lines = estimate.bills[0].lines.iter();
        let lines = lines.filter(|line| line.what.starts_with("scans: "));
        lines.map(|line| line.amount.dollars()).collect()
    };
    let (paid, free) = (scanned(Allowances::Used), scanned(Allowances::Free));
    // Five gigabytes at half a cent, though the log alarm has a row of its own in the list.
    let taken = paid.iter().sum::<Decimal>() - free.iter().sum::<Decimal>();
    assert_eq!(taken.normalize(), Decimal::new(25, 3));
    assert_eq!(
        (free[1], free[2]),
        (
            paid[1] - (Decimal::new(25, 3) - (paid[0] - free[0])),
            paid[2]
        )
    );
}

#[test]
fn notifications_and_other_groups_are_paid_and_vended_ones_by_tiers() {
    let mut subject = scale(sample());
    let group = |name: &str| OtherGroup {
        name: name.to_owned(),
        bytes: 1_000.into(),
        retention_days: Some(30),
        infrequent: false,
    };
    subject.groups = vec![group("/app/other"), group("/aws/vendedlogs/states/x")];
    subject.notices = Notices {
        published: 11,
        email: 11,
        http: 0,
        internal: 0,
    };
    let estimate = estimate(&subject, &assumed(), &[10_000]);
    let amount = |what: &str| {
        let mut lines = estimate.bills[0].lines.iter();
        lines
            .find(|line| line.what == what)
            .unwrap()
            .amount
            .column()
    };
    // 24,139.88 GB: at $0.50, and vended 10,240 of them at $0.50, the rest at $0.25.
    assert_eq!(amount("ingestion of /app/other"), "12,069.94");
    assert_eq!(amount("ingestion of /aws/vendedlogs/states/x"), "8,594.97");
    // 110 e-mails at $2 the 100,000.
    assert_eq!(amount("notifications by e-mail"), "0.0022");
    assert!(
        estimate
            .unknown
            .iter()
            .any(|reason| reason.contains("NAT gateways"))
    );
}

#[test]
fn each_way_to_save_saves() {
    let subject = scale(sample());
    let now = estimate(&subject, &assumed(), &[1_000]);
    assert_eq!(now.variants.len(), VARIANTS.len());
    for (variant, totals) in &now.variants {
        assert!(totals[0] < now.bills[0].total(), "{}", variant.name);
    }
    assert_eq!(now.fields[0].name, "_aws");
}
