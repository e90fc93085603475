use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rust_decimal::Decimal;

use super::*;

/// Service, lines, billed, effective.
const TOTALS: &[(&str, usize, &str, &str)] = &[
    ("Amazon Elastic Compute Cloud", 554, "16.0416930505", "13"),
    ("Azure Kubernetes Service", 1, "1.58088", "1.58088"),
    (
        "Amazon Relational Database Service",
        13,
        "0.7532270852",
        "0",
    ),
    ("Elastic Load Balancing", 97, "0.3136842445", "0"),
    ("AmazonCloudWatch", 63, "0.2201695838", "0"),
    ("Amazon Virtual Private Cloud", 57, "0.1655403143", "0"),
    ("Amazon Elastic Container Service", 40, "0.0204838113", "0"),
    ("Amazon Simple Storage Service", 36, "0.0018150185", "0"),
    ("Storage Accounts", 38, "0.0008829155", "0.0008829155"),
    ("AWS CloudTrail", 8, "0", "0"),
    (
        "Azure Machine Learning",
        9,
        "-0.15189756178",
        "-0.15189756178",
    ),
];

fn sample() -> CostStore {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/costs/focus-1.0-sample.csv.gz");
    let mut store = CostStore::default();
    read_export(&mut store, &path).unwrap();
    store
}

fn sum<'l>(lines: impl Iterator<Item = &'l CostLine>, measure: Measure) -> Decimal {
    lines.map(|line| line.measures[&measure]).sum()
}

#[test]
fn the_focus_sample_adds_up_to_what_others_make_of_it() {
    let store = sample();
    assert_eq!(store.lines().len(), 1000);
    let mut by_service: BTreeMap<&str, Vec<&CostLine>> = BTreeMap::new();
    for line in store.lines() {
        let service = line.dimensions[&Dimension::Service].as_str();
        by_service.entry(service).or_default().push(line);
    }
    assert_eq!(by_service.len(), 33);
    for (service, count, billed, effective) in TOTALS {
        let lines = &by_service[service];
        let total = |measure| sum(lines.iter().copied(), measure).normalize().to_string();
        let found = (
            lines.len(),
            total(Measure::UnblendedCost),
            total(Measure::AmortizedCost),
        );
        let expected = (*count, (*billed).to_owned(), (*effective).to_owned());
        assert_eq!(found, expected, "{service}");
    }
    let total = |measure| sum(store.lines().iter(), measure).normalize().to_string();
    assert_eq!(total(Measure::UnblendedCost), "20.52022672899");
    assert_eq!(total(Measure::AmortizedCost), "14.97651418586");
    assert!(CostStore::lacks(store.lines(), Measure::BlendedCost));
    assert!(store.tag_keys().contains("business_unit"));
}

/// Writes `text` to a file and reads it.
fn read(name: &str, text: &str) -> Result<CostStore, String> {
    let folder = tempfile::tempdir().unwrap();
    let path: PathBuf = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    let mut store = CostStore::default();
    let read = read_export(&mut store, &path);
    let shown = |error: ExportError| error.to_string().replace(&path.display().to_string(), name);
    read.map(|()| store).map_err(shown)
}

const CUR: &str = "line_item_line_item_type,line_item_product_code,line_item_unblended_cost,line_item_usage_start_date,\
line_item_usage_end_date,line_item_currency_code,line_item_usage_type,line_item_usage_amount,resource_tags,product\n";

#[test]
fn a_cur_line_has_cost_explorers_names_and_a_persons_tags() {
    let row = r#"Usage,AmazonECS,0.0202400000,2026-11-01T00:00:00Z,2026-11-01T01:00:00Z,USD,USE1-Fargate-vCPU-Hours:perCPU,0.5,"{""user_team"":""fraud"",""aws_createdBy"":""x""}","{""product_name"":""ECS""}""#;
    let store = read("cur.csv", &format!("{CUR}{row}\r\n")).unwrap();
    let line = &store.lines()[0];
    assert_eq!(
        line.dimensions[&Dimension::Service],
        "Amazon Elastic Container Service"
    );
    assert_eq!(
        (line.day.to_string().as_str(), line.hour),
        ("2026-11-01", Some(0))
    );
    assert_eq!(line.tags["team"], "fraud");
    assert_eq!(
        line.measures[&Measure::AmortizedCost],
        Decimal::new(2024, 5)
    );
}

