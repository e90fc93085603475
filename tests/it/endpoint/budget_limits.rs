//! Budgets of every kind: what is evaluated as AWS does; what is kept, remarked on and shows no spend; what is refused.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use belfry::endpoint::Settings;
use belfry_engine::base::Millis;
use serde_json::{Value, json};

use super::wire::Fixture;

const HEADER: &str = "line_item_line_item_type,line_item_product_code,line_item_unblended_cost,line_item_usage_start_date,\
line_item_usage_end_date,line_item_currency_code,line_item_usage_type,line_item_usage_amount,pricing_unit,product_region_code,\
resource_tags,cost_category\n";

/// From July 15: a day of tasks for $10 and of logs for $1, each with its own region, and fifty cents of tax.
fn export() -> String {
    let mut text = HEADER.to_owned();
    let days = jiff::civil::date(2026, 7, 15).series(jiff::Span::new().days(1));
    for day in days.take(110) {
        let next = day.tomorrow().unwrap();
        let tags = r#""{""user_team"":""fraud""}","{""Team"":""Risk""}""#;
        for row in [
            format!("Usage,AmazonECS,10,{day},{next},USD,Fargate,24,Hrs,us-east-1,{tags}"),
            format!("Usage,AmazonCloudWatch,1,{day},{next},USD,Bytes,2,GB,eu-west-1,,"),
            format!("Tax,AmazonCloudWatch,0.5,{day},{next},USD,Bytes,1,,eu-west-1,,"),
        ] {
            writeln!(text, "{row}").unwrap();
        }
    }
    text
}

/// The endpoint on October 11, 2026, ten days of the month behind it, and what it remarks on.
struct Seen {
    endpoint: Fixture,
    remarks: Arc<Mutex<Vec<String>>>,
    _folder: tempfile::TempDir,
}

impl Seen {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cur.csv");
        std::fs::write(&path, export()).unwrap();
        let remarks = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&remarks);
        let settings = Settings {
            costs: vec![path],
            remark: Arc::new(move |text| heard.lock().unwrap().push(text.to_owned())),
            ..Settings::default()
        };
        let now = Millis::parse_rfc3339("2026-10-11T07:00:00Z").unwrap();
        Self {
            endpoint: Fixture::open(settings, now).unwrap(),
            remarks,
            _folder: folder,
        }
    }

    async fn call(&self, operation: &str, mut input: Value) -> (u16, Value) {
        input["AccountId"] = "000000000000".into();
        let target = format!("AWSBudgetServiceGateway.{operation}");
        let reply = self.endpoint.json("1.1", &target, &input.to_string()).await;
        (reply.status, reply.json())
    }

    /// Makes a budget, waits for the next look at budgets, and shows it.
    async fn budget(&self, more: Value) -> Result<Value, String> {
        let mut budget = json!({
            "BudgetName": "b", "BudgetType": "COST", "TimeUnit": "MONTHLY",
            "BudgetLimit": {"Amount": "100", "Unit": "USD"},
        });
        for (name, value) in more.as_object().unwrap() {
            budget[name.as_str()] = value.clone();
        }
        let (status, answer) = self.call("CreateBudget", json!({"Budget": budget})).await;
        if status != 200 {
            return Err(format!("{} {}", answer["__type"], answer["message"]));
        }
        self.endpoint.pass(3600).await;
        let (_, answer) = self
            .call("DescribeBudget", json!({"BudgetName": "b"}))
            .await;
        Ok(answer["Budget"].clone())
    }
}

async fn spent(more: Value) -> String {
    let seen = Seen::new();
    match seen.budget(more).await {
        Err(refused) => refused,
        Ok(budget) => match &budget["CalculatedSpend"]["ActualSpend"] {
            Value::Null => seen.remarks.lock().unwrap().join("; "),
            spend => format!("{} {}", spend["Amount"], spend["Unit"]).replace('"', ""),
        },
    }
}

fn dimension(key: &str, value: &str) -> Value {
    json!({"Dimensions": {"Key": key, "Values": [value]}})
}

fn expression(expression: &Value, metric: &str) -> Value {
    json!({"FilterExpression": expression, "Metrics": [metric]})
}

