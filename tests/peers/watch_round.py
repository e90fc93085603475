"""What is left of CloudWatch, CloudWatch Logs and SNS through boto3."""

import json
import queue
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

from talk import client, expect, refused

GROUP = "/peers/watched"


def main(url):
    logs(client("logs", url))
    infrequent(client("logs", url))


def of_any_protocol(url):
    """What older clients ask in query/XML, too."""
    alarms(client("cloudwatch", url))
    topics(client("sns", url))


def logs(logs):
    logs.create_log_group(logGroupName=GROUP)
    logs.create_log_stream(logGroupName=GROUP, logStreamName="one")
    listed = logs.describe_log_streams(logGroupName=GROUP)["logStreams"]
    expect([one["logStreamName"] for one in listed], ["one"], "streams")
    expect([one["logGroupName"] for one in logs.list_log_groups(logGroupNamePattern="watched")["logGroups"]], [GROUP], "groups")
    logs.put_retention_policy(logGroupName=GROUP, retentionInDays=1)
    logs.delete_retention_policy(logGroupName=GROUP)
    expect("retentionInDays" in logs.describe_log_groups(logGroupNamePrefix=GROUP)["logGroups"][0], False, "retention taken away")
    arn = f"arn:aws:logs:us-east-1:000000000000:log-group:{GROUP}"
    logs.tag_resource(resourceArn=arn, tags={"a": "1", "b": "2"})
    logs.untag_resource(resourceArn=arn, tagKeys=["a"])
    expect(logs.list_tags_for_resource(resourceArn=arn)["tags"], {"b": "2"}, "tags")
    logs.tag_log_group(logGroupName=GROUP, tags={"c": "3"})
    logs.untag_log_group(logGroupName=GROUP, tags=["b"])
    expect(logs.list_tags_log_group(logGroupName=GROUP)["tags"], {"c": "3"}, "tags by the older operations")
    metric = {"metricName": "M", "metricNamespace": "Peers", "metricValue": "1"}
    logs.put_metric_filter(logGroupName=GROUP, filterName="all", filterPattern="", metricTransformations=[metric])
    found = logs.describe_metric_filters(logGroupName=GROUP)["metricFilters"][0]
    expect((found["filterName"], found["metricTransformations"][0]["metricName"]), ("all", "M"), "the metric filter")
    logs.delete_metric_filter(logGroupName=GROUP, filterName="all")
    saved = logs.put_query_definition(name="peers/gone", queryString="fields @message")["queryDefinitionId"]
    expect(logs.delete_query_definition(queryDefinitionId=saved)["success"], True, "a saved query deleted")
    now = int(time.time())
    query = logs.start_query(logGroupName=GROUP, startTime=now - 60, endTime=now + 60, queryString="fields @message")["queryId"]
    while logs.get_query_results(queryId=query)["status"] in ("Scheduled", "Running"):
        time.sleep(0.05)
    refused(logs.stop_query, "InvalidParameterException", queryId=query)
    described = logs.describe_queries(logGroupName=GROUP)["queries"]
    expect([one["queryId"] for one in described], [query], "queries")
    table = logs.create_lookup_table(lookupTableName="teams", tableBody="p,team\n/a,red\n")["lookupTableArn"]
    logs.update_lookup_table(lookupTableArn=table, tableBody="p,team\n/a,blue\n")
    expect("blue" in logs.get_lookup_table(lookupTableArn=table)["tableBody"], True, "the changed table")
    logs.delete_lookup_table(lookupTableArn=table)
    logs.delete_log_stream(logGroupName=GROUP, logStreamName="one")
    logs.delete_log_group(logGroupName=GROUP)
    refused(logs.describe_log_streams, "ResourceNotFoundException", logGroupName=GROUP)


def infrequent(logs):
    logs.create_log_group(logGroupName=GROUP, logGroupClass="INFREQUENT_ACCESS")
    found = logs.describe_log_groups(logGroupNamePrefix=GROUP, logGroupClass="INFREQUENT_ACCESS")["logGroups"]
    expect(found[0]["logGroupClass"], "INFREQUENT_ACCESS", "the class")
    for call in (logs.filter_log_events, logs.describe_metric_filters, logs.describe_subscription_filters):
        refused(call, "ValidationException", logGroupName=GROUP)
    logs.delete_log_group(logGroupName=GROUP)


