"""Creates, puts, queries and reads back through boto3; the argument is the protocol that this boto3
must be seen to speak to CloudWatch: `json` or `query`."""

import datetime
import io
import json
import sys
import time

import boto3

import watch_round
from cost_sample import MONTH
from endpoint import endpoint
from talk import client, expect, refused

GROUP = "/peers/application"
NOW = int(time.time())


def identity(url):
    found = client("sts", url).get_caller_identity()
    expect(found["Account"], "000000000000", "the account")


def logs(url):
    logs = client("logs", url)
    logs.create_log_group(logGroupName=GROUP, tags={"team": "fraud"})
    refused(logs.create_log_group, "ResourceAlreadyExistsException", logGroupName=GROUP)
    logs.put_retention_policy(logGroupName=GROUP, retentionInDays=30)
    logs.create_log_stream(logGroupName=GROUP, logStreamName="one")
    logs.put_metric_filter(
        logGroupName=GROUP,
        filterName="errors",
        filterPattern='{ $.level = "ERROR" }',
        metricTransformations=[
            {"metricName": "Errors", "metricNamespace": "Peers", "metricValue": "1", "defaultValue": 0}
        ],
    )
    lines = [
        {"level": "ERROR", "duration": 30.5, "path": "/a"},
        {"level": "INFO", "duration": 10, "path": "/a"},
        {"level": "INFO", "duration": 20, "path": "/b", "nested": {"deep": ["x", "y"]}},
    ]
    # Logs Insights does not reach events dated before the group's creation: stamp them now.
    stamp = int(time.time() * 1000)
    answer = logs.put_log_events(
        logGroupName=GROUP,
        logStreamName="one",
        logEvents=[
            {"timestamp": stamp + i, "message": json.dumps(line)} for i, line in enumerate(lines)
        ],
    )
    expect("rejectedLogEventsInfo" in answer, False, "rejected events")
    found = logs.filter_log_events(logGroupName=GROUP, filterPattern="{ $.duration > 15 }")
    expect([json.loads(e["message"])["path"] for e in found["events"]], ["/a", "/b"], "filtered events")
    read = logs.get_log_events(logGroupName=GROUP, logStreamName="one", startFromHead=True)
    expect(len(read["events"]), 3, "events read back")
    tested = logs.test_metric_filter(filterPattern="[level, rest]", logEventMessages=["ERROR a b"])
    expect(
        tested["matches"][0]["extractedValues"], {"$level": "ERROR", "$rest": "a b"}, "extracted values"
    )
    groups = logs.describe_log_groups(logGroupNamePrefix="/peers")["logGroups"]
    expect(groups[0]["retentionInDays"], 30, "retention")
    refused(logs.put_metric_filter, "InvalidParameterException", logGroupName=GROUP, filterName="x",
            filterPattern="{ $.a == 1 }", metricTransformations=[
                {"metricName": "X", "metricNamespace": "Peers", "metricValue": "1"}])
    subscription = {"logGroupName": GROUP, "filterName": "to-siem", "filterPattern": ""}
    siem = "arn:aws:lambda:us-east-1:000000000000:function:siem"
    logs.put_subscription_filter(destinationArn=siem, **subscription)
    listed = logs.describe_subscription_filters(logGroupName=GROUP)["subscriptionFilters"]
    expect(listed[0]["destinationArn"], siem, "the subscription filter")
    refused(logs.put_subscription_filter, "InvalidParameterException", destinationArn="arn:aws:s3:::b", **subscription)
    logs.delete_subscription_filter(logGroupName=GROUP, filterName="to-siem")
    queries(logs)


