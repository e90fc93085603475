"""The six queries, in every language that answers them.

Each is named after what decides its speed. `{file}` stands for the path of the logs, `{cores}` for the number
of cores. SQL peers get all columns declared, so that none has to guess; they read only what a query names.
"""

DUCKDB_SOURCE = (
    "read_json('{file}', format='newline_delimited', columns={{"
    "timestamp:'TIMESTAMP', level:'VARCHAR', message:'VARCHAR', request_id:'VARCHAR', user_id:'VARCHAR', "
    "endpoint:'VARCHAR', duration:'DOUBLE', status:'INTEGER', amount:'DOUBLE', risk_score:'INTEGER', "
    "merchant:'VARCHAR', user_agent:'VARCHAR', client:'JSON', decision:'STRUCT(is_fraud BOOLEAN)', "
    "region:'VARCHAR'}})"
)

# DuckDB looks at whole lines as a table of one column.
DUCKDB_LINES = "read_csv('{file}', columns={{line:'VARCHAR'}}, delim='\\x01', quote='', escape='', header=false)"

CHDB_SOURCE = (
    "file('{file}', 'JSONEachRow', 'timestamp String, level String, message String, request_id String, "
    "user_id String, endpoint String, duration Float64, status Int32, amount Float64, risk_score Int32, "
    "merchant String, user_agent String, decision Tuple(is_fraud Bool), region String')"
)

CHDB_LINES = "file('{file}', 'LineAsString', 'line String')"

QUERIES = {
    "filter": {
        "about": "filter and count by a field",
        "belfry": 'filter level = "ERROR" | stats count(*) by endpoint',
        "duckdb": "select endpoint, count(*) from SOURCE where level = 'ERROR' group by 1",
        "chdb": "select endpoint, count() from SOURCE where level = 'ERROR' group by 1",
        "polars": lambda pl, logs: logs.filter(pl.col("level") == "ERROR").group_by("endpoint").len(),
        "agrind": '"ERROR" | json | where level == "ERROR" | count by endpoint',
        "ripgrep": '"level":"ERROR"',
    },
    "percentile": {
        "about": "p99 and average by a field",
        "belfry": "stats pct(duration, 99), avg(duration) by endpoint",
        "duckdb": "select endpoint, quantile_disc(duration, 0.99), avg(duration) from SOURCE group by 1",
        "chdb": "select endpoint, quantileExact(0.99)(duration), avg(duration) from SOURCE group by 1",
        "polars": lambda pl, logs: logs.group_by("endpoint").agg(
            pl.col("duration").quantile(0.99, "higher"), pl.col("duration").mean().alias("mean")
        ),
        "agrind": "* | json | p99(duration), avg(duration) by endpoint",
    },
    "nested": {
        "about": "count by `bin(5m)` under a nested boolean",
        "belfry": "filter decision.is_fraud = 1 | stats count(*) by bin(5m)",
        "duckdb": "select strftime(time_bucket(interval '5 minutes', timestamp), '%Y-%m-%d %H:%M'), count(*) "
        "from SOURCE where decision.is_fraud group by 1",
        "chdb": "select formatDateTime(toStartOfFiveMinutes(parseDateTimeBestEffort(timestamp, 'UTC')), "
        "'%Y-%m-%d %H:%i'), count() from SOURCE where decision.is_fraud group by 1",
        "polars": lambda pl, logs: logs.filter(pl.col("decision").struct.field("is_fraud"))
        .group_by(pl.col("timestamp").str.to_datetime("%Y-%m-%dT%H:%M:%S%.3fZ").dt.truncate("5m"))
        .len()
        .with_columns(pl.col("timestamp").dt.strftime("%Y-%m-%d %H:%M")),
        "agrind": "* | json | where decision.is_fraud == true | timeslice(parseDate(timestamp)) 5m | count by _timeslice",
    },
    "top": {
        "about": "top 20 by a number",
        "belfry": "fields request_id, duration | sort duration desc | limit 20",
        "duckdb": "select request_id, duration from SOURCE order by duration desc limit 20",
        "chdb": "select request_id, duration from SOURCE order by duration desc limit 20",
        "polars": lambda pl, logs: logs.select("request_id", "duration").top_k(20, by="duration"),
        # angle-grinder limits before it sorts.
    },
    "regex": {
        "about": "a regex over `@message`",
        "belfry": r"filter @message like /model timeout after \d+ ms/ | stats count(*)",
        "duckdb": r"select count(*) from LINES where regexp_matches(line, 'model timeout after \d+ ms')",
        "chdb": r"select count() from LINES where match(line, 'model timeout after \\d+ ms')",
        "agrind": r'"model timeout after" | parse regex "model timeout after (?P<ms>\d+) ms" | count',
        "ripgrep": r"model timeout after \d+ ms",
    },
    "distinct": {
        "about": "count_distinct of 200,000 values",
        "belfry": "stats count_distinct(user_id)",
        "duckdb": "select count(distinct user_id) from SOURCE",
        "chdb": "select uniqExact(user_id) from SOURCE",
        "polars": lambda pl, logs: logs.select(pl.col("user_id").n_unique()),
        "agrind": "* | json | count_distinct(user_id)",
    },
}