def alarms(cloudwatch):
    metric = {"Namespace": "Peers", "MetricName": "Watched"}
    cloudwatch.put_metric_alarm(
        AlarmName="watched", Statistic="Sum", Period=60, EvaluationPeriods=1, Threshold=1,
        ComparisonOperator="GreaterThanThreshold", **metric)
    found = cloudwatch.describe_alarms_for_metric(**metric)["MetricAlarms"]
    expect([one["AlarmName"] for one in found], ["watched"], "alarms of a metric")
    for call, enabled in ((cloudwatch.disable_alarm_actions, False), (cloudwatch.enable_alarm_actions, True)):
        call(AlarmNames=["watched"])
        expect(cloudwatch.describe_alarms(AlarmNames=["watched"])["MetricAlarms"][0]["ActionsEnabled"], enabled, "actions")
    arn = found[0]["AlarmArn"]
    cloudwatch.tag_resource(ResourceARN=arn, Tags=[{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}])
    cloudwatch.untag_resource(ResourceARN=arn, TagKeys=["a"])
    expect(cloudwatch.list_tags_for_resource(ResourceARN=arn)["Tags"], [{"Key": "b", "Value": "2"}], "tags")
    cloudwatch.put_composite_alarm(AlarmName="both", AlarmRule='ALARM("watched")')
    found = cloudwatch.describe_alarms(AlarmNames=["both"], AlarmTypes=["CompositeAlarm"])["CompositeAlarms"][0]
    expect(found["AlarmRule"], 'ALARM("watched")', "the composite alarm's rule")
    refused(cloudwatch.put_composite_alarm, "ValidationError", AlarmName="x", AlarmRule='ALARM("none") OR')
    cloudwatch.delete_alarms(AlarmNames=["both"])
    cloudwatch.delete_alarms(AlarmNames=["watched"])
    cloudwatch.put_dashboard(DashboardName="gone", DashboardBody='{"widgets":[]}')
    expect([one["DashboardName"] for one in cloudwatch.list_dashboards()["DashboardEntries"]], ["gone"], "dashboards")
    cloudwatch.delete_dashboards(DashboardNames=["gone"])
    refused(cloudwatch.get_dashboard, "ResourceNotFound", DashboardName="gone")


def topics(sns):
    arn = sns.create_topic(Name="watched")["TopicArn"]
    sns.set_topic_attributes(TopicArn=arn, AttributeName="DisplayName", AttributeValue="Watched")
    expect(sns.get_topic_attributes(TopicArn=arn)["Attributes"]["DisplayName"], "Watched", "the display name")
    policy = json.loads(sns.get_topic_attributes(TopicArn=arn)["Attributes"]["Policy"])
    expect(policy["Statement"][0]["Effect"], "Allow", "the topic's own policy")
    one = sns.subscribe(TopicArn=arn, Protocol="email", Endpoint="on-call@example.com", ReturnSubscriptionArn=True)["SubscriptionArn"]
    expect([s["SubscriptionArn"] for s in sns.list_subscriptions_by_topic(TopicArn=arn)["Subscriptions"]], ["PendingConfirmation"], "unconfirmed")
    expect(len(sns.list_subscriptions()["Subscriptions"]), 1, "all subscriptions")
    expect(sns.get_subscription_attributes(SubscriptionArn=one)["Attributes"]["PendingConfirmation"], "true", "its attributes")
    refused(sns.confirm_subscription, "InvalidParameter", TopicArn=arn, Token="none")
    sns.tag_resource(ResourceArn=arn, Tags=[{"Key": "a", "Value": "1"}])
    expect(sns.list_tags_for_resource(ResourceArn=arn)["Tags"], [{"Key": "a", "Value": "1"}], "tags")
    sns.untag_resource(ResourceArn=arn, TagKeys=["a"])
    subscriber(sns, arn)
    sns.delete_topic(TopicArn=arn)
    refused(sns.get_topic_attributes, "NotFound", TopicArn=arn)


def subscriber(sns, arn):
    """A listener of ours confirms its subscription, is told of a message, and is told of none once it is unsubscribed."""
    heard = queue.Queue()

    class Listener(BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            heard.put((self.headers["x-amz-sns-message-type"], body))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sns.subscribe(TopicArn=arn, Protocol="http", Endpoint=f"http://127.0.0.1:{server.server_address[1]}/")
    kind, asked = heard.get(timeout=30)
    expect((kind, asked["TopicArn"]), ("SubscriptionConfirmation", arn), "what a new subscriber is asked")
    one = sns.confirm_subscription(TopicArn=arn, Token=asked["Token"])["SubscriptionArn"]
    sns.publish(TopicArn=arn, Message="hello", Subject="greeting")
    kind, told = heard.get(timeout=30)
    expect((kind, told["Message"], told["Subject"]), ("Notification", "hello", "greeting"), "what a subscriber is told")
    sns.unsubscribe(SubscriptionArn=one)
    left = [entry["Protocol"] for entry in sns.list_subscriptions_by_topic(TopicArn=arn)["Subscriptions"]]
    expect(left, ["email"], "who is left")
    server.shutdown()