def queries(logs):
    saved = logs.put_query_definition(
        name="peers/slow", queryString="fields @message | limit 1", logGroupNames=[GROUP]
    )
    listed = logs.describe_query_definitions(queryDefinitionNamePrefix="peers/")["queryDefinitions"]
    expect(listed[0]["queryDefinitionId"], saved["queryDefinitionId"], "the saved query")
    text = "stats count(*) as n, avg(duration), pct(duration, 50) by path | sort n desc"
    rows = run(logs, text)
    expect(
        rows,
        [
            [("path", "/a"), ("n", "2"), ("avg(duration)", "20.25"), ("pct(duration, 50)", "10")],
            [("path", "/b"), ("n", "1"), ("avg(duration)", "20"), ("pct(duration, 50)", "20")],
        ],
        text,
    )
    rows = run(logs, 'fields nested.deep.1 | filter path = "/b"')
    expect(rows[0][0], ("nested.deep.1", "y"), "a nested field")
    expect(rows[0][-1][0], "@ptr", "the last field of a row")
    record = logs.get_log_record(logRecordPointer=rows[0][-1][1])["logRecord"]
    expect((record["path"], record["@log"].split(":")[1]), ("/b", GROUP), "the record behind a row")
    fields = {f["name"]: f["percent"] for f in logs.get_log_group_fields(logGroupName=GROUP, time=NOW)["logGroupFields"]}
    expect((fields["@message"], fields["path"]), (100, 100), "the fields of the group")
    if hasattr(logs, "create_lookup_table"):
        lookup_tables(logs)
    wrong = refused(
        logs.start_query, "MalformedQueryException", logGroupName=GROUP, startTime=NOW - 60,
        endTime=NOW + 60, queryString="stats cuont(*)",
    )
    location = wrong["queryCompileError"]["location"]
    expect((location["startCharOffset"], location["endCharOffset"]), (6, 11), "the place of the mistake")


def lookup_tables(logs):
    created = logs.create_lookup_table(lookupTableName="paths", tableBody="p,team\n/a,red\n/b,blue\n")
    listed = logs.describe_lookup_tables(lookupTableNamePrefix="pa")["lookupTables"]
    expect((listed[0]["tableFields"], listed[0]["recordsCount"]), (["p", "team"], 2), "the lookup table")
    text = "lookup paths p as path OUTPUT team | stats count(*) as n by team | sort team asc"
    expect(run(logs, text), [[("team", "blue"), ("n", "1")], [("team", "red"), ("n", "2")]], text)
    logs.delete_lookup_table(lookupTableArn=created["lookupTableArn"])


def run(logs, text):
    started = logs.start_query(
        logGroupName=GROUP, startTime=NOW - 60, endTime=NOW + 60, queryString=text
    )
    while True:
        answer = logs.get_query_results(queryId=started["queryId"])
        if answer["status"] not in ("Scheduled", "Running"):
            break
        time.sleep(0.1)
    expect(answer["status"], "Complete", text)
    return [[(cell["field"], cell["value"]) for cell in row] for row in answer["results"]]