#[tokio::test]
async fn filters_and_expressions_choose_what_is_counted() {
    let filter = |name: &str, value: &str| json!({"CostFilters": {name: [value]}});
    let team = json!({"Tags": {"Key": "team", "Values": ["fraud"]}});
    let tax = dimension("RECORD_TYPE", "Tax");
    let europe = dimension("REGION", "eu-west-1");
    for (more, expected) in [
        (json!({}), "115 USD"),
        (filter("Service", "AmazonCloudWatch"), "15 USD"),
        (filter("Region", "us-east-1"), "100 USD"),
        (filter("TagKeyValue", "user:team$fraud"), "100 USD"),
        (filter("TagKeyValue", "user:team$"), "15 USD"),
        (filter("CostCategory", "Team$Risk"), "100 USD"),
        (json!({"CostTypes": {"IncludeTax": false}}), "110 USD"),
        (expression(&team, "UnblendedCost"), "100 USD"),
        (expression(&json!({"Not": team}), "UnblendedCost"), "15 USD"),
        (
            expression(&json!({"And": [europe, {"Not": tax}]}), "UnblendedCost"),
            "10 USD",
        ),
        (
            expression(&json!({"Or": [team, tax]}), "UnblendedCost"),
            "105 USD",
        ),
    ] {
        assert_eq!(spent(more.clone()).await, expected, "{more}");
    }
}

#[tokio::test]
async fn periods_and_usage_are_counted() {
    let usage = |unit: &str, kind: &str| {
        json!({"BudgetType": "USAGE", "BudgetLimit": {"Amount": "9", "Unit": unit},
               "CostFilters": {"UsageType": [kind]}})
    };
    let custom =
        json!({"TimeUnit": "CUSTOM", "TimePeriod": {"Start": 1_790_812_800, "End": 1_792_000_000}});
    for (more, expected) in [
        (json!({"TimeUnit": "DAILY"}), "0 USD"),
        (json!({"TimeUnit": "QUARTERLY"}), "115 USD"),
        // 78 days of July to September, ten of October.
        (json!({"TimeUnit": "ANNUALLY"}), "1012 USD"),
        // From October 1, 00:00.
        (custom, "115 USD"),
        (usage("Hrs", "Fargate"), "240 Hrs"),
        (usage("GB", "Bytes"), "20 GB"),
        (
            usage("GB", "Fargate"),
            "the budget `b` is kept and not evaluated: usage in `Hrs` is among what it counts, and its limit is in `GB`",
        ),
    ] {
        assert_eq!(spent(more.clone()).await, expected, "{more}");
    }
}

#[tokio::test]
async fn what_is_not_evaluated_is_remarked_on_once_and_shows_no_spend() {
    let reservation = json!({"BudgetType": "RI_UTILIZATION", "BudgetLimit": null});
    let forecast = json!({"AutoAdjustData": {"AutoAdjustType": "FORECAST"}, "BudgetLimit": null});
    for (more, reason) in [
        (reservation, "needs reservations or Savings Plans"),
        (forecast, "its limit follows a forecast"),
        (
            json!({"CostFilters": {"UsageTypeGroup": ["S3"]}}),
            "which usage types a group",
        ),
        (
            json!({"CostFilters": {"AZ": ["us-east-1a"]}}),
            "the costs here do not carry AZ",
        ),
        (
            json!({"CostTypes": {"IncludeSupport": false}}),
            "which charges `IncludeSupport` leaves out",
        ),
        (
            json!({"CostTypes": {"UseBlended": true}}),
            "do not carry BlendedCost",
        ),
        (
            expression(&dimension("REGION", "x"), "Hours"),
            "its metric `Hours`",
        ),
    ] {
        let seen = Seen::new();
        let budget = seen.budget(more.clone()).await.unwrap();
        assert!(budget.get("CalculatedSpend").is_none(), "{more}: {budget}");
        seen.endpoint.pass(2 * 86_400).await;
        let remarks = seen.remarks.lock().unwrap().clone();
        assert_eq!(remarks.len(), 1, "{more}: {remarks:?}");
        assert!(remarks[0].contains(reason), "{more}: {remarks:?}");
    }
}

