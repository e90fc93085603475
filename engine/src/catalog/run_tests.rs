use crate::base::Millis;
use crate::catalog::{Catalog, Statement, Table};

const TABLE: &str = "CREATE EXTERNAL TABLE t (a string COMMENT 'x', b int) PARTITIONED BY (day string) \
    LOCATION 's3://bucket/a/' TBLPROPERTIES ('k'='v')";

fn run(catalog: &mut Catalog, text: &str) -> Result<Vec<String>, String> {
    let statement = Statement::parse(text).unwrap().unwrap();
    let answer = catalog.run(&statement, "default", Millis(5000));
    answer
        .map(|answer| answer.rows)
        .map_err(|failure| failure.0)
}

#[test]
fn what_is_there_is_made_again_only_where_the_statement_allows_for_it() {
    let mut catalog = Catalog::default();
    assert_eq!(run(&mut catalog, "create database d"), Ok(vec![]));
    let again = run(&mut catalog, "CREATE SCHEMA D").unwrap_err();
    assert!(
        again.ends_with("DDLTask. Database d already exists"),
        "{again}"
    );
    assert_eq!(
        run(&mut catalog, "CREATE SCHEMA IF NOT EXISTS D"),
        Ok(vec![])
    );
    assert_eq!(run(&mut catalog, TABLE), Ok(vec![]));
    assert!(
        run(&mut catalog, TABLE)
            .unwrap_err()
            .contains("Table t already exists")
    );
    assert_eq!(
        run(&mut catalog, "show databases"),
        Ok(vec!["d".into(), "default".into()])
    );
    assert_eq!(
        run(&mut catalog, "show tables in default 'x*|T'"),
        Ok(vec!["t".into()])
    );
}

#[test]
fn a_database_with_tables_is_dropped_only_with_them() {
    let mut catalog = Catalog::default();
    run(&mut catalog, "create database d").unwrap();
    run(&mut catalog, &TABLE.replace("TABLE t", "TABLE d.t")).unwrap();
    assert!(
        run(&mut catalog, "drop database d")
            .unwrap_err()
            .contains("is not empty")
    );
    assert_eq!(run(&mut catalog, "drop database d cascade"), Ok(vec![]));
    assert!(
        run(&mut catalog, "drop database d")
            .unwrap_err()
            .contains("does not exist")
    );
    assert_eq!(run(&mut catalog, "drop database if exists d"), Ok(vec![]));
    assert!(
        run(&mut catalog, "drop table t")
            .unwrap_err()
            .contains("Table not found t")
    );
    assert_eq!(run(&mut catalog, "drop table if exists t"), Ok(vec![]));
}

#[test]
fn a_table_printed_reads_back_as_itself() {
    let mut catalog = Catalog::default();
    let text = TABLE.replace("LOCATION", r#"ROW FORMAT SERDE 'x.RegexSerDe' WITH SERDEPROPERTIES ('input.regex'='(\\d \'\\\\) \"') LOCATION"#);
    run(&mut catalog, &text).unwrap();
    let printed = run(&mut catalog, "SHOW CREATE TABLE t").unwrap().join("\n");
    let Some(Statement::CreateTable { table, .. }) = Statement::parse(&printed).unwrap() else {
        panic!("{printed}");
    };
    let mut kept = Table::clone(catalog.table("default", "T").unwrap());
    assert_eq!(kept.serde_properties["input.regex"], r#"(\d '\\) ""#);
    kept.created_at = Millis(0);
    assert_eq!(*table, kept);
}

#[test]
fn a_table_is_described_with_its_partitions() {
    let mut catalog = Catalog::default();
    run(&mut catalog, TABLE).unwrap();
    let rows = run(&mut catalog, "describe t").unwrap();
    assert_eq!(
        rows[0],
        "a                   \tstring              \tx                   "
    );
    assert_eq!(
        rows.last().unwrap(),
        "day                 \tstring              \t                    "
    );
}

#[test]
fn properties_of_a_database_are_set_one_by_one() {
    let mut catalog = Catalog::default();
    let make = "CREATE DATABASE Logs WITH DBPROPERTIES ('k'='v')";
    run(&mut catalog, make).unwrap();
    let alter = "ALTER SCHEMA logs SET DBPROPERTIES ('l'='w', 'm'='')";
    assert_eq!(run(&mut catalog, alter), Ok(Vec::new()));
    let properties = &catalog.database("logs").unwrap().properties;
    let pairs: Vec<_> = properties.iter().map(|(k, v)| format!("{k}={v}")).collect();
    assert_eq!(pairs, ["k=v", "l=w", "m="]);
    assert!(
        run(
            &mut catalog,
            "ALTER DATABASE missing SET DBPROPERTIES ('l'='w')"
        )
        .is_err()
    );
    assert!(Statement::parse("ALTER DATABASE logs SET OWNER ROLE a").is_err());
}

#[test]
fn properties_are_set_one_by_one() {
    let mut catalog = Catalog::default();
    run(&mut catalog, TABLE).unwrap();
    run(&mut catalog, "ALTER TABLE t SET TBLPROPERTIES ('l'='w')").unwrap();
    let rows = run(&mut catalog, "SHOW TBLPROPERTIES t").unwrap();
    assert_eq!(
        rows,
        ["EXTERNAL\tTRUE", "k\tv", "l\tw", "transient_lastDdlTime\t5"]
    );
    assert_eq!(
        run(&mut catalog, "SHOW TBLPROPERTIES t('k')"),
        Ok(vec!["v".into()])
    );
}

#[test]
fn partitions_are_added_beside_the_table_or_where_they_say() {
    let mut catalog = Catalog::default();
    run(&mut catalog, TABLE).unwrap();
    run(
        &mut catalog,
        "ALTER TABLE t ADD PARTITION (day='1') PARTITION (day='2') LOCATION 's3://bucket/z/'",
    )
    .unwrap();
    assert_eq!(
        run(&mut catalog, "SHOW PARTITIONS t"),
        Ok(vec!["day=1".into(), "day=2".into()])
    );
    let table = catalog.table("default", "t").unwrap();
    assert_eq!(
        table.partitions[&vec!["1".to_owned()]],
        "s3://bucket/a/day=1/"
    );
    assert!(run(&mut catalog, "ALTER TABLE t ADD PARTITION (day='1')").is_err());
    assert!(run(&mut catalog, "ALTER TABLE t ADD PARTITION (a='1')").is_err());
    run(&mut catalog, "ALTER TABLE t DROP PARTITION (day='1')").unwrap();
    assert_eq!(
        run(&mut catalog, "SHOW PARTITIONS t"),
        Ok(vec!["day=2".into()])
    );
    run(&mut catalog, "ALTER TABLE t ADD PARTITION (day='a/b')").unwrap();
    let table = catalog.table("default", "t").unwrap();
    assert_eq!(
        table.partitions[&vec!["a/b".to_owned()]],
        "s3://bucket/a/day=a%2Fb/"
    );
}

#[test]
fn a_column_stands_once() {
    let mut catalog = Catalog::default();
    let twice = TABLE.replace("b int", "A int");
    assert!(
        run(&mut catalog, &twice)
            .unwrap_err()
            .contains("Duplicate column name: a")
    );
    let both = TABLE.replace("day string", "a string");
    assert!(
        run(&mut catalog, &both)
            .unwrap_err()
            .contains("Column repeated")
    );
}
