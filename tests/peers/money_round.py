"""Budgets and Cost Explorer through boto3."""

from talk import client, expect, refused

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
    """Over the FOCUS sample, which is of September 2024."""
    month = {"Start": "2024-09-01", "End": "2024-10-01"}
    found = costs.get_dimension_values(TimePeriod=month, Dimension="SERVICE")
    values = [one["Value"] for one in found["DimensionValues"]]
    expect(("Amazon Elastic Compute Cloud" in values, found["TotalSize"]), (True, len(values)), "services")
    expect("Tags" in costs.get_tags(TimePeriod=month), True, "tags")
    expect(costs.get_anomalies(DateInterval={"StartDate": "2024-09-01", "EndDate": "2024-09-30"})["Anomalies"], [], "anomalies")