#[tokio::test]
async fn a_planned_limit_is_that_of_its_month() {
    let starts = |first: i8, count: usize| -> Value {
        let months = jiff::civil::date(2026, first, 1).series(jiff::Span::new().months(1));
        let entries = months.take(count).enumerate().map(|(number, day)| {
            let at = day.to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp();
            let amount = (100 * (number + 1)).to_string();
            (
                at.as_second().to_string(),
                json!({"Amount": amount, "Unit": "USD"}),
            )
        });
        let plan: serde_json::Map<String, Value> = entries.collect();
        json!({"BudgetLimit": null, "PlannedBudgetLimits": plan})
    };
    let seen = Seen::new();
    let budget = seen.budget(starts(10, 12)).await.unwrap();
    assert_eq!(budget["BudgetLimit"]["Amount"], "100");
    seen.endpoint.pass(30 * 86_400).await;
    let (_, answer) = seen
        .call("DescribeBudget", json!({"BudgetName": "b"}))
        .await;
    assert_eq!(answer["Budget"]["BudgetLimit"]["Amount"], "200");
    for wrong in [starts(9, 12), starts(10, 11)] {
        let refused = Seen::new().budget(wrong).await.unwrap_err();
        assert!(
            refused.contains("one entry for each of 12 months from 2026-10-01"),
            "{refused}"
        );
    }
}

#[tokio::test]
async fn a_limit_that_adjusts_itself_is_the_mean_of_the_periods_that_had_costs() {
    let adjust = |periods: i64| {
        json!({"BudgetLimit": null, "AutoAdjustData": {"AutoAdjustType": "HISTORICAL",
               "HistoricalOptions": {"BudgetAdjustmentPeriod": periods}}})
    };
    for (periods, amount, looked_back) in [
        (1, "345", 1),
        // 17, 31 and 30 days at 11.50; in the months before there is nothing.
        (6, "299", 3),
    ] {
        let budget = Seen::new().budget(adjust(periods)).await.unwrap();
        assert_eq!(budget["BudgetLimit"]["Amount"], amount);
        let options = &budget["AutoAdjustData"]["HistoricalOptions"];
        assert_eq!(options["LookBackAvailablePeriods"], looked_back);
        assert_eq!(budget["CalculatedSpend"]["ActualSpend"]["Amount"], "115");
    }
    let refused = Seen::new().budget(adjust(13)).await.unwrap_err();
    assert!(refused.contains("between 1 and 12"), "{refused}");
}

#[tokio::test]
async fn what_no_budget_says_is_refused_by_name() {
    let both = json!({"CostTypes": {"UseBlended": true, "UseAmortized": true}});
    let two = json!({"FilterExpression": {"Not": dimension("REGION", "x"), "Tags": {"Key": "a", "Values": ["b"]}}, "Metrics": ["UnblendedCost"]});
    for (more, part) in [
        (json!({"CostFilters": {"Colour": ["red"]}}), "`Colour`"),
        (
            json!({"CostFilters": {"TagKeyValue": ["team"]}}),
            "`team` is no value of `TagKeyValue`",
        ),
        (both, "exclude each other"),
        (
            expression(&dimension("TENANCY", "x"), "UnblendedCost"),
            "`TENANCY`",
        ),
        (two, "exactly one root operator"),
        (
            json!({"FilterExpression": dimension("REGION", "x")}),
            "come together",
        ),
    ] {
        let refused = Seen::new().budget(more.clone()).await.unwrap_err();
        assert!(
            refused.contains("InvalidParameterException") && refused.contains(part),
            "{more}: {refused}"
        );
    }
}

#[tokio::test]
async fn a_budget_whose_end_has_come_is_deleted() {
    let seen = Seen::new();
    let period = json!({"TimePeriod": {"Start": 1_790_812_800, "End": 1_791_763_200}});
    seen.budget(period).await.unwrap();
    seen.endpoint.pass(2 * 86_400).await;
    let (status, answer) = seen
        .call("DescribeBudget", json!({"BudgetName": "b"}))
        .await;
    assert_eq!(status, 400);
    assert!(answer.to_string().contains("NotFoundException"), "{answer}");
}
