use std::collections::BTreeMap;

use belfry_engine::account::Account;
use belfry_engine::base::Millis;
use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};

use super::budget::Budget;
use super::message;
use super::notification::Notification;
use super::spend::{Selection, period_of};
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
/// notification is told once in a period.
pub(in crate::endpoint) fn evaluate(
    stores: &mut Stores,
    accounts: &mut BTreeMap<String, Account>,
    now: Millis,
) {
    let Stores { cost, budgets, .. } = stores;
    for budget in budgets.budgets.values_mut() {
        let Some(spent) = spend(budget, cost, now) else {
            continue;
        };
        for told in spent.tell(budget, now) {
            publish(accounts, budget, &told, now);
        }
    }
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

/// Nothing for a budget that is not evaluated here: of usage or commitments, with limits that are planned or adjust
/// themselves, with filters or cost types beyond those of [`Selection`], or whose costs the exports do not carry.
fn spend(budget: &Budget, cost: &CostStore, now: Millis) -> Option<Spend> {
    let (limit, unit) = budget.limit.as_ref()?;
    if budget.kind != "COST" || unit != "USD" || now < budget.period.0 || now >= budget.period.1 {
        return None;
    }
    let limit = limit.parse::<Decimal>().ok()?;
    let selection = Selection::of(&budget.kept)?;
    let (start, end) = period_of(&budget.time_unit, day(now))?;
    let known = |until: Date| selection.days(cost, start, until, now);
    let actual = known(end)?.into_iter().map(|(_, amount)| amount).sum();
    Some(Spend {
        limit,
        actual,
        forecast: forecast(&selection, cost, (start, end), now, actual),
        since: super::spend::start(start),
    })
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
    let history = selection.days(cost, Date::MIN, today, now)?;
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
