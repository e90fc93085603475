"""Holds every saved query of queries/athena against DuckDB: the same lines, divided by DuckDB's own means, asked in DuckDB's
SQL as sqlglot writes it from Athena's. What sqlglot does not carry over is in `in_duckdb` and `MACROS`, with the reason."""

import gzip
import json
import math
import os
import subprocess
import sys
from collections import Counter
from datetime import datetime, timezone
from pathlib import Path

import duckdb
import sqlglot
from sqlglot import exp

import athena_lines

BELFRY = os.environ.get("BELFRY", "target/debug/belfry")
HOME = Path("target/peers/athena-lines")
TRACES = ["Root=1-58337327-72bd00b0343d75b906739c42", "Root=1-58337", f"Root=1-{700:08x}-", "no such trace"]

# AWS's pattern decides which lines are rows of NULLs; it divides none of them here.
PATTERN = r'''([^ ]*) ([^ ]*) ([^ ]*) ([^ ]*):([0-9]*) ([^ ]*)[:-]([0-9]*) ([-.0-9]*) ([-.0-9]*) ([-.0-9]*) (|[-0-9]*) (-|[-0-9]*) ([-0-9]*) ([-0-9]*) "([^ ]*) (.*) (- |[^ ]*)" "([^"]*)" ([A-Z0-9-_]+) ([A-Za-z0-9.-]*) ([^ ]*) "([^"]*)" "([^"]*)" "([^"]*)" ([-.0-9]*) ([^ ]*) "([^"]*)" "([^"]*)" "([^ ]*)" "([^\s]+?)" "([^\s]+)" "([^ ]*)" "([^ ]*)" ?([^ ]*)? ?( .*)?'''

LINES = "SELECT unnest(string_split(regexp_replace(content, '\r?\n$', ''), chr(10))) AS line FROM read_text({files})"

# q: what stands between quotes; h: the words before the request.
ACCESS = f"""
CREATE TABLE alb_logs AS WITH lines AS ({LINES}), parts AS (
  SELECT string_split(line, '"') AS q, string_split(string_split(line, '"')[1], ' ') AS h FROM lines
  WHERE regexp_full_match(line, $pattern$({PATTERN})$pattern$))
SELECT h[1] AS type, h[2] AS time, h[3] AS elb,
  regexp_extract(h[4], '^(.*):[0-9]*$', 1) AS client_ip, TRY_CAST(regexp_extract(h[4], '[0-9]*$') AS INT) AS client_port,
  regexp_extract(h[5], '^(.*)[:-][0-9]*$', 1) AS target_ip, TRY_CAST(regexp_extract(h[5], '[0-9]*$') AS INT) AS target_port,
  TRY_CAST(h[6] AS DOUBLE) AS request_processing_time, TRY_CAST(h[7] AS DOUBLE) AS target_processing_time,
  TRY_CAST(h[8] AS DOUBLE) AS response_processing_time, TRY_CAST(h[9] AS INT) AS elb_status_code, h[10] AS target_status_code,
  TRY_CAST(h[11] AS BIGINT) AS received_bytes, TRY_CAST(h[12] AS BIGINT) AS sent_bytes,
  string_split(q[2], ' ')[1] AS request_verb, regexp_extract(q[2], '^[^ ]* (.*) (- |[^ ]*)$', 1) AS request_url,
  q[4] AS user_agent, string_split(q[5], ' ')[2] AS ssl_cipher, string_split(q[5], ' ')[3] AS ssl_protocol,
  string_split(q[5], ' ')[4] AS target_group_arn, q[6] AS trace_id, q[8] AS domain_name, q[12] AS actions_executed,
  q[22] AS classification, q[24] AS classification_reason
FROM parts
UNION ALL BY NAME SELECT NULL AS type FROM lines WHERE NOT regexp_full_match(line, $pattern$({PATTERN})$pattern$)
"""

HEALTH = f"""
CREATE TABLE alb_health_check_logs AS SELECT w[1] AS type, w[2] AS time, TRY_CAST(w[3] AS DOUBLE) AS latency, w[4] AS target_addr,
  w[5] AS target_group_id, w[6] AS status, w[7] AS status_code, w[8] AS reason_code
FROM (SELECT string_split(line, ' ') AS w FROM ({LINES}) WHERE line <> '')
"""

# DuckDB has no url_extract_path. Trino's is Java's URI: no path of what is no URI by RFC 2396, escapes decoded.
MACROS = r"""
CREATE MACRO url_extract_path(u) AS CASE
  WHEN regexp_full_match(u, '([a-zA-Z][a-zA-Z0-9+.-]*:)?([^\x00-\x20"<>\\^`{|}%\x7f]|%[0-9A-Fa-f]{2})*')
  THEN url_decode(replace(regexp_extract(u, '^(?:[^:/?#]+:)?(?://[^/?#]*)?([^?#]*)', 1), '+', '%2B')) END
"""