def metrics(url, protocol):
    cloudwatch = client("cloudwatch", url)
    spoken = []
    cloudwatch.meta.events.register(
        "before-send.cloudwatch", lambda request, **_: spoken.append(request.headers.get("Content-Type"))
    )
    stamp = datetime.datetime.fromtimestamp(NOW - NOW % 60 - 120, datetime.timezone.utc)
    cloudwatch.put_metric_data(
        Namespace="Peers",
        MetricData=[
            {"MetricName": "Latency", "Dimensions": [{"Name": "Path", "Value": "/a"}], "Timestamp": stamp,
             "Values": [1.0, 2.0, 3.0], "Counts": [1.0, 1.0, 2.0], "Unit": "Milliseconds"},
        ],
    )
    kind = (spoken[0] or b"").decode() if isinstance(spoken[0], bytes) else str(spoken[0])
    expect(protocol in kind or (protocol == "query" and "form-urlencoded" in kind), True,
           f"the protocol ({kind})")
    listed = cloudwatch.list_metrics(Namespace="Peers", MetricName="Latency")["Metrics"]
    expect(listed[0]["Dimensions"], [{"Name": "Path", "Value": "/a"}], "the listed metric")
    answer = cloudwatch.get_metric_data(
        StartTime=stamp, EndTime=stamp + datetime.timedelta(minutes=1),
        MetricDataQueries=[
            {"Id": "m1", "ReturnData": False, "MetricStat": {"Period": 60, "Stat": "Sum", "Metric": {
                "Namespace": "Peers", "MetricName": "Latency", "Dimensions": [{"Name": "Path", "Value": "/a"}]}}},
            {"Id": "e1", "Expression": "m1 * 2", "Label": "double"},
        ],
    )["MetricDataResults"]
    expect((answer[0]["Label"], answer[0]["Values"], answer[0]["Timestamps"]), ("double", [18.0], [stamp]), "metric math")
    answer = cloudwatch.get_metric_data(
        StartTime=stamp, EndTime=stamp + datetime.timedelta(minutes=1),
        MetricDataQueries=[
            # `Path` is a reserved word of Metrics Insights.
            {"Id": "q1", "Period": 60, "Expression": 'SELECT MAX(Latency) FROM SCHEMA(Peers, "Path") GROUP BY "Path"'},
            {"Id": "e1", "Expression": "SEARCH('{Peers,Path} Latency', 'Sum', 60)",
             "Label": "${PROP('Dim.Path')} ${SUM}"},
        ],
    )["MetricDataResults"]
    expect([(a["Label"], a["Values"]) for a in answer], [("/a", [3.0]), ("/a 9", [9.0])], "Metrics Insights and SEARCH")
    points = cloudwatch.get_metric_statistics(
        Namespace="Peers", MetricName="Latency", Dimensions=[{"Name": "Path", "Value": "/a"}], Period=60,
        StartTime=stamp, EndTime=stamp + datetime.timedelta(minutes=1), Statistics=["SampleCount", "Maximum"],
    )["Datapoints"]
    expect((points[0]["SampleCount"], points[0]["Maximum"], points[0]["Unit"]), (4.0, 3.0, "Milliseconds"), "statistics")
    errors = cloudwatch.get_metric_statistics(
        Namespace="Peers", MetricName="Errors", Period=60, Statistics=["Sum", "SampleCount"],
        StartTime=NOW - 60, EndTime=NOW + 60,
    )["Datapoints"]
    expect(sum(p["Sum"] for p in errors), 1.0, "the metric filter's sum")
    expect(sum(p["SampleCount"] for p in errors), 3.0, "the metric filter's samples")
    alarms(cloudwatch)
    if hasattr(cloudwatch, "put_log_alarm"):
        log_alarms(cloudwatch)
    dashboards(cloudwatch)


def alarms(cloudwatch):
    cloudwatch.put_metric_alarm(
        AlarmName="peers-errors", Namespace="Peers", MetricName="Never", Statistic="Sum", Period=60,
        EvaluationPeriods=1, Threshold=0.5, ComparisonOperator="GreaterThanThreshold",
        TreatMissingData="ignore",
    )
    cloudwatch.set_alarm_state(AlarmName="peers-errors", StateValue="ALARM", StateReason="a test")
    found = cloudwatch.describe_alarms(AlarmNames=["peers-errors"])["MetricAlarms"][0]
    expect((found["StateValue"], found["StateReason"]), ("ALARM", "a test"), "the alarm's state")
    history = cloudwatch.describe_alarm_history(AlarmName="peers-errors", HistoryItemType="StateUpdate")
    expect(history["AlarmHistoryItems"][0]["AlarmName"], "peers-errors", "history")
    refused(cloudwatch.set_alarm_state, "ResourceNotFound", AlarmName="none", StateValue="OK", StateReason="x")


