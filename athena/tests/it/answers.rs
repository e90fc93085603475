use crate::world::World;

#[track_caller]
fn answers(cases: &[(&str, &str)]) {
    let world = World::new();
    let mut wrong = Vec::new();
    for (text, expected) in cases {
        let found = world.rows(text);
        if found != *expected {
            wrong.push(format!(
                "{text}\n  expected: {expected}\n  found:    {found}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn lines_are_rows_and_a_line_that_does_not_match_is_a_row_of_nulls() {
    answers(&[
        (
            "SELECT count(*), count(type), count_if(type IS NULL) FROM alb_logs",
            "9 | 8 | 1",
        ),
        (
            "SELECT client_ip, client_port FROM alb_logs WHERE elb_status_code = 502",
            "2001:db8::7 | 40004",
        ),
        (
            "SELECT target_ip = '', target_port, target_processing_time, target_status_code FROM alb_logs WHERE elb_status_code = 502",
            "true | NULL | -1.0 | -",
        ),
        (
            "SELECT request_verb, request_url, request_proto FROM alb_logs WHERE actions_executed = 'waf'",
            "GET | https://api.example.com:443/a b | HTTP/1.1",
        ),
        (
            "SELECT day, count(*) FROM alb_logs GROUP BY day ORDER BY 1",
            "2026/03/01 | 6\n2026/03/02 | 3",
        ),
        (
            "SELECT DISTINCT \"$path\" FROM alb_logs WHERE day = '2026/03/02'",
            "s3://logs/alb/2026/03/02/part.log",
        ),
    ]);
}

#[test]
fn only_the_partitions_that_a_query_names_are_scanned() {
    let world = World::new();
    let scanned = |text: &str| world.ask(text).unwrap().statistics.scanned;
    let first = include_str!("../data/first-day.log").len() as u64;
    let second = include_str!("../data/second-day.log").len() as u64;
    assert_eq!(scanned("SELECT count(*) FROM alb_logs"), first + second);
    assert_eq!(
        scanned("SELECT count(*) FROM alb_logs WHERE day = '2026/03/02'"),
        second
    );
    assert_eq!(
        scanned("SELECT count(*) FROM alb_logs WHERE day > '2026/03/01' AND type = 'https'"),
        second
    );
    assert_eq!(
        scanned(
            "WITH t AS (SELECT day AS d, * FROM alb_logs) SELECT count(*) FROM t WHERE d = '2026/03/01'"
        ),
        first
    );
    assert_eq!(
        scanned("SELECT count(*) FROM alb_logs WHERE day = '2020/01/01'"),
        0
    );
    assert_eq!(
        world
            .ask("SELECT count(*) FROM alb_logs")
            .unwrap()
            .statistics
            .charged(),
        10_000_000
    );
}

#[test]
fn numbers_are_reckoned_as_trino_reckons_them() {
    answers(&[
        (
            "SELECT 7 / 2, -7 / 2, 7 % -3, 7 / 2e0, 1e0 / 0, 7 / 2.0",
            "3 | -3 | 1 | 3.5 | Infinity | 3.5",
        ),
        (
            "SELECT 1.0 / 3, 2 / 3.00, 100.0 * 3, CAST(1 AS decimal(10,2))",
            "0.3 | 0.67 | 300.0 | 1.00",
        ),
        (
            "SELECT typeof(1.0 / 3), typeof(count(*) * 100.0 / 7) FROM alb_logs",
            "decimal(2,1) | decimal(23,1)",
        ),
        (
            "SELECT round(2.5), round(-2.5e0), round(1.25, 1), round(12345, -2), ceil(-1.5), floor(-1.5), truncate(1.9e0)",
            "3 | -3.0 | 1.30 | 12300 | -1 | -2 | 1.0",
        ),
        (
            "SELECT CAST(0.1e0 AS varchar), CAST(1e0 AS varchar), CAST(12345678e0 AS varchar), 12345678e0, 1e-4",
            "1.0E-1 | 1.0E0 | 1.2345678E7 | 1.2345678E7 | 1.0E-4",
        ),
        (
            "SELECT CAST('12' AS integer) + 1, TRY_CAST('1x' AS integer), TRY(1 / 0), CAST(2.5 AS bigint), CAST(2.5e0 AS integer)",
            "13 | NULL | NULL | 3 | 3",
        ),
        ("SELECT 1 / 0", "DIVISION_BY_ZERO: Division by zero"),
        (
            "SELECT CAST('1x' AS integer)",
            "INVALID_CAST_ARGUMENT: Cannot cast '1x' to INT",
        ),
        (
            "SELECT 2147483647 + 1",
            "NUMERIC_VALUE_OUT_OF_RANGE: integer addition overflow: 2147483647 + 1",
        ),
        (
            "SELECT typeof(1), typeof(3000000000), typeof(1e0), typeof(1.5), typeof('ab'), typeof(NULL)",
            "integer | bigint | double | decimal(2,1) | varchar(2) | unknown",
        ),
        (
            "SELECT sum(elb_status_code), avg(elb_status_code), sum(received_bytes / 1000000.0), avg(1.25) FROM alb_logs WHERE day = '2026/03/02'",
            "1164 | 388.0 | 0.0 | 1.25",
        ),
    ]);
}

#[test]
fn three_valued_logic_is_trinos() {
    answers(&[
        (
            "SELECT NULL = 1, NULL IS DISTINCT FROM 1, 1 IN (2, NULL), 1 NOT IN (2, NULL), 1 IN (1, NULL)",
            "NULL | true | NULL | NULL | true",
        ),
        (
            "SELECT NULL AND false, NULL OR true, NULL AND true, NOT NULL",
            "false | true | NULL | NULL",
        ),
        (
            "SELECT nan() = nan(), nan() > 1, nan() IS DISTINCT FROM nan()",
            "false | false | false",
        ),
        (
            "SELECT x FROM (VALUES 2, NULL, 1) AS t (x) ORDER BY x",
            "1\n2\nNULL",
        ),
        (
            "SELECT x FROM (VALUES 2, NULL, 1) AS t (x) ORDER BY x DESC",
            "2\n1\nNULL",
        ),
        (
            "SELECT x FROM (VALUES 2, NULL, 1) AS t (x) ORDER BY x DESC NULLS FIRST",
            "NULL\n2\n1",
        ),
        (
            "SELECT coalesce(NULL, 2), nullif(1, 1), if(1 > 2, 'a'), if(NULL, 1, 2), greatest(1, 2), greatest(1, NULL)",
            "2 | NULL | NULL | 2 | 2 | NULL",
        ),
        (
            "SELECT count(x), count(*), sum(x), avg(x), max(x) FROM (VALUES NULL, 1, 2) AS t (x)",
            "2 | 3 | 3 | 1.5 | 2",
        ),
        (
            "SELECT count(*), sum(x) FROM (VALUES 1) AS t (x) WHERE x > 1",
            "0 | NULL",
        ),
        (
            "SELECT 3 > ALL (VALUES 1, 2), 3 = ANY (VALUES 1, NULL), 3 IN (SELECT 3)",
            "true | NULL | true",
        ),
    ]);
}

#[test]
fn times_are_read_reckoned_and_shown() {
    answers(&[
        (
            "SELECT from_iso8601_timestamp('2018-11-29T22:23:00.186641Z')",
            "2018-11-29 22:23:00.186 UTC",
        ),
        (
            "SELECT parse_datetime('2018-11-29T22:23:00.186641Z', 'yyyy-MM-dd''T''HH:mm:ss.SSSSSS''Z')",
            "2018-11-29 22:23:00.186 UTC",
        ),
        (
            "SELECT parse_datetime('2018-05-30-12:00:00', 'yyyy-MM-dd-HH:mm:ss')",
            "2018-05-30 12:00:00.000 UTC",
        ),
        (
            "SELECT current_timestamp, current_date, now() - interval '1' hour",
            "2026-03-02 12:00:00.500 UTC | 2026-03-02 | 2026-03-02 11:00:00.500 UTC",
        ),
        (
            "SELECT date_trunc('hour', TIMESTAMP '2026-03-02 09:59:59'), date_trunc('week', DATE '2026-03-04'), date_trunc('month', DATE '2026-03-04')",
            "2026-03-02 09:00:00 | 2026-03-02 | 2026-03-01",
        ),
        (
            "SELECT date_add('day', -1, current_date), date_diff('minute', TIMESTAMP '2026-01-01 00:00:00', TIMESTAMP '2026-01-01 01:30:59'), date_diff('month', DATE '2026-01-31', DATE '2026-03-01')",
            "2026-03-01 | 90 | 1",
        ),
        (
            "SELECT date_format(TIMESTAMP '2026-03-02 09:05:00', '%Y-%m-%d %H:%i'), date_parse('2026/03/02', '%Y/%m/%d')",
            "2026-03-02 09:05 | 2026-03-02 00:00:00.000",
        ),
        (
            "SELECT at_timezone(from_iso8601_timestamp('2026-07-01T12:00:00Z'), 'Europe/Berlin'), to_unixtime(from_iso8601_timestamp('1970-01-01T00:00:01.5Z'))",
            "2026-07-01 14:00:00.000 Europe/Berlin | 1.5",
        ),
        (
            "SELECT from_unixtime(1543530180.186), year(DATE '2026-03-02'), day_of_week(DATE '2026-03-02'), extract(hour FROM TIMESTAMP '2026-03-02 09:05:00')",
            "2018-11-29 22:23:00.186 UTC | 2026 | 1 | 9",
        ),
        (
            "SELECT DATE '2026-03-01' - DATE '2026-02-27', interval '2' day, interval '14' month",
            "2 00:00:00.000 | 2 00:00:00.000 | 1-2",
        ),
        (
            "SELECT CAST(TIMESTAMP '2026-03-02 09:05:00.25' AS varchar), CAST('2026-03-02' AS date), CAST('2026-03-02 10:00:00' AS timestamp)",
            "2026-03-02 09:05:00.25 | 2026-03-02 | 2026-03-02 10:00:00.000",
        ),
        (
            "SELECT count(*) FROM alb_logs WHERE from_iso8601_timestamp(time) >= current_timestamp - interval '3' hour",
            "2",
        ),
        (
            "SELECT count(*) FROM alb_logs WHERE parse_datetime(time,'yyyy-MM-dd''T''HH:mm:ss.SSSSSS''Z') > TIMESTAMP '2026-03-02 00:00:00'",
            "3",
        ),
    ]);
}

#[test]
fn texts_arrays_maps_and_addresses_are_trinos() {
    answers(&[
        (
            "SELECT split_part('a,b,c', ',', 2), split('a.b', '.'), strpos('abc', 'c'), substr('hello', -3, 2), length('añb')",
            "b | [a, b] | 3 | ll | 3",
        ),
        (
            "SELECT regexp_extract('/api/v1/x', '/api/(v\\d)/', 1), regexp_like('abc', 'b'), regexp_replace('a1b2', '\\d', '#'), regexp_replace('ab', '(a)(b)', '$2$1')",
            "v1 | true | a#b# | ba",
        ),
        (
            "SELECT url_extract_path('https://a:443/b/c?x=1'), url_extract_parameter('https://a/?q=1%202&z', 'q'), url_extract_host('https://a.b:443/'), url_decode('a%20b+c')",
            "/b/c | 1 2 | a.b | a b c",
        ),
        (
            "SELECT 'abc' LIKE 'a%', 'a_c' LIKE 'a!_c' ESCAPE '!', 'abc' LIKE 'a!_c' ESCAPE '!', 'a' || 'b'",
            "true | true | false | ab",
        ),
        (
            "SELECT ARRAY[1, 2][2], element_at(ARRAY[1], 5), cardinality(ARRAY[1, NULL]), contains(ARRAY[1, 2], 2), array_join(ARRAY['a', 'b'], '-')",
            "2 | NULL | 2 | true | a-b",
        ),
        (
            "SELECT ARRAY[1][2]",
            "INVALID_FUNCTION_ARGUMENT: Array subscript must be less than or equal to array length: 2 > 1",
        ),
        (
            "SELECT map(ARRAY['a'], ARRAY[1]), map(ARRAY['a'], ARRAY[1])['a'], ROW(1, 'x'), sequence(1, 3)",
            "{a=1} | 1 | {field0=1, field1=x} | [1, 2, 3]",
        ),
        (
            "SELECT contains('10.0.0.0/8', CAST('10.1.2.3' AS ipaddress)), CAST('2001:db8::1' AS ipaddress), ip_prefix(CAST('192.0.2.77' AS ipaddress), 24)",
            "true | 2001:db8::1 | 192.0.2.0/24",
        ),
        (
            "SELECT histogram(x), map_agg(x, 1), array_agg(x ORDER BY x DESC) FROM (VALUES 'a', 'b', 'a') AS t (x)",
            "{a=2, b=1} | {a=1, b=1} | [b, a, a]",
        ),
        (
            "SELECT max_by(x, y), min_by(x, y), approx_distinct(x), approx_percentile(y, 0.5), approx_percentile(y, ARRAY[0.5, 1.0]) FROM (VALUES ('a', 1), ('b', 2), ('b', 3)) AS t (x, y)",
            "b | a | 2 | 2 | [2, 3]",
        ),
    ]);
}

#[test]
fn queries_of_many_parts_are_answered() {
    answers(&[
        (
            "SELECT client_ip, count(*) AS n FROM alb_logs WHERE client_ip IS NOT NULL GROUP BY client_ip HAVING count(*) > 1 ORDER BY n DESC, client_ip LIMIT 2",
            "192.0.2.10 | 3",
        ),
        (
            "SELECT n FROM (SELECT count(*) AS n FROM alb_logs GROUP BY elb_status_code) ORDER BY n DESC LIMIT 1",
            "3",
        ),
        (
            "WITH a AS (SELECT 1 AS x), b (y) AS (SELECT x + 1 FROM a) SELECT * FROM a CROSS JOIN b",
            "1 | 2",
        ),
        (
            "SELECT a.x, b.y FROM (VALUES 1, 2) AS a (x) LEFT JOIN (VALUES (1, 'p')) AS b (x, y) ON a.x = b.x ORDER BY 1",
            "1 | p\n2 | NULL",
        ),
        (
            "SELECT * FROM (VALUES 1, 2) AS a (x) FULL JOIN (VALUES 2, 3) AS b (x) USING (x) ORDER BY x",
            "1\n2\n3",
        ),
        (
            "SELECT t.x FROM (VALUES ARRAY[1, 2]) AS s (a) CROSS JOIN UNNEST(a) AS t (x)",
            "1\n2",
        ),
        (
            "SELECT x, n FROM UNNEST(ARRAY['a', 'b']) WITH ORDINALITY AS t (x, n)",
            "a | 1\nb | 2",
        ),
        (
            "SELECT x FROM (VALUES 1, 2, 2) AS t (x) UNION SELECT 3 ORDER BY x",
            "1\n2\n3",
        ),
        (
            "SELECT x FROM (VALUES 1, 2, 2) AS t (x) EXCEPT SELECT 2",
            "1",
        ),
        (
            "SELECT x, row_number() OVER (ORDER BY x DESC), sum(x) OVER (ORDER BY x), lag(x) OVER (ORDER BY x) FROM (VALUES 1, 2, 3) AS t (x) ORDER BY x",
            "1 | 3 | 1 | NULL\n2 | 2 | 3 | 1\n3 | 1 | 6 | 2",
        ),
        (
            "SELECT x, y, grouping(x, y), count(*) FROM (VALUES ('a', 1), ('b', 1)) AS t (x, y) GROUP BY GROUPING SETS ((x, y), (x), ()) ORDER BY 3, 1",
            "a | 1 | 0 | 1\nb | 1 | 0 | 1\na | NULL | 1 | 1\nb | NULL | 1 | 1\nNULL | NULL | 3 | 2",
        ),
        (
            "SELECT count(*) FILTER (WHERE elb_status_code >= 500), count(DISTINCT client_ip) FROM alb_logs",
            "3 | 6",
        ),
        (
            "SELECT x FROM (VALUES 1, 2, 3) AS t (x) WHERE EXISTS (SELECT 1 FROM (VALUES 2) AS s (y) WHERE s.y = t.x)",
            "2",
        ),
        (
            "SELECT x, (SELECT count(*) FROM (VALUES 1, 2) AS s (y) WHERE s.y < t.x) FROM (VALUES 1, 2, 3) AS t (x)",
            "1 | 0\n2 | 1\n3 | 2",
        ),
        (
            "SELECT elb_status_code / 100 AS class, count(*) FROM alb_logs GROUP BY 1 ORDER BY class",
            "2 | 3\n4 | 2\n5 | 3\nNULL | 1",
        ),
        (
            "SELECT x FROM (VALUES 1, 2, 3) AS t (x) ORDER BY x OFFSET 1 LIMIT 1",
            "2",
        ),
        (
            "SELECT count(x) AS n FROM (VALUES 1) AS t (x) ORDER BY n + 1",
            "1",
        ),
        ("VALUES (1, 'a'), (2, 'b')", "1 | a\n2 | b"),
        (
            "SELECT DISTINCT (x, y), count(*) FROM (VALUES (1, 2), (1, 2)) AS t (x, y) GROUP BY (x, y)",
            "{field0=1, field1=2} | 2",
        ),
    ]);
}

#[test]
fn columns_have_the_names_and_types_that_athena_gives() {
    let world = World::new();
    let answer = world.ask("SELECT count(*), client_ip AS Ip, 1.50 AS d, current_timestamp FROM alb_logs GROUP BY client_ip").unwrap();
    let columns: Vec<_> = answer
        .columns
        .iter()
        .map(|column| {
            (
                column.name.as_str(),
                column.data_type.as_str(),
                column.precision,
                column.scale,
            )
        })
        .collect();
    assert_eq!(
        columns,
        [
            ("_col0", "bigint", 19, 0),
            ("Ip", "varchar", i32::MAX, 0),
            ("d", "decimal", 3, 2),
            ("_col3", "timestamp with time zone", 3, 0),
        ]
    );
    let mut csv = Vec::new();
    let answer = world.ask("SELECT 'a\"b' AS x, NULL AS y").unwrap();
    belfry_athena::answer::write_csv(&answer, &mut csv).unwrap();
    assert_eq!(
        String::from_utf8(csv).unwrap(),
        "\"x\",\"y\"\n\"a\"\"b\",\n"
    );
}

#[test]
fn parameters_stand_for_question_marks() {
    let world = World::new();
    let answer = world
        .ask_with(
            "SELECT count(*) FROM alb_logs WHERE elb_status_code = ? AND day = ?",
            &["200", "'2026/03/01'"],
        )
        .unwrap();
    assert_eq!(answer.rows, [[Some("2".to_owned())]]);
    assert!(
        world
            .ask("SELECT ?")
            .unwrap_err()
            .contains("Incorrect number of parameters")
    );
}