#[test]
fn the_amortised_cost_needs_the_columns_of_its_kind_of_line() {
    let row = "SavingsPlanCoveredUsage,AmazonEC2,1,2026-11-01,2026-11-02,USD,BoxUsage,1,,\n";
    let store = read("cur.csv", &format!("{CUR}{row}")).unwrap();
    assert!(CostStore::lacks(store.lines(), Measure::AmortizedCost));
    assert_eq!(store.lines()[0].hour, None);
}

#[test]
fn a_malformed_file_names_line_and_column() {
    let wrong = |rows: &str| read("cur.csv", &format!("{CUR}{rows}")).unwrap_err();
    let good = "Usage,A,1,2026-11-01,2026-11-02,USD,U,1,,\n";
    let told = wrong(&format!(
        "{good}Usage,A,much,2026-11-01,2026-11-02,USD,U,1,,\n"
    ));
    assert_eq!(
        told,
        "the cost export `cur.csv` is wrong at line 3, column 9: `much` in `line_item_unblended_cost` is no amount"
    );
    assert!(
        wrong("Usage,A,1,soon,2026-11-02,USD,U,1,,\n").contains("line 2, column 11: `soon` in")
    );
    assert!(
        wrong("Usage,A,1,2026-11-01,2026-11-02,EUR,U,1,,\n")
            .contains("column 33: the currency is `EUR`")
    );
    assert!(wrong("Usage,A\n").contains("line 2, column 7: 2 cells; the header has 10"));
    assert!(wrong("\"Usage,A\n").contains("line 2, column 1: the quote never ends"));
    assert!(wrong("\"Usage\"x,A\n").contains("line 2, column 8: `x` behind a quote"));
    assert!(
        wrong("Usage,A,1,2026-11-01,2026-11-02,USD,U,1,{oops,\n")
            .contains("column 41: `resource_tags` is no JSON")
    );
    let told = read("x.csv", "a,b\n1,2\n").unwrap_err();
    assert!(
        told.contains("its header is neither CUR 2.0's nor FOCUS 1.x's"),
        "{told}"
    );
    assert!(
        read("x.csv", "a,a\n")
            .unwrap_err()
            .contains("line 1, column 3: the column `a` comes twice")
    );
    let told = wrong("Usage,A,1,2026-11-02,2026-11-01,USD,U,1,,\n");
    assert!(
        told.contains(
            "line 2, column 22: the period ends at 2026-11-01T00:00:00, before it begins"
        ),
        "{told}"
    );
}

#[test]
fn marks_line_ends_and_quotes_of_other_tools_are_read() {
    let row = "\"Usage\",\"A \"\"B\"\", C\",1e-3,2026-11-01,2026-11-02,USD,U,1,,";
    let header = CUR.trim_end();
    for text in [
        format!("\u{feff}{header}\r\n{row}\r\n"),
        format!("{header}\n{row}"),
        format!("{header}\n\n{row}\n\n"),
    ] {
        let store = read("cur.csv", &text).unwrap();
        let line = &store.lines()[0];
        assert_eq!(line.dimensions[&Dimension::Service], "A \"B\", C");
        assert_eq!(line.measures[&Measure::UnblendedCost], Decimal::new(1, 3));
    }
    let told = read("cur.csv", &format!("\u{feff}{CUR}\"a\nb\",c\n")).unwrap_err();
    assert!(told.contains("line 3, column 4: 2 cells"), "{told}");
}

#[test]
fn bytes_that_are_no_text_and_a_gzip_that_ends_early_name_their_place() {
    use std::io::Write as _;
    let folder = tempfile::tempdir().unwrap();
    let told = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let read = read_export(&mut CostStore::default(), &path);
        read.unwrap_err().to_string()
    };
    let mut bytes = format!("{CUR}Usage,A").into_bytes();
    bytes.push(0xff);
    assert!(told("a.csv", &bytes).contains("wrong at line 2, column 8: no UTF-8"));
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    for number in 0..5000 {
        writeln!(gzip, "Usage,A{number},1,2026-11-01,2026-11-02,USD,U,1,,").unwrap();
    }
    let whole = gzip.finish().unwrap();
    let cut = told("a.csv.gz", &whole[..whole.len() / 2]);
    assert!(
        cut.contains("is wrong at line ") && cut.contains("the gzip ends here, or is damaged: "),
        "{cut}"
    );
    assert!(!cut.contains("at line 1,"), "{cut}");
}
