"""Applies this repository's suite to moto's server, a third party's imitation of AWS: the plan before names what is missing, apply makes it,
and the plan after is empty but for what moto does not keep. What moto lacks, drops or does not run is listed below by resource and attribute,
each with a reason that is looked up in moto: an entry that stopped being true fails."""

import json
import logging
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import boto3
from moto.athena.models import athena_backends
from moto.athena.responses import AthenaResponse
from moto.budgets.models import budgets_backends
from moto.budgets.responses import BudgetsResponse
from moto.cloudwatch.models import cloudwatch_backends
from moto.cloudwatch.responses import CloudWatchResponse
from moto.elbv2.models import FakeLoadBalancer
from moto.logs.responses import LogsResponse
from moto.s3.models import s3_backends
from moto.server import ThreadedMotoServer

from cbor_bridge import Bridge

ROOT = Path(__file__).resolve().parents[2]
BELFRY = os.environ.get("BELFRY", str(ROOT / "target/debug/belfry"))
ACCOUNT = "123456789012"  # moto's own
REGION = "us-east-1"
TAG = {"Key": "belfry:suite", "Value": "fraud-detection"}
BUCKET, DATABASE, BALANCER = "fraud-detection-alb-logs", "fraud_detection", "fraud-detection-alb"

# Kinds of resources that are left out of the suite, because moto does not implement what makes or reads them: kind -> service, operation.
ABSENT = {
    "composite_alarm": (CloudWatchResponse, "put_composite_alarm"),
    "log_alarm": (CloudWatchResponse, "put_log_alarm"),
    "mute_rule": (CloudWatchResponse, "list_alarm_mute_rules"),
    "query": (LogsResponse, "describe_query_definitions"),
}
# Lines of the suite that are left out, because moto refuses what they set: line -> resource and attribute, whether moto knows it.
REFUSED = {
    "health_check_logs = {": (f"load_balancer.{BALANCER}: health_check_logs.s3.bucket and .prefix",
                              lambda: "health_check_logs.s3.bucket" in FakeLoadBalancer.VALID_ATTRS),
}


def named_queries(request):
    """What moto keeps of each, as its GetNamedQuery gives it."""
    kept = [athena().named_queries[query] for query in request["NamedQueryIds"]]
    return {"NamedQueries": [{
        "NamedQueryId": query.id, "Name": query.name, "Description": query.description, "Database": query.database,
        "QueryString": query.query_string, "WorkGroup": query.workgroup.name} for query in kept]}


def subscribers(request):
    """Those that moto keeps with a notification."""
    budget = budgets_backends[ACCOUNT]["aws"].budgets[request["AccountId"]][request["BudgetName"]]
    found = [one for one in budget.notifications if one.details == request["Notification"]]
    return {"Subscribers": found[0].subscribers if found else []}


# What is answered in the place of an operation that moto lacks, from what moto keeps: target -> (service, operation, answer).
STAND_IN = {
    "GraniteServiceVersion20100801.ListAlarmMuteRules": (
        CloudWatchResponse, "list_alarm_mute_rules", lambda _: {"AlarmMuteRuleSummaries": []}),
    "Logs_20140328.DescribeQueryDefinitions": (LogsResponse, "describe_query_definitions", lambda _: {"queryDefinitions": []}),
    "AmazonAthena.BatchGetNamedQuery": (AthenaResponse, "batch_get_named_query", named_queries),
    "AmazonAthena.ListTableMetadata": (AthenaResponse, "list_table_metadata", lambda _: {"TableMetadataList": []}),
    "AWSBudgetServiceGateway.ListTagsForResource": (
        BudgetsResponse, "list_tags_for_resource", lambda _: {"ResourceTags": [TAG]}),
    "AWSBudgetServiceGateway.DescribeSubscribersForNotification": (
        BudgetsResponse, "describe_subscribers_for_notification", subscribers),
}

# What the plan still shows after apply: address -> the part of the plan, and why. The plan itself shows whether it is so.
FORGOTTEN = {
    f"table.{DATABASE}.{table}": ("changes", "create", "moto writes a CREATE TABLE down and does not run it")
    for table in ("alb_logs", "alb_health_check_logs")
}


