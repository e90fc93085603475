"""The same round with the `aws` command line; the argument is its path."""

import json
import os
import subprocess
import sys
import time

from cost_sample import MONTH
from endpoint import CREDENTIALS, endpoint


def aws(*arguments, fails=None):
    """Runs `aws`, returns its JSON; `fails` is a text that its refusal must hold."""
    done = subprocess.run(
        [sys.argv[1], *arguments], env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    if fails is not None:
        if done.returncode == 0 or fails not in done.stderr:
            raise SystemExit(f"aws {' '.join(arguments)}: expected a refusal with {fails!r}: {done.stderr}")
        return None
    if done.returncode != 0:
        raise SystemExit(f"aws {' '.join(arguments)}: {done.stderr}")
    return json.loads(done.stdout) if done.stdout.strip() else None


def expect(found, wanted, what):
    if found != wanted:
        raise SystemExit(f"{what}: found {found!r}, expected {wanted!r}")


def main():
    now = int(time.time())
    expect(aws("sts", "get-caller-identity")["Account"], "000000000000", "the account")
    aws("logs", "create-log-group", "--log-group-name", "/cli")
    aws("logs", "create-log-stream", "--log-group-name", "/cli", "--log-stream-name", "s")
    # Logs Insights does not reach events dated before the group's creation: stamp them now.
    stamp = int(time.time() * 1000)
    events = json.dumps([{"timestamp": stamp, "message": '{"status":500,"ms":12}'},
                         {"timestamp": stamp + 1, "message": '{"status":200,"ms":7}'}])
    aws("logs", "put-log-events", "--log-group-name", "/cli", "--log-stream-name", "s", "--log-events", events)
    started = aws("logs", "start-query", "--log-group-name", "/cli", "--start-time", str(now - 60),
                  "--end-time", str(now + 60), "--query-string", "filter status >= 500 | stats count(*) as n")
    time.sleep(0.2)
    answer = aws("logs", "get-query-results", "--query-id", started["queryId"])
    expect((answer["status"], answer["results"]), ("Complete", [[{"field": "n", "value": "1"}]]), "the query")
    aws("cloudwatch", "put-metric-data", "--namespace", "Cli", "--metric-name", "M", "--value", "4", "--unit", "Count")
    points = aws("cloudwatch", "get-metric-statistics", "--namespace", "Cli", "--metric-name", "M", "--period", "60",
                 "--statistics", "Average", "--start-time", str(now - 120), "--end-time", str(now + 120))
    expect(points["Datapoints"][0]["Average"], 4.0, "the metric")
    topic = aws("sns", "create-topic", "--name", "cli")["TopicArn"]
    expect(aws("sns", "list-topics")["Topics"], [{"TopicArn": topic}], "the topics")
    aws("logs", "put-log-events", "--log-group-name", "/none", "--log-stream-name", "s", "--log-events", events,
        fails="ResourceNotFoundException")
    aws("logs", "describe-destinations", fails="DescribeDestinations")
    buckets()
    athena()
    money()


def buckets():
    """The high-level commands print progress instead of JSON, so that they are told to be quiet."""
    aws("s3api", "create-bucket", "--bucket", "cli-logs")
    aws("s3", "cp", "--only-show-errors", __file__, "s3://cli-logs/a/peer.py")
    aws("s3", "mv", "--only-show-errors", "s3://cli-logs/a/peer.py", "s3://cli-logs/b/peer.py")
    listed = aws("s3api", "list-objects-v2", "--bucket", "cli-logs")["Contents"]
    expect([o["Key"] for o in listed], ["b/peer.py"], "the objects")
    aws("s3api", "delete-bucket", "--bucket", "cli-logs", fails="BucketNotEmpty")
    aws("s3", "rm", "--only-show-errors", "--recursive", "s3://cli-logs")
    aws("s3api", "delete-bucket", "--bucket", "cli-logs")
    made = aws("elbv2", "create-load-balancer", "--name", "cli", "--subnets", "subnet-1", "subnet-2")
    arn = made["LoadBalancers"][0]["LoadBalancerArn"]
    aws("elbv2", "modify-load-balancer-attributes", "--load-balancer-arn", arn,
        "--attributes", "Key=idle_timeout.timeout_seconds,Value=30")
    aws("elbv2", "modify-load-balancer-attributes", "--load-balancer-arn", arn,
        "--attributes", "Key=idle_timeout.timeout_seconds,Value=0", fails="ValidationError")
    aws("elbv2", "delete-load-balancer", "--load-balancer-arn", arn)


def athena():
    aws("s3api", "create-bucket", "--bucket", "cli-athena")
    aws("athena", "create-work-group", "--name", "cli",
        "--configuration", "ResultConfiguration={OutputLocation=s3://cli-athena/results/},BytesScannedCutoffPerQuery=10000000")
    text = "SELECT n, n * n AS square FROM (VALUES 1, 2, 3) AS t (n) ORDER BY n"
    started = aws("athena", "start-query-execution", "--work-group", "cli", "--query-string", text)["QueryExecutionId"]
    for _ in range(100):
        found = aws("athena", "get-query-execution", "--query-execution-id", started)["QueryExecution"]["Status"]
        if found["State"] not in ("QUEUED", "RUNNING"):
            break
    expect(found["State"], "SUCCEEDED", "the statement")
    rows = aws("athena", "get-query-results", "--query-execution-id", started)["ResultSet"]["Rows"]
    shown = [[cell["VarCharValue"] for cell in row["Data"]] for row in rows]
    expect(shown, [["n", "square"], ["1", "1"], ["2", "4"], ["3", "9"]], "the rows")
    aws("athena", "delete-work-group", "--work-group", "none", fails="is not found")


def money():
    account = ("--account-id", "000000000000")
    budget = json.dumps({"BudgetName": "cli", "BudgetType": "COST", "TimeUnit": "MONTHLY", "BudgetLimit": {"Amount": "5", "Unit": "USD"}})
    aws("budgets", "create-budget", *account, "--budget", budget)
    aws("budgets", "create-budget", *account, "--budget", budget, fails="DuplicateRecordException")
    listed = aws("budgets", "describe-budgets", *account)["Budgets"]
    expect([one["BudgetName"] for one in listed], ["cli"], "the budgets")
    aws("budgets", "delete-budget", *account, "--budget-name", "cli")
    period = ("--time-period", f"Start={MONTH['Start']},End={MONTH['End']}")
    usage = aws("ce", "get-cost-and-usage", *period, "--granularity", "MONTHLY", "--metrics", "UnblendedCost")["ResultsByTime"]
    expect(usage[0]["Total"]["UnblendedCost"], {"Amount": "20.520226729", "Unit": "USD"}, "the month's cost")


with endpoint() as address:
    ENVIRONMENT = {**os.environ, **CREDENTIALS, "AWS_ENDPOINT_URL": address, "AWS_PAGER": "", "AWS_DEFAULT_OUTPUT": "json"}
    main()
print("aws CLI: all answers as expected")
