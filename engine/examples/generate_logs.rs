//! Writes service logs for benchmarks: seeded, so that everyone measures the same bytes.
//!
//! `cargo run --release -p belfry-engine --example generate_logs -- 1000000000 > logs.ndjson` writes about
//! one gigabyte: one JSON object a line, about 550 bytes, 15 fields, two of them objects, stamped one
//! millisecond to a few apart from 2026-04-20T10:00:00Z on.

use std::io::{self, BufWriter, Write};

use belfry_engine::base::Millis;

/// Where the stamps begin: 2026-04-20T10:00:00Z.
const START: Millis = Millis(1_776_679_200_000);

/// How many customers there are: what `count_distinct` has to find.
const CUSTOMERS: u64 = 200_000;

const ENDPOINTS: &[&str] = &[
    "/api/v1/predict",
    "/api/v1/predict/batch",
    "/api/v1/models",
    "/api/v1/feedback",
    "/health",
];

const AGENTS: &[&str] = &[
    "checkout/4.12.0 (linux; x86_64) hyper/1.12",
    "mobile-gateway/2.3.1 (ios 26.1; arm64) urlsession",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0 Safari/537.36",
];

/// SplitMix64: small, well spread, the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    fn pick<'a>(&mut self, among: &[&'a str]) -> &'a str {
        let index = usize::try_from(self.below(among.len() as u64)).unwrap_or_default();
        among.get(index).copied().unwrap_or_default()
    }
}

fn main() -> io::Result<()> {
    let wanted: u64 = std::env::args()
        .nth(1)
        .and_then(|text| text.parse().ok())
        .unwrap_or(100_000_000);
    let mut out = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    let mut random = Random(42);
    let mut at = START;
    let (mut written, mut number) = (0, 0);
    let mut line = Vec::with_capacity(1024);
    while written < wanted {
        at = at.plus(i64::try_from(random.below(4)).unwrap_or_default());
        number += 1;
        line.clear();
        write_line(&mut line, &mut random, at, number)?;
        out.write_all(&line)?;
        written += line.len() as u64;
    }
    out.flush()
}

fn write_line(line: &mut Vec<u8>, random: &mut Random, at: Millis, number: u64) -> io::Result<()> {
    let is_error = random.below(50) == 0;
    let (level, status, message) = match (is_error, random.below(20)) {
        (true, 0..10) => ("ERROR", 500, "scoring failed: model timeout after 250 ms"),
        (true, _) => ("ERROR", 503, "scoring refused: circuit breaker is open"),
        (false, 0) => ("WARN", 422, "request refused: amount is not a number"),
        (false, _) => ("INFO", 200, "transaction scored"),
    };
    let micros = 200 + random.below(900) + random.below(2) * random.below(40_000);
    let score = random.below(101);
    writeln!(
        line,
        "{{\"timestamp\":\"{}\",\"level\":\"{level}\",\"message\":\"{message}\",\"request_id\":\"{:016x}-{number:08x}\",\
         \"user_id\":\"cust-{:06}\",\"endpoint\":\"{}\",\"duration\":{}.{:03},\"status\":{status},\"amount\":{}.{:02},\
         \"risk_score\":{score},\"merchant\":\"merchant-{:04}\",\"user_agent\":\"{}\",\
         \"client\":{{\"ip\":\"10.{}.{}.{}\",\"port\":{},\"tls\":{{\"version\":\"TLSv1.3\",\"resumed\":{}}}}},\
         \"decision\":{{\"is_fraud\":{},\"recommendation\":\"{}\",\"factors\":[\"amount\",\"velocity\"]}},\"region\":\"us-east-1{}\"}}",
        at.to_rfc3339(),
        random.next(),
        random.below(CUSTOMERS),
        random.pick(ENDPOINTS),
        micros / 1000,
        micros % 1000,
        random.below(900),
        random.below(100),
        random.below(2000),
        random.pick(AGENTS),
        random.below(256),
        random.below(256),
        random.below(256),
        1024 + random.below(60_000),
        random.below(2) == 0,
        score > 97,
        if score > 97 {
            "BLOCK"
        } else if score > 85 {
            "REVIEW"
        } else {
            "APPROVE"
        },
        random.pick(&["a", "b", "c"]),
    )
}
