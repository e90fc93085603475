"""Holds the policies of `belfry iam` against the Service Authorization Reference (as policy_sentry carries it): every action exists,
takes the resources it is given, and `*` stands only where the reference knows nothing narrower, or AWS's own pages say why."""

import json
import os
import re
import subprocess
import sys

import botocore.session
from policy_sentry.querying.actions import get_action_data

BELFRY = os.environ.get("BELFRY", "target/debug/belfry")

# `*` although the reference names resources: action -> where AWS says so.
WIDE = {
    "cloudwatch:DescribeAlarms": "API reference: composite alarms need the scope *",
    "cloudwatch:DescribeAlarmHistory": "API reference: composite alarms need the scope *",
    "cloudwatch:PutCompositeAlarm": "API reference: composite alarms need the scope *",
    "cloudwatch:ListAlarmMuteRules": "a list over all alarms: mute rules are known by their own names, not by the alarms'",
    "ce:GetAnomalies": "anomalies of all monitors are asked for",
    "ce:GetAnomalyMonitors": "all monitors are asked for",
    "ce:GetCostAndUsage": "no billing view is named: the account's own costs",
    "ce:GetCostForecast": "no billing view is named: the account's own costs",
    "logs:GetQueryResults": "asked by the id of a query alone",
}
# Resources that the reference does not list for an action (yet): dashboards carry tags since 2026.
AHEAD = {
    ("cloudwatch:ListTagsForResource", "dashboard/"), ("cloudwatch:TagResource", "dashboard/"),
    # Mute rules take tags when they are made (API reference of PutAlarmMuteRule).
    ("cloudwatch:ListTagsForResource", "alarm-mute-rule"), ("cloudwatch:TagResource", "alarm-mute-rule"),
}


# Services as botocore calls them, for actions that are newer than the reference at hand.
MODELS = {"cloudwatch": "cloudwatch", "logs": "logs", "sns": "sns", "athena": "athena", "ce": "ce", "budgets": "budgets", "elasticloadbalancing": "elbv2"}


def is_operation(service, name):
    return service in MODELS and name in botocore.session.get_session().get_service_model(MODELS[service]).operation_names


def shape(arn):
    """`arn:aws:sns:r:a:name` and `arn:${Partition}:sns:...` as the service and the kind of resource."""
    if arn == "*":
        return "*", ""
    parts = arn.split(":", 5)
    if parts[2] == "s3":
        return "s3", "object" if "/" in parts[5] else "bucket"
    kind = re.match(r"([a-z-]+)[:/]", parts[5])
    return parts[2], kind.group(1) if kind else ""


def fits(formats, resource):
    return any(f == resource or shape(f) == shape(resource) for f in formats)


def check(action, resources):
    service, name = action.split(":")
    data = get_action_data(service, name)
    if not data:
        return [] if is_operation(service, name) else [f"{action}: no such action"]
    formats = [row["resource_arn_format"] for rows in data.values() for row in rows]
    narrower = [f for f in formats if f != "*"]
    wrong = []
    for resource in resources:
        if resource == "*":
            if narrower and action not in WIDE:
                wrong.append(f"{action}: `*`, though it takes {sorted(set(narrower))}")
        elif not fits(formats, resource):
            kind = resource.split(":", 5)[5]
            if not any(action == a and kind.startswith(k) for a, k in AHEAD):
                wrong.append(f"{action}: does not take {resource}")
    return wrong


def main():
    wrong, seen = [], 0
    for role in ("plan", "apply", "on-call", "cost"):
        done = subprocess.run([BELFRY, "iam", role, "--env", "aws", "--quiet"], capture_output=True, text=True)
        if "needs no permission yet" in done.stderr:
            print(f"iam: {role} needs nothing yet")
            continue
        policy = json.loads(done.stdout)
        for document in policy if isinstance(policy, list) else [policy]:
            assert len("".join(json.dumps(document, separators=(",", ":")).split())) <= 6144, role
            for statement in document["Statement"]:
                for action in statement["Action"]:
                    seen += 1
                    wrong += check(action, statement["Resource"])
    for line in wrong:
        print(f"iam: {line}", file=sys.stderr)
    print(f"iam: {seen} actions of 4 roles held against the reference, {len(wrong)} wrong")
    sys.exit(bool(wrong))


main()
