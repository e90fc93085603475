use belfry_engine::catalog::{Column, ColumnType, Table};
use jiff::civil::DateTime;

use super::projection::Projection;

fn table(properties: &[(&str, &str)]) -> Table {
    let pairs = properties
        .iter()
        .map(|(key, value)| (key.to_string(), value.to_string()));
    Table {
        database: "d".to_owned(),
        name: "t".to_owned(),
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
        .values("2026-03-01T12:00:00".parse().unwrap(), 1000)
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
    assert_eq!(days("NOW - 1 DAY, NOW "), ["2026/02/28", "2026/03/01"]);
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
    let values = projection.columns[0]
        .values(DateTime::default(), 1000)
        .unwrap();
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
    assert_eq!(
        wrong(&[]),
        "HIVE_METASTORE_ERROR: Table d.t is configured for partition projection, but the following partition columns are missing projection configuration: [day] (table d.t)"
    );
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
    let range = ("projection.day.range", "NOW-1YEAR,NOW");
    let years = ("projection.day.format", "yyyy");
    assert!(wrong(&[date, years, range]).contains("`projection.day.interval.unit` is required"));
    let unit = ("projection.day.interval.unit", "YEARS");
    assert!(wrong(&[date, years, range, unit]).contains("`projection.day.interval` is required"));
    for unit in ["DAY", "FORTNIGHTS"] {
        let unit = ("projection.day.interval.unit", unit);
        assert!(wrong(&[date, format, range, unit]).contains("is none of YEARS"));
    }
    for bad in [
        "now-1DAY,NOW",
        "NOW-DAY,NOW",
        "NOW 1DAY,NOW",
        "2026/01/01",
        "2026/02/30,NOW",
        " 2026/01/01,NOW",
    ] {
        let found = wrong(&[date, format, ("projection.day.range", bad)]);
        assert!(found.contains("`projection.day.range`"), "{bad}: {found}");
    }
    let day = ("projection.day.range", "NOW-1DAY,NOW");
    let template = ("storage.location.template", "s3://logs/alb/");
    assert!(wrong(&[date, format, day, template]).contains("has no placeholder `${day}`"));
    let zero = ("projection.day.interval", "0");
    assert!(wrong(&[date, format, day, zero]).contains("is no positive whole number"));
}

#[test]
fn blanks_are_part_of_an_enumerated_value() {
    let table = table(&[
        ("projection.enabled", "true"),
        ("projection.day.type", " Enum "),
        ("projection.day.values", "a, b"),
    ]);
    let projection = Projection::of(&table).unwrap().unwrap();
    let values = projection.columns[0]
        .values(DateTime::default(), 10)
        .unwrap();
    assert_eq!(values, ["a", " b"]);
}

#[test]
fn a_number_of_a_wide_range_is_found_without_a_look_through_it() {
    let table = table(&[
        ("projection.enabled", "true"),
        ("projection.day.type", "integer"),
        ("projection.day.range", " 10 , 9223372036854775807"),
        ("projection.day.interval", "10"),
        ("projection.day.digits", "4"),
    ]);
    let column = &Projection::of(&table).unwrap().unwrap().columns[0];
    assert_eq!(column.number("30").as_deref(), Some("0030"));
    assert_eq!(column.number("31"), None);
    assert_eq!(column.number("0"), None);
    assert_eq!(
        column.values(DateTime::default(), 2).unwrap(),
        ["0010", "0020"]
    );
}

#[test]
fn an_injected_column_is_a_text() {
    let mut table = table(&[
        ("projection.enabled", "true"),
        ("projection.day.type", "injected"),
    ]);
    assert!(Projection::of(&table).is_ok());
    table.partition_columns[0].kind = ColumnType::Plain("int");
    let error = Projection::of(&table).unwrap_err().to_string();
    assert!(error.contains("the column is no string"), "{error}");
}
