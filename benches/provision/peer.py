"""What a team's own script over boto3 does: reads everything that it would compare, and makes what is missing. `peer.py plan|apply URL [THREADS]`:
it prints how many resources differ, or how many were made. Resources are compared by all that Belfry compares, ownership by tag included."""

import json
import sys
from concurrent.futures import ThreadPoolExecutor

import boto3
from botocore.config import Config

import suite as want

action, url, threads = sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 1
OPTIONS = dict(endpoint_url=url, region_name=want.REGION, aws_access_key_id="x", aws_secret_access_key="y",
               config=Config(max_pool_connections=max(threads, 10)))
logs = boto3.client("logs", **OPTIONS)
cloudwatch = boto3.client("cloudwatch", **OPTIONS)
pool = ThreadPoolExecutor(threads)


def each(call, items):
    return list(pool.map(call, items)) if threads > 1 else [call(item) for item in items]


def log_arn(name):
    return f"arn:aws:logs:{want.REGION}:{want.ACCOUNT}:log-group:{name}"


def owned(tags):
    return tags.get(want.TAG) == want.NAME


def cloudwatch_tags(arn):
    return {tag["Key"]: tag["Value"] for tag in cloudwatch.list_tags_for_resource(ResourceARN=arn)["Tags"]}


def pages(client, operation, member, **request):
    return [item for page in client.get_paginator(operation).paginate(**request) for item in page[member]]


def groups():
    found = pages(logs, "describe_log_groups", "logGroups", logGroupNamePrefix="/bench/")
    ours = [g for g in found if owned(logs.list_tags_for_resource(resourceArn=log_arn(g["logGroupName"]))["tags"])]
    return {g["logGroupName"]: g.get("retentionInDays") for g in ours}


def filters(present):
    found = [f for name in present for f in pages(logs, "describe_metric_filters", "metricFilters", logGroupName=name)]
    return {f["filterName"]: (f["logGroupName"], f["filterPattern"], f["metricTransformations"]) for f in found}


def queries():
    found, request = {}, {"queryDefinitionNamePrefix": f"{want.NAME}/", "maxResults": 1000}
    while True:
        page = logs.describe_query_definitions(**request)
        found |= {q["name"]: (q["queryString"], q.get("logGroupNames", [])) for q in page["queryDefinitions"]}
        if "nextToken" not in page:
            return found
        request["nextToken"] = page["nextToken"]


def alarms():
    found = pages(cloudwatch, "describe_alarms", "MetricAlarms", AlarmNamePrefix=want.PREFIX)
    tags = each(lambda a: cloudwatch_tags(a["AlarmArn"]), found)
    return {a["AlarmName"]: a for a, t in zip(found, tags) if owned(t)}


def dashboards():
    found = pages(cloudwatch, "list_dashboards", "DashboardEntries", DashboardNamePrefix=want.PREFIX)

    def read(entry):
        tags = cloudwatch_tags(entry["DashboardArn"])
        return tags, json.loads(cloudwatch.get_dashboard(DashboardName=entry["DashboardName"])["DashboardBody"])

    read_all = each(read, found)
    return {e["DashboardName"]: body for e, (tags, body) in zip(found, read_all) if owned(tags)}


def alarm(a):
    return dict(
        AlarmName=a["name"], AlarmDescription=f"{a['description']}\nOwner: team\nRunbook: runbook.md", ActionsEnabled=True,
        MetricName=a["metric"], Namespace="Bench", Statistic="Sum", Period=60, EvaluationPeriods=1, DatapointsToAlarm=1,
        Threshold=float(a["threshold"]), ComparisonOperator="GreaterThanThreshold", TreatMissingData="notBreaching",
    )


def filter_of(f):
    return [{"metricName": f["metric"], "metricNamespace": "Bench", "metricValue": "1", "defaultValue": 0.0, "unit": "Count"}]


def missing():
    """Everything that is not as it should be, as calls that make it so, in order."""
    tag, tags = {want.TAG: want.NAME}, [{"Key": want.TAG, "Value": want.NAME}]
    have = groups()
    first, then = [], []
    for name in want.GROUPS:
        if name not in have:
            first.append(lambda n=name: logs.create_log_group(logGroupName=n, tags=tag))
        if have.get(name) != 30:
            then.append(lambda n=name: logs.put_retention_policy(logGroupName=n, retentionInDays=30))
    found = filters(have)
    for f in want.FILTERS:
        if found.get(f["name"]) != (f["group"], f["pattern"], filter_of(f)):
            then.append(lambda f=f: logs.put_metric_filter(
                logGroupName=f["group"], filterName=f["name"], filterPattern=f["pattern"], metricTransformations=filter_of(f)))
    found = queries()
    for q in want.QUERIES:
        name = f"{want.NAME}/{q['stem']}"
        if found.get(name) != (q["text"], [want.GROUPS[0]]):
            then.append(lambda q=q, name=name: logs.put_query_definition(name=name, queryString=q["text"], logGroupNames=[want.GROUPS[0]]))
    found = alarms()
    for a in want.ALARMS:
        wanted, is_there = alarm(a), found.get(a["name"], {})
        if any(is_there.get(key) != value for key, value in wanted.items()):
            then.append(lambda wanted=wanted: cloudwatch.put_metric_alarm(**wanted, Tags=tags))
    found = dashboards()
    for d in want.DASHBOARDS:
        name = want.PREFIX + d["stem"]
        if found.get(name) != d["body"]:
            then.append(lambda d=d, name=name: cloudwatch.put_dashboard(
                DashboardName=name, DashboardBody=json.dumps(d["body"]), Tags=tags))
    return first, then


first, then = missing()
if action == "apply":
    for calls in (first, then):
        each(lambda call: call(), calls)
print(len(first) + len(then))
