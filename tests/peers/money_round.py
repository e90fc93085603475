"""Budgets and Cost Explorer through boto3."""

import datetime
from pathlib import Path

from cost_sample import MONTH
from talk import client, expect, refused

FOLDER = Path("target/peers/costs")
ACCOUNT = "000000000000"
HALF = {"NotificationType": "ACTUAL", "ComparisonOperator": "GREATER_THAN", "Threshold": 50.0, "ThresholdType": "PERCENTAGE"}
FULL = {**HALF, "NotificationType": "FORECASTED", "Threshold": 100.0}
MAIL = {"SubscriptionType": "EMAIL", "Address": "owner@example.com"}
OTHER = {"SubscriptionType": "EMAIL", "Address": "finance@example.com"}


def main(url):
    budgets(client("budgets", url))
    costs(client("ce", url))


def budgets(budgets):
    budget = {"BudgetName": "peers", "BudgetType": "COST", "TimeUnit": "MONTHLY", "BudgetLimit": {"Amount": "100", "Unit": "USD"}}
    of = {"AccountId": ACCOUNT, "BudgetName": "peers"}
    budgets.create_budget(
        AccountId=ACCOUNT, Budget=budget, NotificationsWithSubscribers=[{"Notification": HALF, "Subscribers": [MAIL]}],
        ResourceTags=[{"Key": "team", "Value": "peers"}])
    refused(budgets.create_budget, "DuplicateRecordException", AccountId=ACCOUNT, Budget=budget)
    found = budgets.describe_budget(**of)["Budget"]
    expect((found["BudgetLimit"]["Unit"], float(found["BudgetLimit"]["Amount"]), found["TimeUnit"]), ("USD", 100.0, "MONTHLY"), "the budget")
    expect([one["BudgetName"] for one in budgets.describe_budgets(AccountId=ACCOUNT)["Budgets"]], ["peers"], "budgets")
    budgets.update_budget(AccountId=ACCOUNT, NewBudget={**budget, "BudgetLimit": {"Amount": "200", "Unit": "USD"}})
    expect(float(budgets.describe_budget(**of)["Budget"]["BudgetLimit"]["Amount"]), 200.0, "the new limit")
    budgets.create_notification(**of, Notification=FULL, Subscribers=[MAIL])
    refused(budgets.create_notification, "DuplicateRecordException", **of, Notification=FULL, Subscribers=[MAIL])
    budgets.create_subscriber(**of, Notification=HALF, Subscriber=OTHER)
    told = budgets.describe_subscribers_for_notification(**of, Notification=HALF)["Subscribers"]
    expect(sorted(one["Address"] for one in told), ["finance@example.com", "owner@example.com"], "subscribers")
    budgets.update_subscriber(**of, Notification=HALF, OldSubscriber=OTHER, NewSubscriber={**OTHER, "Address": "cfo@example.com"})
    budgets.delete_subscriber(**of, Notification=HALF, Subscriber=MAIL)
    told = budgets.describe_subscribers_for_notification(**of, Notification=HALF)["Subscribers"]
    expect([one["Address"] for one in told], ["cfo@example.com"], "who is left")
    budgets.update_notification(**of, OldNotification=HALF, NewNotification={**HALF, "Threshold": 60.0})
    found = budgets.describe_notifications_for_budget(**of)["Notifications"]
    expect(sorted(one["Threshold"] for one in found), [60.0, 100.0], "notifications")
    by_account = budgets.describe_budget_notifications_for_account(AccountId=ACCOUNT)["BudgetNotificationsForAccount"]
    expect((by_account[0]["BudgetName"], len(by_account[0]["Notifications"])), ("peers", 2), "notifications of the account")
    budgets.delete_notification(**of, Notification=FULL)
    arn = f"arn:aws:budgets::{ACCOUNT}:budget/peers"
    budgets.tag_resource(ResourceARN=arn, ResourceTags=[{"Key": "env", "Value": "test"}])
    budgets.untag_resource(ResourceARN=arn, ResourceTagKeys=["team"])
    expect(budgets.list_tags_for_resource(ResourceARN=arn)["ResourceTags"], [{"Key": "env", "Value": "test"}], "the budget's tags")
    budgets.delete_budget(**of)
    refused(budgets.describe_budget, "NotFoundException", **of)


def costs(costs):
    """Over the FOCUS sample."""
    found = costs.get_dimension_values(TimePeriod=MONTH, Dimension="SERVICE")
    values = [one["Value"] for one in found["DimensionValues"]]
    expect(("Amazon Elastic Compute Cloud" in values, found["TotalSize"]), (True, len(values)), "services")
    expect("Tags" in costs.get_tags(TimePeriod=MONTH), True, "tags")
    refused(costs.get_anomalies, "ValidationException", DateInterval={"StartDate": "2024-09-01", "EndDate": "2024-09-30"})
    start = (datetime.date.today() - datetime.timedelta(days=20)).isoformat()
    expect(costs.get_anomalies(DateInterval={"StartDate": start})["Anomalies"], [], "anomalies of the last 20 days")
    expect(costs.get_anomaly_monitors()["AnomalyMonitors"], [], "monitors of anomalies")


def export():
    """A folder with a CUR of the last 60 days: one dollar a day, a quarter of it tagged."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    lines = ["line_item_line_item_type,line_item_product_code,line_item_unblended_cost,line_item_usage_start_date,"
             "line_item_usage_end_date,line_item_currency_code,line_item_usage_type,line_item_usage_amount,pricing_unit,resource_tags"]
    for ago in range(60, 0, -1):
        day = datetime.datetime.now(datetime.timezone.utc).date() - datetime.timedelta(days=ago)
        span = f"{day},{day + datetime.timedelta(days=1)},USD"
        lines.append(f"Usage,AmazonECS,0.75,{span},USE1-Fargate-vCPU-Hours:perCPU,24,Hrs,")
        lines.append(f'Usage,AmazonECS,0.25,{span},USE1-Fargate-GB-Hours,48,Hrs,"{{""user_team"":""fraud""}}"')
    (FOLDER / "cur.csv").write_text("\n".join(lines) + "\n")
    return FOLDER


def forecast(url):
    costs = client("ce", url)
    today = datetime.datetime.now(datetime.timezone.utc).date()
    ahead = {"Start": today.isoformat(), "End": (today + datetime.timedelta(days=10)).isoformat()}
    found = costs.get_cost_forecast(TimePeriod=ahead, Metric="UNBLENDED_COST", Granularity="DAILY", PredictionIntervalLevel=80)
    expect((round(float(found["Total"]["Amount"]), 6), found["Total"]["Unit"]), (10.0, "USD"), "ten days of a dollar")
    expect(len(found["ForecastResultsByTime"]), 10, "a result a day")
    past = {"Start": (today - datetime.timedelta(days=30)).isoformat(), "End": today.isoformat()}
    tagged = costs.get_cost_and_usage(
        TimePeriod=past, Granularity="DAILY", Metrics=["UnblendedCost"],
        Filter={"Tags": {"Key": "team", "Values": ["fraud"]}}, GroupBy=[{"Type": "DIMENSION", "Key": "USAGE_TYPE"}])
    days = [[(group["Keys"], group["Metrics"]["UnblendedCost"]["Amount"]) for group in day["Groups"]] for day in tagged["ResultsByTime"]]
    expect(days, [[(["USE1-Fargate-GB-Hours"], "0.25")]] * 30, "what carries a tag, day by day")
    refused(costs.get_cost_forecast, "ValidationException", TimePeriod=past, Metric="UNBLENDED_COST", Granularity="DAILY")