def in_duckdb(text):
    """Athena's SQL as DuckDB takes it, where sqlglot's writing would mean something else."""
    def adjusted(node):
        # approx_percentile is exact in Belfry: the smallest value with the share at or below it. DuckDB's quantile_disc
        # is that, too; quantile_cont lies between two values, and sqlglot's approx_quantile is a sketch.
        if isinstance(node, exp.ApproxQuantile):
            return exp.Anonymous(this="quantile_disc", expressions=[node.this, node.args["quantile"]])
        # Without a match Trino answers NULL, DuckDB an empty text.
        if isinstance(node, exp.RegexpExtract) and not isinstance(node.parent, exp.If):
            matches = exp.Anonymous(this="regexp_matches", expressions=[node.this.copy(), node.expression.copy()])
            return exp.Case(ifs=[exp.If(this=matches, true=node.copy())])
        # Of rows without a value Trino's max_by takes the one with the greatest key; DuckDB's arg_max leaves them out.
        if isinstance(node, exp.ArgMax):
            return exp.Anonymous(this="arg_max_null", expressions=[node.this, node.expression])
        return node
    tree = sqlglot.parse_one(text, read="athena")
    order = [(part.this.name, bool(part.args.get("desc"))) for part in tree.args["order"].expressions]
    return tree.transform(adjusted).sql(dialect="duckdb", comments=False), order


def cell(value, kind):
    """A value of either side, comparable: numbers as numbers, moments as moments."""
    if value is None:
        return None
    if kind == "double" or kind.startswith("decimal"):
        return float(value)
    if kind in ("integer", "bigint"):
        return int(value)
    if kind == "boolean":
        return value if isinstance(value, bool) else {"true": True, "false": False}[value]
    if kind.startswith("timestamp"):
        if isinstance(value, str):
            value = datetime.strptime(value, "%Y-%m-%d %H:%M:%S.%f UTC").replace(tzinfo=timezone.utc)
        return value.astimezone(timezone.utc)
    return str(value)


def near(one, other):
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)
    return one == other


def difference(ours, theirs, keys):
    """What is different, or nothing: the rows as a bag, and the keys of the order row by row."""
    if len(ours) != len(theirs):
        return f"{len(ours)} rows here, {len(theirs)} in DuckDB"
    for place, (one, other) in enumerate(zip(ours, theirs)):
        if not all(near(one[key], other[key]) for key in keys):
            return f"row {place + 1} in order: {one} here, {other} in DuckDB"
    plain = lambda row: tuple((value is not None, round(value, 9) if isinstance(value, float) else value) for value in row)
    sort = lambda rows: sorted(rows, key=lambda row: [str(part) for part in plain(row)])
    for one, other in zip(sort(ours), sort(theirs)):
        if not all(map(near, one, other)):
            return f"{one} here, {other} in DuckDB"
    return None


def asked(name, files, parameter):
    command = [BELFRY, "athena", name, "--format", "json", "--quiet"]
    for file in files:
        command += ["--file", str(file)]
    if parameter is not None:
        command += ["--param", f"'{parameter}'"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"athena: {name}: {done.stderr}")
    answer = json.loads(done.stdout)
    kinds = [column["type"] for column in answer["columns"]]
    names = [column["name"] for column in answer["columns"]]
    return names, kinds, [[cell(*pair) for pair in zip(row, kinds)] for row in answer["rows"]]


def lines():
    """Sets of lines: name -> (files for Belfry, access files and health-check files for DuckDB)."""
    HOME.mkdir(parents=True, exist_ok=True)
    made = HOME / "generated.log"
    made.write_text("\n".join(athena_lines.access(20_000, 7)) + "\n")
    packed = HOME / "generated-2.log"
    packed.write_text("\n".join(athena_lines.access(5_000, 8)) + "\n")
    with gzip.open(f"{packed}.gz", "wb") as out:
        out.write(packed.read_bytes())
    checks = HOME / "health_check_log_generated.log"
    checks.write_text("\n".join(athena_lines.health_checks(5_000, 7)) + "\n")
    recorded = sorted(Path("engine/tests/cases/alb").glob("*.log")) + sorted(Path("athena/tests/data").glob("*-day.log"))
    shown = HOME / "health_check_log_recorded.log"
    shown.write_bytes(Path("athena/tests/data/health-checks.log").read_bytes())
    return {
        "generated": ([made, Path(f"{packed}.gz"), checks], [made, packed], [checks]),
        "recorded": ([*recorded, shown], recorded, [shown]),
    }


def main():
    differences, filled, count = [], Counter(), 0
    for kind, (files, access, health) in lines().items():
        connection = duckdb.connect()
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(MACROS)
        for make, paths in [(ACCESS, access), (HEALTH, health)]:
            connection.execute(make.replace("{files}", "[" + ", ".join(f"'{path}'" for path in paths) + "]"))
        for path in sorted(Path("queries/athena").glob("*.sql")):
            text, order = in_duckdb(path.read_text())
            for parameter in TRACES if "-- parameter:" in path.read_text() else [None]:
                names, kinds, ours = asked(path.stem, files, parameter)
                rows = connection.execute(text, [parameter] if parameter is not None else []).fetchall()
                theirs = [[cell(*pair) for pair in zip(row, kinds)] for row in rows]
                keys = [names.index(key) for key, _ in order]
                found = difference(ours, theirs, keys)
                count, filled[path.stem] = count + 1, filled[path.stem] + len(ours)
                if found:
                    differences.append(f"{kind}: {path.stem}: {found}")
                if ours:  # the comparison itself: a row too few and a changed value must be seen
                    changed = [[*ours[0][:-1], "another"], *ours[1:]]
                    assert difference(ours[1:], theirs, keys) and difference(changed, theirs, keys), path.stem
    differences += [f"{name}: no line answers it" for name in sorted(path.stem for path in Path("queries/athena").glob("*.sql")) if not filled[name]]
    for found in differences:
        print(f"athena: {found}", file=sys.stderr)
    print(f"athena: {count} answers of {len(filled)} queries ({sum(filled.values())} rows) beside DuckDB {duckdb.__version__}, {len(differences)} differences")
    sys.exit(bool(differences))


if __name__ == "__main__":
    main()
