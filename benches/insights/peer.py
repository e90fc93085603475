"""Runs one query in one peer, in a process of its own, and prints its answer and time as JSON.

Started by `run` with the interpreter of the virtual environment: `peer.py PEER QUERY FILE CORES`. The time is
that of the query, without the start of the interpreter and the import of the library.
"""

import json
import os
import sys
import time

from queries import CHDB_LINES, CHDB_SOURCE, DUCKDB_LINES, DUCKDB_SOURCE, QUERIES


def duckdb(query, file, cores):
    import duckdb

    connection = duckdb.connect()
    connection.execute(f"set threads = {cores}")
    text = query.replace("SOURCE", DUCKDB_SOURCE.format(file=file)).replace("LINES", DUCKDB_LINES.format(file=file))
    return lambda: connection.execute(text).fetchall()


def chdb(query, file, cores):
    import chdb

    text = query.replace("SOURCE", CHDB_SOURCE.format(file=file)).replace("LINES", CHDB_LINES.format(file=file))
    text += f" settings max_threads = {cores}, input_format_skip_unknown_fields = 1"
    return lambda: [list(row.values()) for row in map(json.loads, str(chdb.query(text, "JSONEachRow")).splitlines())]


def polars(query, file, cores):
    os.environ["POLARS_MAX_THREADS"] = str(cores)
    import polars as pl

    schema = {name: pl.String for name in ("timestamp", "level", "message", "request_id", "user_id", "endpoint")}
    schema |= {"duration": pl.Float64, "status": pl.Int64, "amount": pl.Float64, "risk_score": pl.Int64}
    schema |= {"merchant": pl.String, "user_agent": pl.String}
    schema |= {"decision": pl.Struct({"is_fraud": pl.Boolean}), "region": pl.String}
    logs = pl.scan_ndjson(file, schema=schema)
    return lambda: query(pl, logs).collect(engine="streaming").rows()


def main():
    peer, name, file, cores = sys.argv[1:]
    run = {"duckdb": duckdb, "chdb": chdb, "polars": polars}[peer](QUERIES[name][peer], file, int(cores))
    before = time.monotonic()
    rows = run()
    print(json.dumps({"seconds": time.monotonic() - before, "rows": [list(row) for row in rows]}, default=str))


if __name__ == "__main__":
    main()
