use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::{BudgetSource, Burn, Burning, Statement};
use crate::cost::Usd;
use crate::cost::asked::Forecast;

/// The version of the JSON; it rises when a reader could be misled.
const VERSION: u32 = 2;

impl Statement {
    /// For machines; amounts are decimal texts in US dollars.
    pub fn json(&self) -> Value {
        json!({
            "version": VERSION,
            "currency": "USD",
            "day": self.today.to_string(),
            "estimated": self.estimated,
            "spans": self.spans.iter().map(|span| json!({
                "name": span.name, "start": span.start.to_string(), "end": span.end.to_string(),
                "amount": text(span.amount),
            })).collect::<Vec<_>>(),
            "families": self.families.iter().map(|family| json!({
                "name": family.family.name(),
                "amounts": family.amounts.iter().map(|amount| text(*amount)).collect::<Vec<_>>(),
                "days": family.days.iter().map(|amount| text(*amount)).collect::<Vec<_>>(),
            })).collect::<Vec<_>>(),
            "days": self.days.iter().map(|amount| text(*amount)).collect::<Vec<_>>(),
            "month": match &self.month {
                None => Value::Null,
                Some(Ok(month)) => forecast(*month),
                Some(Err(reason)) => json!({ "error": reason }),
            },
            "budget": self.burn().map(burnt),
            "budgets": self.budgets.iter().map(budget).collect::<Vec<_>>(),
            "changes": self.changes.iter().map(|change| json!({
                "service": change.service, "usage_type": change.usage_type,
                "before": text(change.before), "after": text(change.after),
                "difference": text(change.difference()),
            })).collect::<Vec<_>>(),
            "anomalies": self.anomalies.iter().map(|found| json!({
                "id": found.id, "start": found.start, "end": found.end, "service": found.service,
                "usage_type": found.usage_type, "account": found.account, "impact": found.impact,
                "owner": found.owner,
            })).collect::<Vec<_>>(),
            "per_thousand_scored": self.unit.iter().map(|(day, amount)| {
                json!({ "day": day.to_string(), "amount": text(*amount) })
            }).collect::<Vec<_>>(),
        })
    }
}

fn burnt(burn: Burn) -> Value {
    json!({
        "budget": text(burn.budget),
        "spent": text(burn.spent),
        "percent": burn.share().round_dp(2).normalize().to_string(),
        "burn": burn.rate().map(|rate| rate.round_dp(2).normalize().to_string()),
        "ends_on": burn.ends_on().map(|day| day.to_string()),
        "sentence": burn.sentence(),
    })
}

fn budget(one: &Burning) -> Value {
    let budget = &one.budget;
    let source = match budget.source {
        BudgetSource::Asked => "asked",
        BudgetSource::Account(_) => "account",
        BudgetSource::Suite => "suite",
    };
    let mut value = match &one.burn {
        Ok(burn) => burnt(*burn),
        Err(reason) => json!({ "budget": text(budget.amount), "error": reason }),
    };
    value["name"] = budget.name.clone().into();
    value["source"] = source.into();
    value["start"] = budget.period.0.to_string().into();
    value["end"] = budget.period.1.to_string().into();
    value["spent_by"] = if one.is_by_account {
        "AWS Budgets"
    } else {
        "report"
    }
    .into();
    value
}

fn forecast(month: Forecast) -> Value {
    json!({
        "mean": text(month.mean),
        "lower": text(month.lower),
        "upper": text(month.upper),
        "level": month.level,
    })
}

fn text(amount: Usd) -> String {
    let dollars: Decimal = amount.dollars();
    dollars.round_dp(8).normalize().to_string()
}
