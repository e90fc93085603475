//! What the inputs of a worked example cost: each part is counted where the inputs that it needs are given, and an
//! input that nothing reads is a mistake.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use belfry::cost::prices::item;
use belfry::cost::services::{
    Architecture, FargateTask, LoadBalancerUse, Runs, TERABYTE, athena_billed, athena_terabytes,
    fargate, load_balancer,
};
use belfry::cost::{Allowances, Item, PriceList, Usd};
use rust_decimal::Decimal;
use serde_json::Value;

/// Amounts by the names that the examples use.
pub(super) type Answer = BTreeMap<String, Decimal>;

pub(super) struct Inputs<'a> {
    values: &'a Value,
    read: RefCell<BTreeSet<&'static str>>,
    allowances: Allowances,
}

/// Quantities that are sold as they stand: `(input, times input or 1, part of the answer, item)`.
const PLAIN: &[(&str, &str, &str, Item)] = &[
    ("instances", "metrics_per_instance", "metrics", item::METRIC),
    ("metrics", "", "metrics", item::METRIC),
    ("ingest_gb_per_day", "days", "ingest", item::LOG_INGESTION),
    ("ingest_gb", "", "ingest", item::LOG_INGESTION),
    (
        "infrequent_ingest_gb",
        "",
        "ingest",
        item::LOG_INGESTION_INFREQUENT,
    ),
    ("stored_gb", "", "storage", item::LOG_STORAGE),
    ("scanned_gb", "", "scan", item::LOG_SCAN),
    ("vended_gb", "", "ingest", item::VENDED_LOGS),
    ("vended_to_s3_gb", "", "delivery", item::VENDED_LOGS_TO_S3),
    ("s3_gb", "", "storage", item::S3_STORAGE),
    ("s3_puts", "", "requests", item::S3_WRITES),
    ("s3_gets", "", "reads", item::S3_READS),
    ("alarms", "", "alarms", item::ALARM),
    ("math_alarm_metrics", "", "math_alarms", item::ALARM),
    (
        "high_resolution_alarms",
        "",
        "high_resolution_alarms",
        item::ALARM_HIGH_RESOLUTION,
    ),
    (
        "composite_alarms",
        "",
        "composite_alarms",
        item::ALARM_COMPOSITE,
    ),
    (
        "high_resolution_anomaly_alarms",
        "",
        "anomaly_alarms",
        item::ALARM_ANOMALY_HIGH_RESOLUTION,
    ),
    (
        "metrics_analysed",
        "",
        "query_alarms",
        item::ALARM_METRICS_INSIGHTS,
    ),
    ("dashboards", "", "dashboards", item::DASHBOARD),
    (
        "metrics_requested",
        "",
        "get_metric_data",
        item::GET_METRIC_DATA,
    ),
    ("api_requests", "", "api", item::CLOUDWATCH_REQUESTS),
    ("live_tail_minutes", "", "live_tail", item::LIVE_TAIL),
    ("egress_gb", "", "egress", item::TRANSFER_OUT),
    ("zone_gb", "", "zones", item::TRANSFER_ZONES),
    (
        "public_addresses",
        "hours",
        "addresses",
        item::PUBLIC_ADDRESS,
    ),
    ("secrets", "", "secrets", item::SECRET),
    ("secret_calls", "", "secret_calls", item::SECRET_CALLS),
    (
        "cost_explorer_requests",
        "",
        "cost_explorer",
        item::COST_EXPLORER_REQUEST,
    ),
    ("sns_requests", "", "sns", item::SNS_REQUESTS),
    ("sns_emails", "", "emails", item::SNS_EMAIL),
    ("sns_http", "", "http", item::SNS_HTTP),
];

impl<'a> Inputs<'a> {
    pub(super) fn new(values: &'a Value, allowances: Allowances) -> Self {
        Self {
            values,
            read: RefCell::default(),
            allowances,
        }
    }

    /// Every part that the inputs speak of, and `total`: its lines rounded to cents, as a bill adds up.
    pub(super) fn answer(&self, list: &PriceList) -> Answer {
        let mut answer = Answer::new();
        for (input, times, part, item) in PLAIN {
            if let Some(quantity) = self.number(input) {
                let times = if times.is_empty() {
                    None
                } else {
                    self.number(times)
                };
                let price = list.price(item).unwrap();
                let cost = price.cost(quantity * times.unwrap_or(Decimal::ONE), self.allowances);
                pay(&mut answer, part, cost);
            }
        }
        self.anomaly_alarms(list, &mut answer);
        self.athena(list, &mut answer);
        self.tasks(list, &mut answer);
        self.balancer(list, &mut answer);
        let total = answer.iter().filter(|(part, _)| !part.contains('.'));
        let total = total
            .map(|(_, amount)| Usd::new(*amount).to_cents())
            .sum::<Usd>();
        answer.insert("total".to_owned(), total.dollars());
        self.all_read();
        answer
    }

    fn number(&self, name: &'static str) -> Option<Decimal> {
        let value = self.values.get(name)?;
        self.read.borrow_mut().insert(name);
        Some(
            value
                .to_string()
                .parse()
                .or_else(|_| Decimal::from_scientific(&value.to_string()))
                .unwrap(),
        )
    }

    fn or(&self, name: &'static str, otherwise: i64) -> Decimal {
        self.number(name).unwrap_or_else(|| otherwise.into())
    }

    fn all_read(&self) {
        let read = self.read.borrow();
        let given = self.values.as_object().unwrap();
        let unread: Vec<_> = given
            .keys()
            .filter(|key| !read.contains(key.as_str()))
            .collect();
        assert!(unread.is_empty(), "inputs that nothing reads: {unread:?}");
    }