def log_alarms(cloudwatch):
    """Clients of today only: log alarms and mute rules are of 2026."""
    cloudwatch.put_log_alarm(
        AlarmName="peers-log", Threshold=0, ComparisonOperator="GreaterThanThreshold", QueryResultsToEvaluate=1,
        QueryResultsToAlarm=1, ScheduledQueryConfiguration={
            "QueryString": "fields @message", "LogGroupIdentifiers": [GROUP], "AggregationExpression": "count(*) by @logStream",
            "ScheduledQueryRoleARN": "arn:aws:iam::000000000000:role/peers",
            "ScheduleConfiguration": {"ScheduleExpression": "rate(5 minutes)", "StartTimeOffset": 300},
        },
        Tags=[{"Key": "team", "Value": "peers"}],
    )
    found = cloudwatch.describe_alarms(AlarmNames=["peers-log"], AlarmTypes=["LogAlarm"])["LogAlarms"][0]
    asked = found["ScheduledQueryConfiguration"]
    expect((asked["AggregationExpression"], asked["ScheduleConfiguration"]["StartTimeOffset"]), ("count(*) by @logStream", 300),
           "the log alarm read back")
    tags = cloudwatch.list_tags_for_resource(ResourceARN=found["AlarmArn"])["Tags"]
    expect(tags, [{"Key": "team", "Value": "peers"}], "the log alarm's tags")
    expect(cloudwatch.describe_alarm_contributors(AlarmName="peers-log")["AlarmContributors"], [], "contributors")
    cloudwatch.put_alarm_mute_rule(
        Name="peers-mute", Rule={"Schedule": {"Expression": "cron(0 2 * * SUN)", "Duration": "PT2H"}},
        MuteTargets={"AlarmNames": ["peers-log"]},
    )
    rule = cloudwatch.get_alarm_mute_rule(AlarmMuteRuleName="peers-mute")
    expect((rule["Rule"]["Schedule"]["Duration"], rule["MuteType"]), ("PT2H", "RECURRING"), "the mute rule read back")
    listed = cloudwatch.list_alarm_mute_rules(AlarmName="peers-log")["AlarmMuteRuleSummaries"]
    expect(listed[0]["AlarmMuteRuleArn"], rule["AlarmMuteRuleArn"], "the listed mute rule")
    refused(cloudwatch.put_alarm_mute_rule, "ValidationError", Name="x", MuteTargets={"AlarmNames": ["none"]},
            Rule={"Schedule": {"Expression": "cron(0 2 * * SUN)", "Duration": "PT2H"}})
    cloudwatch.delete_alarm_mute_rule(AlarmMuteRuleName="peers-mute")
    cloudwatch.delete_alarms(AlarmNames=["peers-log"])


def dashboards(cloudwatch):
    body = json.dumps({"widgets": [{"type": "text", "properties": {"markdown": "# hello"}}]})
    answer = cloudwatch.put_dashboard(DashboardName="peers", DashboardBody=body)
    expect(answer.get("DashboardValidationMessages", []), [], "validation messages")
    expect(cloudwatch.get_dashboard(DashboardName="peers")["DashboardBody"], body, "the body read back")
    refused(cloudwatch.describe_anomaly_detectors, "UnknownOperationException" if PROTOCOL == "json" else "InvalidAction")


def topics(url):
    sns = client("sns", url)
    arn = sns.create_topic(Name="peers")["TopicArn"]
    expect(sns.create_topic(Name="peers")["TopicArn"], arn, "the topic made twice")
    expect(arn in [t["TopicArn"] for t in sns.list_topics()["Topics"]], True, "the listed topic")
    expect("MessageId" in sns.publish(TopicArn=arn, Message="hello"), True, "a message id")


def costs(url):
    """The FOCUS sample: its totals were added up by Python's own decimals (tests/cases/costs/SOURCE.md)."""
    costs = client("ce", url)
    asked = {
        "TimePeriod": MONTH,
        "Granularity": "MONTHLY",
        "Metrics": ["UnblendedCost", "AmortizedCost"],
    }
    total = costs.get_cost_and_usage(**asked)["ResultsByTime"][0]["Total"]
    expect(total["UnblendedCost"], {"Amount": "20.520226729", "Unit": "USD"}, "the month's cost")
    expect(total["AmortizedCost"]["Amount"], "14.9765141859", "the month's amortised cost")
    by_service = [{"Type": "DIMENSION", "Key": "SERVICE"}]
    groups = costs.get_cost_and_usage(**asked, GroupBy=by_service)["ResultsByTime"][0]["Groups"]
    amounts = {g["Keys"][0]: g["Metrics"]["UnblendedCost"]["Amount"] for g in groups}
    expect(amounts["Amazon Elastic Compute Cloud"], "16.0416930505", "a service's cost")
    refused(costs.get_cost_and_usage, "ValidationException", **{**asked, "Metrics": ["Cost"]})
    refused(costs.get_cost_and_usage, "DataUnavailableException", **{**asked, "Metrics": ["BlendedCost"]})


