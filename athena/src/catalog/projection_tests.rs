use belfry_engine::catalog::{Column, ColumnType, Table};
use jiff::civil::DateTime;

use super::projection::Projection;

fn table(properties: &[(&str, &str)]) -> Table {
    let pairs = properties
        .iter()
        .map(|(key, value)| (key.to_string(), value.to_string()));
    Table {
        location: "s3://logs/alb".to_owned(),
        partition_columns: vec![Column {
            name: "day".to_owned(),
            kind: ColumnType::STRING,
            comment: None,
        }],
        properties: pairs.collect(),
        ..Table::default()
    }
}

fn days(range: &str) -> Vec<String> {
    let table = table(&[
        ("projection.enabled", "true"),
        ("projection.day.type", "date"),
        ("projection.day.range", range),
        ("projection.day.format", "yyyy/MM/dd"),
        ("storage.location.template", "s3://logs/alb/${day}"),
    ]);
    let projection = Projection::of(&table).unwrap().unwrap();
    let values = projection.columns[0]
        .values("2026-03-01T12:00:00".parse().unwrap())
        .unwrap();
    let last = values.last().cloned().into_iter().collect::<Vec<_>>();
    assert_eq!(
        projection.location(&table, &last),
        format!("s3://logs/alb/{}/", last[0])
    );
    values
}

#[test]
fn dates_go_from_the_first_to_the_last_day() {
    assert_eq!(
        days("2026/02/27,NOW"),
        ["2026/02/27", "2026/02/28", "2026/03/01"]
    );
    assert_eq!(days("NOW-1DAYS, NOW"), ["2026/02/28", "2026/03/01"]);
    assert_eq!(days("NOW-3MONTHS,NOW").len(), 91);
}

#[test]
fn numbers_are_filled_with_zeros() {
    let table = table(&[
        ("projection.enabled", "TRUE"),
        ("projection.day.type", "integer"),
        ("projection.day.range", "8,12"),
        ("projection.day.interval", "2"),
        ("projection.day.digits", "2"),
    ]);
    let projection = Projection::of(&table).unwrap().unwrap();
    let values = projection.columns[0].values(DateTime::default()).unwrap();
    assert_eq!(values, ["08", "10", "12"]);
    assert_eq!(
        projection.location(&table, &values[..1]),
        "s3://logs/alb/day=08/"
    );
}

#[test]
fn a_wrong_property_is_named() {
    let wrong = |properties: &[(&str, &str)]| {
        let mut all = vec![("projection.enabled", "true")];
        all.extend(properties);
        Projection::of(&table(&all)).unwrap_err().to_string()
    };
    assert!(wrong(&[]).contains("`projection.day.type` is required"));
    assert!(wrong(&[("projection.day.type", "time")]).contains("is none of enum"));
    let date = ("projection.day.type", "date");
    let format = ("projection.day.format", "yyyy/MM/dd");
    assert!(
        wrong(&[date, format, ("projection.day.range", "2026-01-01,NOW")])
            .contains("range` has a bound")
    );
    assert!(
        wrong(&[
            date,
            ("projection.day.format", "yyyyMMddHH"),
            ("projection.day.range", "NOW-1DAY,NOW")
        ])
        .contains("interval.unit")
    );
}