    /// A model has the metric and the two edges of its band: three metrics, of which each pays.
    fn anomaly_alarms(&self, list: &PriceList, answer: &mut Answer) {
        let Some(alarms) = self.number("anomaly_alarms") else {
            return;
        };
        let metrics = self.or("metrics_per_alarm", 3);
        let price = list.price(&item::ALARM_ANOMALY).unwrap();
        let each = price.cost(Decimal::ONE, Allowances::Used);
        let standard = list.price(&item::ALARM).unwrap();
        assert_eq!(each, standard.cost(metrics, Allowances::Used));
        answer.insert("anomaly.per_alarm".to_owned(), each.dollars());
        pay(answer, "anomaly_alarms", each * alarms);
    }

    fn athena(&self, list: &PriceList, answer: &mut Answer) {
        let bytes = |terabytes: Decimal| terabytes * Decimal::from(TERABYTE);
        let scanned = self
            .number("tb_scanned")
            .map(bytes)
            .or_else(|| self.number("bytes_scanned"));
        let Some(scanned) = scanned else { return };
        let billed = athena_billed(scanned.ceil().try_into().unwrap());
        let queries = self.or("queries", 1);
        let price = list.price(&item::ATHENA_SCAN).unwrap();
        pay(
            answer,
            "scan",
            price.cost(athena_terabytes(billed) * queries, self.allowances),
        );
    }

    fn tasks(&self, list: &PriceList, answer: &mut Answer) {
        let Some(tasks) = self.number("tasks") else {
            return;
        };
        let architecture = self
            .values
            .get("arch")
            .and_then(Value::as_str)
            .unwrap_or("x86");
        self.read.borrow_mut().insert("arch");
        let task = FargateTask {
            vcpu: self.number("vcpu").unwrap(),
            memory_gb: self.number("gb").unwrap(),
            ephemeral_gb: self.or("ephemeral_gb", 20),
            architecture: match architecture {
                "x86" => Architecture::X86,
                "arm64" => Architecture::Arm64,
                "windows" => Architecture::Windows,
                other => panic!("no architecture `{other}`"),
            },
            spot: false,
        };
        let runs = match self.number("seconds_per_day") {
            Some(seconds) => Runs {
                count: tasks * self.or("days", 30),
                seconds,
            },
            None => Runs::steady(tasks, self.or("hours", 720)),
        };
        let own = (architecture == "windows").then(|| self.windows());
        let cost = fargate(own.as_ref().unwrap_or(list), &task, &runs).unwrap();
        pay(answer, "cpu", cost.cpu);
        pay(answer, "memory", cost.memory);
        pay(answer, "task_storage", cost.storage);
        pay(answer, "os", cost.system);
    }

    /// The example of Windows brings its prices of a second: the list has none.
    fn windows(&self) -> PriceList {
        let row = |name: &str, unit: &str, second: Decimal| {
            let hour = (second * Decimal::from(3600)).normalize();
            format!(
                r#"{{"service":"Fargate","item":"{name}","unit":"{unit}","tiers":[{{"up_to":null,"price":{hour}}}],
                "free":"none","region":"us-east-1","as_of":"2026","sources":["PG-FG"],"certainty":"uncertain",
                "note":"","free_in_tiers":false}}"#
            )
        };
        let rows = [
            row("vCPU, Windows", "vCPU-hour", self.number("cpu_s").unwrap()),
            row(
                "Operating system, Windows",
                "vCPU-hour",
                self.number("os_s").unwrap(),
            ),
            row("Memory, Windows", "GB-hour", self.number("gb_s").unwrap()),
            row(
                "Ephemeral storage above the free part",
                "GB-hour",
                Decimal::ZERO,
            ),
        ];
        PriceList::parse(&format!("[{}]", rows.join(","))).unwrap()
    }

    fn balancer(&self, list: &PriceList, answer: &mut Answer) {
        let connections = self.number("new_conn_per_s");
        let average = self.number("average_lcu");
        if connections.or(average).is_none() {
            return;
        }
        let new_connections = connections.unwrap_or_default();
        let seconds = self.or("conn_seconds", 0);
        // AWS's example counts a gigabyte of 1,000,000 KB here. A given average of LCUs is that of its bytes.
        let bytes = self.or("kb_per_s", 0) * Decimal::from(3600) / Decimal::from(1_000_000);
        let usage = LoadBalancerUse {
            new_connections,
            active_connections: new_connections * seconds,
            gigabytes: average.unwrap_or(bytes),
            lambda_gigabytes: self.or("lambda_kb_per_s", 0) * Decimal::from(3600)
                / Decimal::from(1_000_000),
            requests: self.or("requests_per_s", 0),
            rules: self.or("rules", 0),
            trust_stores: self.or("trust_stores", 0),
            mutual_tls: false,
            hours: self.number("hours").unwrap(),
        };
        let cost = load_balancer(list, &usage).unwrap();
        let units = usage.units();
        for (name, value) in [
            ("lcu.new", units.new),
            ("lcu.active", units.active),
            ("lcu.bytes", units.bytes),
            ("lcu.rules", units.rules),
            ("lcu.billed_lcu", units.billed()),
            ("lcu.per_hour", cost.total().dollars() / usage.hours),
        ] {
            answer.insert(name.to_owned(), value);
        }
        pay(answer, "balancer", cost.balancer);
        pay(answer, "lcu", cost.units);
        pay(answer, "trust_stores", cost.trust_stores);
    }
}

fn pay(answer: &mut Answer, part: &str, cost: Usd) {
    *answer.entry(part.to_owned()).or_default() += cost.dollars();
}