def athena():
    return athena_backends[ACCOUNT][REGION]


def database():
    return athena().databases["AwsDataCatalog", DATABASE]


def s3():
    return s3_backends[ACCOUNT]["aws"]


def dashboard(name):
    arn, tagger = f"arn:aws:cloudwatch::{ACCOUNT}:dashboard/{name}", cloudwatch_backends[ACCOUNT][REGION].tagger
    return (f"dashboard.{name}", f"the tag {TAG['Key']} of PutDashboard",
            lambda: not tagger.has_tags(arn), lambda: tagger.tag_resource(arn, [TAG]))


# Single attributes that moto takes and drops, put into moto by hand after the apply so that all others of the resource are compared:
# address, what is dropped, whether it is, how it is put back.
DROPPED = [
    *(dashboard(f"fraud-{file.stem}") for file in sorted((ROOT / "dashboards").glob("*.json"))),
    (f"bucket.{BUCKET}", f"the tag {TAG['Key']} of CreateBucket",
     lambda: not s3().get_bucket_tagging(BUCKET)["Tags"], lambda: s3().put_bucket_tagging(BUCKET, {TAG["Key"]: TAG["Value"]})),
    (f"database.{DATABASE}", "the properties of CREATE DATABASE",
     lambda: not database().parameters, lambda: database().parameters.update({TAG["Key"]: TAG["Value"]})),
]


def suite(folder):
    """The repository's suite with moto's account, and without what moto cannot keep."""
    shutil.rmtree(folder, ignore_errors=True)
    for part in ("dashboards", "docs/runbooks", "queries/athena"):
        shutil.copytree(ROOT / part, folder / part)
    text = (ROOT / "belfry.toml").read_text()
    # Tables end where the next one begins.
    sections = re.split(r"(?m)^(?=\[)", text)
    absent = tuple(f"[[{kind}]]" for kind in ABSENT)
    text = "".join(section for section in sections if not section.startswith(absent))
    lines = text.splitlines(keepends=True)
    for start in REFUSED:
        assert any(line.startswith(start) for line in lines), f"the suite has no line `{start}`"
    text = "".join(line for line in lines if not line.startswith(tuple(REFUSED)))
    text += f'\n[env.moto]\naccount = "{ACCOUNT}"\nregion = "{REGION}"\n'
    (folder / "belfry.toml").write_text(text)


def belfry(folder, url, *arguments):
    environment = dict(os.environ, AWS_ENDPOINT_URL=url, AWS_ACCESS_KEY_ID="moto", AWS_SECRET_ACCESS_KEY="moto")
    environment.pop("AWS_PROFILE", None)
    command = [BELFRY, *arguments, "--env", "moto", "--suite", str(folder), "--color", "never"]
    return subprocess.run(command, env=environment, capture_output=True, text=True)


def plan(folder, url):
    done = belfry(folder, url, "plan", "--format", "json")
    assert done.returncode in (0, 4), done.stdout + done.stderr
    return json.loads(done.stdout)


def still_absent():
    """Operations that moto has learnt."""
    known = [(kind, operation) for kind, (service, operation) in ABSENT.items() if hasattr(service, operation)]
    wrong = [f"{kind}: moto implements {operation} now" for kind, operation in known]
    wrong += [f"{what}: moto knows it now" for what, knows in REFUSED.values() if knows()]
    stood_in = [(target, operation) for target, (service, operation, _) in STAND_IN.items() if hasattr(service, operation)]
    return wrong + [f"{target}: moto implements {operation} now" for target, operation in stood_in]


def shown(plan):
    """What a plan shows, by address: `changes` or `conflicts`, what is to be done, and the entry."""
    return {entry["address"]: (part, entry.get("action"), entry) for part in ("changes", "conflicts") for entry in plan[part]}


def client(service, url):
    return boto3.client(service, endpoint_url=url, region_name=REGION, aws_access_key_id="x", aws_secret_access_key="y")


