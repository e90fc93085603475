"""Applies this repository's suite to moto's server, a third party's imitation of AWS: the plan before names what is missing, apply makes it,
and the plan after is empty but for what moto does not keep. Each of these is listed with its reason, and a list that became wrong fails."""

import json
import logging
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import boto3
from moto.cloudwatch.responses import CloudWatchResponse
from moto.logs.responses import LogsResponse
from moto.server import ThreadedMotoServer

from cbor_bridge import Bridge

ROOT = Path(__file__).resolve().parents[2]
BELFRY = os.environ.get("BELFRY", str(ROOT / "target/debug/belfry"))
ACCOUNT = "123456789012"  # moto's own
REGION = "us-east-1"

# Kinds of resources that are left out of the suite, because moto does not implement what makes or reads them: kind -> service, operation.
ABSENT = {
    "composite_alarm": (CloudWatchResponse, "put_composite_alarm"),
    "log_alarm": (CloudWatchResponse, "put_log_alarm"),
    "mute_rule": (CloudWatchResponse, "list_alarm_mute_rules"),
    "query": (LogsResponse, "describe_query_definitions"),
}
# What moto has services for, and this step does not compare yet.
NOT_COMPARED = ("[[bucket]]", "[[load_balancer]]", "[athena", "[[budget]]")
# What is answered in moto's place: that there are none of these.
NOTHING = {
    "GraniteServiceVersion20100801.ListAlarmMuteRules": {"AlarmMuteRuleSummaries": []},
    "Logs_20140328.DescribeQueryDefinitions": {"queryDefinitions": []},
}
# What moto does not give back of what it was given: the beginning of an address -> what a plan shows for it, and why.
FORGOTTEN = {
    "dashboard.": ("conflicts", "moto drops the tags of PutDashboard, by which a dashboard is known to be the suite's"),
}


def suite(folder):
    """The repository's suite with moto's account, and without what moto cannot keep."""
    shutil.rmtree(folder, ignore_errors=True)
    for part in ("dashboards", "docs/runbooks"):
        shutil.copytree(ROOT / part, folder / part)
    text = (ROOT / "belfry.toml").read_text()
    # Tables end where the next one begins.
    sections = re.split(r"(?m)^(?=\[)", text)
    absent = NOT_COMPARED + tuple(f"[[{kind}]]" for kind in ABSENT)
    text = "".join(section for section in sections if not section.startswith(absent))
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
    known = [(kind, operation) for kind, (service, operation) in ABSENT.items() if hasattr(service, operation)]
    return [f"{kind}: moto implements {operation} now" for kind, operation in known]


def shown(plan):
    """What a plan shows, by address: `changes` or `conflicts`, and the entry."""
    return {entry["address"]: (part, entry) for part in ("changes", "conflicts") for entry in plan[part]}


def is_forgotten(address, part):
    return any(address.startswith(start) and part == known for start, (known, _) in FORGOTTEN.items())


def bodies(url):
    """Dashboards that moto does keep, though not as the suite's: asked through boto3."""
    client = boto3.client("cloudwatch", endpoint_url=url, region_name=REGION, aws_access_key_id="x", aws_secret_access_key="y")
    names = [entry["DashboardName"] for entry in client.list_dashboards()["DashboardEntries"]]
    return {name: json.loads(client.get_dashboard(DashboardName=name)["DashboardBody"]) for name in names}


def main():
    logging.getLogger("werkzeug").disabled = True
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    behind = f"http://{host}:{port}"
    bridge = Bridge(behind, NOTHING)
    folder = ROOT / "target/peers/moto-suite"
    suite(folder)
    wrong = still_absent()
    before = shown(plan(folder, bridge.url))
    applied = belfry(folder, bridge.url, "apply", "--yes")
    if applied.returncode != 0:
        wrong.append(f"apply ended with {applied.returncode}:\n{applied.stdout}{applied.stderr}")
    after = shown(plan(folder, bridge.url))
    for address, (part, entry) in after.items():
        if not is_forgotten(address, part):
            wrong.append(f"{address} is not as it was applied: {json.dumps(entry)[:600]}")
    for start, (part, reason) in FORGOTTEN.items():
        if not any(address.startswith(start) and found == part for address, (found, _) in after.items()):
            wrong.append(f"{start}* is kept now, though listed as: {reason}")
    kept = bodies(behind)
    for file in (folder / "dashboards").glob("*.json"):
        body = kept.get(f"fraud-{file.stem}")
        if body is None or len(body["widgets"]) != len(json.loads(file.read_text())["widgets"]):
            wrong.append(f"{file.name} is not the dashboard that moto gives back")
    foreign(bridge.url, folder, wrong)
    server.stop()
    for line in wrong:
        print(f"moto: {line}", file=sys.stderr)
    same = len(before) - len(after)
    print(f"moto: {len(before)} resources applied, {same} are known again as they were given; not so:")
    for start, (_, reason) in FORGOTTEN.items():
        count = sum(address.startswith(start) for address in after)
        print(f"  {count} of {start}*: {reason}")
    print(f"  left out, not compared yet: {', '.join(NOT_COMPARED)}")
    for kind, (_, operation) in ABSENT.items():
        print(f"  {kind}.*, left out: moto does not implement {operation}")
    sys.exit(bool(wrong))


def foreign(url, folder, wrong):
    """Somebody else's change shows in the next plan: moto is asked through boto3, without Belfry."""
    client = boto3.client("logs", endpoint_url=url, region_name=REGION, aws_access_key_id="x", aws_secret_access_key="y")
    client.put_retention_policy(logGroupName="/ecs/fraud-detection/access", retentionInDays=7)
    if not any("/ecs/fraud-detection/access" in address for address in shown(plan(folder, url))):
        wrong.append("a retention changed by somebody else does not show")


main()