def buckets(url):
    s3 = client("s3", url)
    s3.create_bucket(Bucket="peers-logs")
    refused(s3.create_bucket, "InvalidBucketName", Bucket="peers..logs")
    body = b"hello " * 1000
    etag = s3.put_object(Bucket="peers-logs", Key="a b/\u00fc.txt", Body=body, Metadata={"from": "peer"})["ETag"]
    found = s3.get_object(Bucket="peers-logs", Key="a b/\u00fc.txt")
    expect(found["Body"].read(), body, "the object's bytes")
    expect((found["ETag"], found["Metadata"]), (etag, {"from": "peer"}), "what is said of the object")
    part = s3.get_object(Bucket="peers-logs", Key="a b/\u00fc.txt", Range="bytes=0-4")
    expect((part["Body"].read(), part["ContentRange"]), (b"hello", "bytes 0-4/6000"), "a range")
    s3.upload_fileobj(io.BytesIO(b"x" * 9_000_000), "peers-logs", "big")
    expect(s3.head_object(Bucket="peers-logs", Key="big")["ContentLength"], 9_000_000, "an upload in parts")
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket="peers-logs", PaginationConfig={"PageSize": 1})
    expect([o["Key"] for page in pages for o in page["Contents"]], ["a b/\u00fc.txt", "big"], "listed keys")
    folders = s3.list_objects_v2(Bucket="peers-logs", Delimiter="/")
    expect(folders["CommonPrefixes"], [{"Prefix": "a b/"}], "folders")
    s3.put_bucket_tagging(Bucket="peers-logs", Tagging={"TagSet": [{"Key": "team", "Value": "fraud"}]})
    expect(s3.get_bucket_tagging(Bucket="peers-logs")["TagSet"], [{"Key": "team", "Value": "fraud"}], "tags")
    rules = [{"ID": "old", "Status": "Enabled", "Filter": {"Prefix": "alb/"}, "Expiration": {"Days": 90}}]
    s3.put_bucket_lifecycle_configuration(Bucket="peers-logs", LifecycleConfiguration={"Rules": rules})
    expect(s3.get_bucket_lifecycle_configuration(Bucket="peers-logs")["Rules"], rules, "lifecycle rules")
    refused(s3.get_bucket_policy, "NoSuchBucketPolicy", Bucket="peers-logs")
    refused(s3.get_bucket_acl, "NotImplemented", Bucket="peers-logs")
    refused(s3.delete_bucket, "BucketNotEmpty", Bucket="peers-logs")