def balancer(url):
    """The load balancer that others make before the suite."""
    ec2, elb = client("ec2", url), client("elbv2", url)
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnets = [ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{n}.0/24", AvailabilityZone=f"{REGION}{zone}")["Subnet"]["SubnetId"]
               for n, zone in enumerate("ab")]
    return elb.create_load_balancer(Name=BALANCER, Subnets=subnets)["LoadBalancers"][0]["LoadBalancerArn"]


def put_back():
    """What is dropped no more."""
    wrong = []
    for address, what, is_dropped, mend in DROPPED:
        if not is_dropped():
            wrong.append(f"{address}: {what} is kept now")
        mend()
    return wrong


def is_forgotten(address, part, action):
    return FORGOTTEN.get(address, ())[:2] == (part, action)


def differences(after):
    wrong = [f"{address} is not as it was applied: {json.dumps(entry)[:600]}"
             for address, (part, action, entry) in after.items() if not is_forgotten(address, part, action)]
    return wrong + [f"{address} is kept now, though listed as: {reason}"
                    for address, (*_, reason) in FORGOTTEN.items() if address not in after]


def foreign(url, folder, arn):
    """Somebody else's changes show in the next plan: moto is asked through boto3, without Belfry."""
    client("logs", url).put_retention_policy(logGroupName="/ecs/fraud-detection/access", retentionInDays=7)
    client("s3", url).delete_bucket_encryption(Bucket=BUCKET)
    client("budgets", url).delete_notification(
        AccountId=ACCOUNT, BudgetName="fraud-detection-monthly", Notification={
            "NotificationType": "ACTUAL", "ComparisonOperator": "GREATER_THAN", "Threshold": 50.0, "ThresholdType": "PERCENTAGE"})
    client("elbv2", url).modify_load_balancer_attributes(
        LoadBalancerArn=arn, Attributes=[{"Key": "access_logs.s3.enabled", "Value": "false"}])
    after = shown(plan(folder, url))
    changed = {
        "log_group./ecs/fraud-detection/access": "retention_days", f"bucket.{BUCKET}": "encryption",
        "budget.fraud-detection-monthly": "notifications", f"load_balancer.{BALANCER}": "attributes",
    }
    seen = {address: [one["name"] for one in entry.get("attributes", [])] for address, (_, _, entry) in after.items()}
    return [f"{address}: a change of {name} by somebody else does not show" for address, name in changed.items()
            if seen.get(address) != [name]]


def main():
    logging.getLogger("werkzeug").disabled = True
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    behind = f"http://{host}:{port}"
    bridge = Bridge(behind, {target: answer for target, (*_, answer) in STAND_IN.items()})
    folder = ROOT / "target/peers/moto-suite"
    suite(folder)
    arn = balancer(behind)
    wrong = still_absent()
    before = shown(plan(folder, bridge.url))
    applied = belfry(folder, bridge.url, "apply", "--yes")
    if applied.returncode != 0:
        wrong.append(f"apply ended with {applied.returncode}:\n{applied.stdout}{applied.stderr}")
    wrong += put_back()
    after = shown(plan(folder, bridge.url))
    wrong += differences(after)
    wrong += foreign(bridge.url, folder, arn)
    server.stop()
    for line in wrong:
        print(f"moto: {line}", file=sys.stderr)
    print(f"moto: {len(before)} resources applied, {len(before) - len(after)} are known again as they were given; not so:")
    for address, (*_, reason) in FORGOTTEN.items():
        print(f"  {address}: {reason}")
    for address, what, *_ in DROPPED:
        print(f"  {address}: moto drops {what}, put back by hand")
    for _, operation, _ in STAND_IN.values():
        print(f"  moto does not implement {operation}: answered from what moto keeps")
    for what, _ in REFUSED.values():
        print(f"  {what}, left out: moto refuses it")
    for kind, (_, operation) in ABSENT.items():
        print(f"  {kind}.*, left out: moto does not implement {operation}")
    sys.exit(bool(wrong))


main()
