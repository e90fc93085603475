use crate::world::World;

#[test]
fn what_athena_refuses_is_refused_in_its_words_at_its_place() {
    let world = World::new();
    let cases = [
        (
            "SELECT * FROM alb_logs WHERE target_status_code >= 400",
            "TYPE_MISMATCH: line 1:49: Cannot apply operator: varchar >= integer",
        ),
        (
            "SELECT 1 FROM alb_logs\nWHERE elb_status_code = '200'",
            "TYPE_MISMATCH: line 2:23: Cannot apply operator: integer = varchar(3)",
        ),
        (
            "SELECT client_ip AS ip, count(*) FROM alb_logs GROUP BY ip",
            "COLUMN_NOT_FOUND: line 1:57: Column 'ip' cannot be resolved or requester is not authorized to access requested resources",
        ),
        (
            "SELECT client_ip, count(*) FROM alb_logs",
            "EXPRESSION_NOT_AGGREGATE: line 1:8: 'client_ip' must be an aggregate expression or appear in GROUP BY clause",
        ),
        (
            "SELECT received_bytes AS b FROM alb_logs WHERE b > 1",
            "COLUMN_NOT_FOUND: line 1:48: Column 'b' cannot be resolved or requester is not authorized to access requested resources",
        ),
        (
            "SELECT count(*) FROM alb_logs WHERE count(*) > 1",
            "EXPRESSION_NOT_SCALAR: line 1:46: WHERE clause cannot contain aggregations, window functions or grouping operations",
        ),
        (
            "SELECT nope(1)",
            "FUNCTION_NOT_FOUND: line 1:8: Function 'nope' not registered",
        ),
        (
            "SELECT * FROM elsewhere",
            "TABLE_NOT_FOUND: line 1:15: Table 'awsdatacatalog.default.elsewhere' does not exist",
        ),
        (
            "SELECT * FROM other.t",
            "SCHEMA_NOT_FOUND: line 1:15: Schema 'other' does not exist",
        ),
        (
            "SELECT lower(1)",
            "TYPE_MISMATCH: line 1:8: Unexpected parameters (integer) for function lower. Expected: lower(varchar(x))",
        ),
        (
            "SELECT CAST('x' AS strng)",
            "TYPE_NOT_FOUND: line 1:20: Unknown type: strng",
        ),
        (
            "SELECT 'a' + 1",
            "TYPE_MISMATCH: line 1:12: Cannot apply operator: varchar(1) + integer",
        ),
        (
            "SELECT DISTINCT client_ip FROM alb_logs ORDER BY time",
            "EXPRESSION_NOT_IN_DISTINCT: line 1:50: For SELECT DISTINCT, ORDER BY expressions must appear in select list",
        ),
        (
            "SELECT x FROM (VALUES 1) AS t (x) GROUP BY 2",
            "INVALID_COLUMN_REFERENCE: line 1:44: GROUP BY position 2 is not in select list",
        ),
        (
            "SELECT CASE WHEN true THEN 1 ELSE 'a' END",
            "TYPE_MISMATCH: line 1:35: All CASE results must be the same type: integer",
        ),
        (
            "SELECT 1 UNION SELECT 1, 2",
            "TYPE_MISMATCH: line 1:10: UNION query has different number of fields: 1, 2",
        ),
        (
            "SELECT x FROM (VALUES 1) AS a (x), (VALUES 1) AS b (x)",
            "AMBIGUOUS_NAME: line 1:8: Column 'x' is ambiguous",
        ),
        (
            "SELECT (SELECT x FROM (VALUES 1, 2) AS t (x))",
            "SUBQUERY_MULTIPLE_ROWS: Scalar sub-query has returned multiple rows",
        ),
    ];
    let mut wrong = Vec::new();
    for (text, expected) in cases {
        let found = world
            .ask(text)
            .map(|answer| format!("{:?}", answer.rows))
            .unwrap_or_else(|refusal| refusal);
        if found != expected {
            wrong.push(format!(
                "{text}\n  expected: {expected}\n  found:    {found}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_no_query_of_trino_is_refused_at_its_first_wrong_token() {
    let world = World::new();
    for (text, place) in [
        ("SELECT FROM t", "line 1:8: mismatched input 'FROM'"),
        ("SELECT * FORM t", "line 1:10: mismatched input 'FORM'"),
        ("SELECT 1 WHERE", "line 1:15: mismatched input '<EOF>'"),
        (
            "SELECT a FROM t LIMIT 1 OFFSET 1",
            "line 1:25: mismatched input 'OFFSET'",
        ),
        ("SELECT a == 1", "line 1:11: mismatched input '='"),
        (
            "SELECT `a`",
            "line 1:8: backquoted identifiers are not supported",
        ),
        (
            "SELECT a FROM t GROUP BY ALL",
            "line 1:29: mismatched input '<EOF>'",
        ),
        ("SELECT a @> ['x']", "line 1:10: mismatched input '@'"),
        ("SELECT 1; SELECT 2", "line 1:11: mismatched input 'SELECT'"),
        ("SELECT a::integer", "line 1:9: mismatched input ':'"),
    ] {
        let refusal = world.ask(text).unwrap_err();
        assert!(refusal.contains(place), "{text}: {refusal}");
        assert!(refusal.starts_with("SYNTAX_ERROR"), "{refusal}");
    }
}

#[test]
fn what_trino_knows_and_belfry_does_not_is_refused_by_name() {
    let world = World::new();
    for (text, name) in [
        ("SELECT json_extract('{}', '$')", "`json_extract`"),
        (
            "SELECT listagg(DISTINCT client_ip) WITHIN GROUP (ORDER BY 1) FROM alb_logs",
            "DISTINCT",
        ),
        (
            "SELECT listagg(client_ip) WITHIN GROUP (ORDER BY time) OVER () FROM alb_logs",
            "OVER",
        ),
        (
            "SELECT map_zip_with(MAP(), MAP(), (k, v, w) -> k)",
            "`map_zip_with`",
        ),
        (
            "SELECT * FROM alb_logs TABLESAMPLE BERNOULLI (10)",
            "TABLESAMPLE",
        ),
        ("INSERT INTO t SELECT 1", "INSERT"),
        ("SELECT checksum(1)", "`checksum`"),
        ("SELECT CAST(1 AS real)", "`real`"),
        (
            "WITH RECURSIVE t (n) AS (SELECT 1) SELECT * FROM t",
            "RECURSIVE",
        ),
    ] {
        let refusal = world.ask(text).unwrap_err();
        assert!(
            refusal.starts_with("NOT_SUPPORTED: line 1:") && refusal.contains(name),
            "{text}: {refusal}"
        );
    }
}
