"""A suite of 500 resources: 2 log groups, 98 metric filters, 150 saved queries, 200 alarms, 50 dashboards. The same values are what the script over
boto3 makes; `write` puts them into the files that Belfry reads."""

import json

NAME, PREFIX, REGION, ACCOUNT = "bench", "bench-", "us-east-1", "000000000000"
TAG = "belfry:suite"
GROUPS = ["/bench/application", "/bench/access"]
FILTERS = [
    {"name": f"filter-{n}", "group": GROUPS[n % 2], "pattern": f'{{ $.code = "E{n}" }}', "metric": f"Metric{n}"}
    for n in range(98)
]
QUERIES = [
    {"stem": f"query-{n}", "text": f'# description: Question {n}.\n# log-groups: {GROUPS[0]}\nfields @timestamp, code\n| filter code = "E{n}"\n| sort @timestamp desc\n| limit 20'}
    for n in range(150)
]
ALARMS = [
    {"name": f"{PREFIX}alarm-{n}", "metric": f"Metric{n % 98}", "threshold": 1 + n, "description": f"Code E{n % 98} again and again."}
    for n in range(200)
]


def body(n):
    widget = lambda w: {
        "type": "metric", "x": 12 * (w % 2), "y": 6 * (w // 2), "width": 12, "height": 6,
        "properties": {"title": f"graph {w}", "region": REGION, "view": "timeSeries", "period": 60, "stat": "Sum",
                       "metrics": [["Bench", f"Metric{(n + w) % 98}"], ["Bench", f"Metric{(n + w + 1) % 98}"]]},
    }
    return {"start": "-PT3H", "widgets": [widget(w) for w in range(10)]}


DASHBOARDS = [{"stem": f"board-{n}", "body": body(n)} for n in range(50)]
COUNT = len(GROUPS) + len(FILTERS) + len(QUERIES) + len(ALARMS) + len(DASHBOARDS)


def write(folder):
    for part in ("dashboards", "queries/insights"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    toml = [f'[suite]\nname = "{NAME}"\nowner = "team"\nprefix = "{PREFIX}"\n']
    toml += [f'[[log_group]]\nname = "{group}"\nretention_days = 30\n' for group in GROUPS]
    for f in FILTERS:
        toml.append(
            f"[[metric_filter]]\nname = \"{f['name']}\"\nlog_group = \"{f['group']}\"\npattern = '{f['pattern']}'\n"
            f"metric = {{ namespace = \"Bench\", name = \"{f['metric']}\", value = \"1\", default = 0, unit = \"Count\" }}\n"
        )
    for a in ALARMS:
        toml.append(
            f"[[alarm]]\nname = \"{a['name']}\"\ndescription = \"{a['description']}\"\nowner = \"team\"\nrunbook = \"runbook.md\"\n"
            f"metric = {{ namespace = \"Bench\", name = \"{a['metric']}\" }}\nstatistic = \"Sum\"\nperiod = 60\nevaluation_periods = 1\n"
            f"threshold = {a['threshold']}\ncomparison = \">\"\ntreat_missing_data = \"notBreaching\"\n"
        )
    (folder / "belfry.toml").write_text("\n".join(toml))
    (folder / "runbook.md").write_text("# What to do\n")
    for q in QUERIES:
        (folder / f"queries/insights/{q['stem']}.cwli").write_text(q["text"] + "\n")
    for d in DASHBOARDS:
        (folder / f"dashboards/{d['stem']}.json").write_text(json.dumps(d["body"], indent=2))
