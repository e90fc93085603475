//! Case files: lines that fill a store, and questions with the answers below them.

use std::fmt::Write;

use belfry_engine::base::Millis;
use belfry_engine::metrics::{
    DatumValues, Dimensions, MetricDataQuery, MetricDataRequest, MetricDatum, MetricId, MetricStat,
    MetricStore, QueryKind, Statistic, Unit, get_metric_data,
};

const MINUTE: i64 = 60_000;
/// 2026-11-20T00:00:00Z, a Friday.
const START: Millis = Millis(1_795_132_800_000);

/// The file with the answers below every question computed anew.
pub(crate) fn complete(written: &str) -> String {
    let mut out = String::new();
    let mut scene = Scene::default();
    for line in written.lines().filter(|line| !line.starts_with("  ")) {
        out.push_str(line);
        out.push('\n');
        for answer in scene.line(line) {
            writeln!(out, "  {answer}").unwrap();
        }
    }
    out
}

/// What the lines so far have set up.
struct Scene {
    store: MetricStore,
    queries: Vec<MetricDataQuery>,
    minutes: i64,
    now: Millis,
}

impl Default for Scene {
    fn default() -> Self {
        Self {
            store: MetricStore::default().of_account("123456789012", "eu-west-1"),
            queries: Vec::new(),
            minutes: 0,
            now: START,
        }
    }
}

impl Scene {
    fn line(&mut self, line: &str) -> Vec<String> {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "data" => self.data(rest),
            "metric" => self.metric(rest),
            "now" => self.now = START.plus(rest.parse::<i64>().unwrap() * MINUTE),
            "clear" => *self = Self::default(),
            "?" => return self.ask(rest),
            "" | "#" => {}
            other => panic!("`{other}` begins no line of a case file"),
        }
        Vec::new()
    }

    /// `shop Latency Service=a unit:Count : 1 2|3 _ 4`: one word a minute, `|` between samples, `_` for none.
    fn data(&mut self, line: &str) {
        let (head, points) = line.split_once(" : ").unwrap();
        let words = words(head);
        let unit = option(&words, "unit:").map_or(Unit::None, |unit| Unit::parse(unit).unwrap());
        let id = id(&words);
        for (minute, samples) in (0..).zip(points.split(' ')) {
            self.minutes = self.minutes.max(minute + 1);
            for sample in samples.split('|').filter(|sample| *sample != "_") {
                let datum = MetricDatum {
                    id: id.clone(),
                    values: DatumValues::Distribution(vec![(sample.parse().unwrap(), 1.0)]),
                    unit,
                    timestamp: START.plus(minute * MINUTE),
                    high_resolution: false,
                };
                self.store.put(&datum, START).unwrap();
            }
        }
    }

    /// `m1 shop Latency Service=a stat:p99 period:60 unit:Count label:x return`: a query of the requests to come.
    fn metric(&mut self, line: &str) {
        let words = words(line);
        let stat = MetricStat {
            id: id(&words[1..]),
            period: option(&words, "period:").map_or(60, |p| p.parse().unwrap()),
            statistic: Statistic::parse(option(&words, "stat:").unwrap_or("Sum")).unwrap(),
            unit: option(&words, "unit:").and_then(Unit::parse),
        };
        self.queries.push(MetricDataQuery {
            id: words[0].clone(),
            kind: QueryKind::Metric(stat),
            label: option(&words, "label:").map(str::to_owned),
            return_data: words.iter().any(|word| word == "return"),
        });
    }

    /// `period:300 label:x | EXPRESSION`, or the expression alone; without one, the queries that return data.
    fn ask(&self, line: &str) -> Vec<String> {
        let (head, text) = line.split_once(" | ").unwrap_or(("", line));
        let head = words(head);
        let mut queries = self.queries.clone();
        if text != "metrics" {
            queries.push(MetricDataQuery {
                id: "e1".to_owned(),
                kind: QueryKind::Expression {
                    text: text.to_owned(),
                    period: option(&head, "period:").map(|p| p.parse().unwrap()),
                },
                label: option(&head, "label:").map(str::to_owned),
                return_data: true,
            });
        }
        let end = option(&head, "end:").map_or(self.minutes, |end| end.parse().unwrap());
        let request = MetricDataRequest {
            queries,
            start: START,
            end: START.plus(end * MINUTE),
            descending: false,
            label_offset: option(&head, "zone:").map_or(0, |zone| zone.parse().unwrap()),
        };
        match get_metric_data(&self.store, &request, self.now) {
            Err(error) => vec![format!("! {error}")],
            Ok(results) if results.is_empty() => vec!["no series".to_owned()],
            Ok(results) => results
                .iter()
                .map(|result| {
                    let minute = |at: Millis| (at.0 - START.0) / MINUTE;
                    let points = result.points.iter();
                    let points = points.map(|(at, value)| format!(" {}={value}", minute(*at)));
                    let partial = if result.is_complete { "" } else { " (partial)" };
                    let label = &result.label;
                    format!("{label}:{}{partial}", points.collect::<String>())
                })
                .collect(),
        }
    }
}

/// Words with blanks between; double quotes hold one together.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            c => words.last_mut().unwrap().push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn option<'w>(words: &'w [String], name: &str) -> Option<&'w str> {
    words.iter().find_map(|word| word.strip_prefix(name))
}

fn id(words: &[String]) -> MetricId {
    let pairs = words.iter().skip(2).filter_map(|word| word.split_once('='));
    let dimensions: Dimensions = pairs.map(|(n, v)| (n.to_owned(), v.to_owned())).collect();
    MetricId::new(&words[0], &words[1], dimensions).unwrap()
}
