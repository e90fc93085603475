use std::collections::BTreeMap;

use belfry_engine::account::Account;
use belfry_engine::base::Millis;
use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};

use super::budget::Budget;
use super::message;
use super::notification::Notification;
use super::read::moment;
use super::selection::Selection;
use super::store::BudgetStore;
use crate::cost::outlook::Outlook;
use crate::cost::store::CostStore;
use crate::endpoint::Stores;
use crate::endpoint::day::day;

/// Budgets are looked at three times a day: AWS says "up to three times a day" and not when. Here at 0, 8 and 16
/// o'clock UTC.
pub(in crate::endpoint) const EVERY: i64 = 8 * 3_600_000;
/// The forecasts of budgets need about five weeks of costs on AWS.
const FORECAST_DAYS: usize = 35;

/// Looks at every budget as of `now`: what was spent in the running period and what is expected, and whom to tell. A
/// notification is told once in a period. Budgets whose end has come are deleted, as AWS does.
pub(in crate::endpoint) fn evaluate(
    stores: &mut Stores,
    accounts: &mut BTreeMap<String, Account>,
    now: Millis,
) {
    let Stores { cost, budgets, .. } = stores;
    budgets.delete_ended(now);
    let BudgetStore {
        budgets, remarks, ..
    } = budgets;
    for budget in budgets.values_mut() {
        let Some(spent) = look(budget, cost, remarks, now) else {
            continue;
        };
        for told in spent.tell(budget, now) {
            publish(accounts, budget, &told, now);
        }
    }
}

/// Holds a budget that was made or changed against costs, without telling anybody: whoever made it hears at once where
/// it is not evaluated here.
pub(super) fn look_at(stores: &mut Stores, name: &str, now: Millis) {
    let Stores { cost, budgets, .. } = stores;
    let BudgetStore {
        budgets, remarks, ..
    } = budgets;
    if let Some(budget) = budgets.get_mut(name) {
        look(budget, cost, remarks, now);
    }
}

/// Nothing outside of the budget's period, and where it is not evaluated here: a reason that is new is remarked on.
fn look(
    budget: &mut Budget,
    cost: &CostStore,
    remarks: &mut Vec<String>,
    now: Millis,
) -> Option<Spend> {
    let (spent, reason) = match spend(budget, cost, now) {
        Ok(spent) => (spent, None),
        Err(reason) => (None, Some(reason)),
    };
    if let Some(reason) = reason.as_ref()
        && budget.unevaluated.as_ref() != Some(reason)
    {
        remarks.push(format!(
            "the budget `{}` is kept and not evaluated: {reason}",
            budget.name
        ));
    }
    budget.unevaluated = reason;
    spent
}

/// What a budget is held against.
#[derive(Clone, Copy, Debug)]
struct Spend {
    limit: Decimal,
    actual: Decimal,
    forecast: Option<Decimal>,
    /// When the running period began.
    since: Millis,
}

/// One notification that is told.
pub(super) struct Told {
    pub(super) notification: Notification,
    pub(super) limit: Decimal,
    pub(super) amount: Decimal,
}

/// Nothing outside of the budget's period.
///
/// # Errors
///
/// Why it is not evaluated here.
fn spend(budget: &mut Budget, cost: &CostStore, now: Millis) -> Result<Option<Spend>, String> {
    let selection = budget.selection.clone()?;
    let Some((start, end)) = budget.running(now) else {
        return Ok(None);
    };
    let actual = selection.days(cost, start, end, now)?;
    let actual = actual.into_iter().map(|(_, amount)| amount).sum();
    let limit = budget
        .limit
        .at((budget.unit, start), &selection, cost, now)?;
    Ok(Some(Spend {
        limit,
        actual,
        forecast: forecast(&selection, cost, (start, end), now, actual),
        since: moment(start),
    }))
}

/// What is spent and what the days from today on are expected to cost.
fn forecast(
    selection: &Selection,
    cost: &CostStore,
    (start, end): (Date, Date),
    now: Millis,
    actual: Decimal,
) -> Option<Decimal> {
    let today = day(now);
    let history = selection.days(cost, Date::MIN, today, now).ok()?;
    let first = history.first()?.0;
    let by_day: BTreeMap<Date, Decimal> = history.into_iter().collect();
    let days = first
        .series(jiff::Span::new().days(1))
        .take_while(|day| *day < today);
    let days: Vec<(Date, f64)> = days
        .map(|day| {
            (
                day,
                by_day
                    .get(&day)
                    .and_then(ToPrimitive::to_f64)
                    .unwrap_or_default(),
            )
        })
        .collect();
    if days.len() < FORECAST_DAYS {
        return None;
    }
    let expected = Outlook::of(&days, today)?.expect(today.max(start), end, 80);
    Some(actual + Decimal::from_f64(expected.mean)?)
}

impl Spend {
    /// Writes the spend into the budget, and says which of its notifications are new.
    fn tell(&self, budget: &mut Budget, now: Millis) -> Vec<Told> {
        let is_new_period = budget.evaluated.is_none_or(|last| last < self.since);
        budget.evaluated = Some(now);
        let text = |amount: Decimal| amount.round_dp(2).normalize().to_string();
        budget.spend = (text(self.actual), self.forecast.map(text));
        let mut told = Vec::new();
        for notification in &mut budget.notifications {
            if is_new_period {
                notification.is_in_alarm = false;
            }
            let amount = match notification.kind.as_str() {
                "ACTUAL" => Some(self.actual),
                _ => self.forecast,
            };
            let Some(amount) = amount else { continue };
            if notification.is_in_alarm || !self.passes(notification, amount) {
                continue;
            }
            notification.is_in_alarm = true;
            told.push(Told {
                notification: notification.clone(),
                limit: self.limit,
                amount,
            });
        }
        told.sort_by(|a, b| {
            a.notification
                .threshold
                .total_cmp(&b.notification.threshold)
        });
        told
    }

    /// In percent: amount against limit × threshold / 100.
    fn passes(&self, notification: &Notification, amount: Decimal) -> bool {
        let Some(threshold) = Decimal::from_f64(notification.threshold) else {
            return false;
        };
        let bound = match notification.is_percentage {
            true => self.limit * threshold / Decimal::ONE_HUNDRED,
            false => threshold,
        };
        match notification.comparison.as_str() {
            "GREATER_THAN" => amount > bound,
            "LESS_THAN" => amount < bound,
            _ => amount == bound,
        }
    }
}

/// To the topics among the subscribers. E-mail is not sent from here.
fn publish(accounts: &mut BTreeMap<String, Account>, budget: &Budget, told: &Told, now: Millis) {
    for subscriber in told.notification.subscribers.iter().filter(|s| s.is_topic) {
        let region = subscriber.address.split(':').nth(3).unwrap_or_default();
        let Some(account) = accounts.get_mut(region) else {
            continue;
        };
        let subject = message::subject(budget);
        let text = message::text(budget, told, &account.id, now);
        account.publish(&subscriber.address, Some(&subject), &text, now);
    }
}