def load_balancers(url):
    elb, s3 = client("elbv2", url), client("s3", url)
    made = elb.create_load_balancer(Name="peers", Subnets=["subnet-1", "subnet-2"])["LoadBalancers"][0]
    arn = made["LoadBalancerArn"]
    group = elb.create_target_group(Name="peers", Protocol="HTTP", Port=80, VpcId="vpc-1", TargetType="ip")
    group = group["TargetGroups"][0]["TargetGroupArn"]
    elb.register_targets(TargetGroupArn=group, Targets=[{"Id": "10.0.0.1"}])
    health = elb.describe_target_health(TargetGroupArn=group)["TargetHealthDescriptions"][0]
    expect((health["Target"]["Port"], health["TargetHealth"]["State"]), (80, "unused"), "a target")
    action = {"Type": "forward", "ForwardConfig": {"TargetGroups": [{"TargetGroupArn": group, "Weight": 7}]}}
    listener = elb.create_listener(LoadBalancerArn=arn, Protocol="HTTP", Port=80, DefaultActions=[action])["Listeners"][0]
    expect(listener["DefaultActions"][0]["ForwardConfig"]["TargetGroups"], action["ForwardConfig"]["TargetGroups"], "weights")
    refused(elb.create_listener, "DuplicateListener", LoadBalancerArn=arn, Protocol="HTTP", Port=80, DefaultActions=[action])
    health = elb.describe_target_health(TargetGroupArn=group)["TargetHealthDescriptions"][0]["TargetHealth"]
    expect((health["State"], health["Reason"]), ("initial", "Elb.RegistrationInProgress"), "a target behind a listener")
    elb.modify_target_group(TargetGroupArn=group, HealthCheckPath="/health", Matcher={"HttpCode": "200-299"})
    elb.modify_target_group_attributes(TargetGroupArn=group, Attributes=[{"Key": "deregistration_delay.timeout_seconds", "Value": "60"}])
    elb.deregister_targets(TargetGroupArn=group, Targets=[{"Id": "10.0.0.1"}])
    health = elb.describe_target_health(TargetGroupArn=group)["TargetHealthDescriptions"][0]["TargetHealth"]
    expect(health["State"], "draining", "a deregistered target")
    attributes = {one["Key"]: one["Value"] for one in elb.describe_target_group_attributes(TargetGroupArn=group)["Attributes"]}
    expect(attributes["deregistration_delay.timeout_seconds"], "60", "a group's attribute")
    refused(elb.delete_target_group, "ResourceInUse", TargetGroupArn=group)
    elb.modify_listener(ListenerArn=listener["ListenerArn"], Port=8080)
    expect(elb.describe_listeners(LoadBalancerArn=arn)["Listeners"][0]["Port"], 8080, "the listener's port")
    elb.delete_listener(ListenerArn=listener["ListenerArn"])
    refused(elb.describe_listeners, "ListenerNotFound", ListenerArns=[listener["ListenerArn"]])
    logs = [{"Key": f"access_logs.s3.{key}", "Value": value} for key, value in
            {"enabled": "true", "bucket": "peers-logs", "prefix": "alb"}.items()]
    refused(elb.modify_load_balancer_attributes, "InvalidConfigurationRequest", LoadBalancerArn=arn, Attributes=logs)
    statement = {"Effect": "Allow", "Principal": {"Service": "logdelivery.elasticloadbalancing.amazonaws.com"},
                 "Action": "s3:PutObject", "Resource": "arn:aws:s3:::peers-logs/alb/AWSLogs/000000000000/*"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    s3.put_bucket_policy(Bucket="peers-logs", Policy=policy)
    elb.modify_load_balancer_attributes(LoadBalancerArn=arn, Attributes=logs)
    found = s3.list_objects_v2(Bucket="peers-logs", Prefix="alb/")["Contents"]
    expect([o["Key"] for o in found], ["alb/AWSLogs/000000000000/ELBAccessLogTestFile"], "the test object")


def tagged(url):
    sns, tagging = client("sns", url), client("resourcegroupstaggingapi", url)
    topic = sns.create_topic(Name="peers-tagged", Tags=[{"Key": "team", "Value": "fraud"}])["TopicArn"]
    pages = tagging.get_paginator("get_resources")
    filters = [{"Key": "team", "Values": ["fraud"]}]
    wanted = {"TagFilters": filters, "ResourceTypeFilters": ["s3", "sns"], "PaginationConfig": {"PageSize": 1}}
    found = [r for page in pages.paginate(**wanted) for r in page["ResourceTagMappingList"]]
    expect([r["ResourceARN"] for r in found], ["arn:aws:s3:::peers-logs", topic], "what carries a tag")
    expect(found[0]["Tags"], [{"Key": "team", "Value": "fraud"}], "its tags")
    refused(tagging.get_resources, "InvalidParameterException", ResourcesPerPage=101)
    refused(tagging.tag_resources, "UnknownOperationException", ResourceARNList=[topic], Tags={"a": "b"})


PROTOCOL = sys.argv[1]
with endpoint() as address:
    identity(address)
    logs(address)
    metrics(address, PROTOCOL)
    topics(address)
    costs(address)
    buckets(address)
    load_balancers(address)
    tagged(address)
with endpoint() as address:
    watch_round.of_any_protocol(address)
print(f"boto3 {boto3.__version__} ({PROTOCOL} to CloudWatch): all answers as expected")
