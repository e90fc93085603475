use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use super::arguments::QuestionArguments;
use crate::aws::Session;
use crate::cli::CommandError;
use crate::cli::connection::Loaded;
use crate::cost::statement::{Budget, BudgetSource, Counts};
use crate::cost::{TimeUnit, Usd};
use crate::suite;

/// The budgets that a report holds costs against, and why the account was not asked where it could not be: the one that
/// was said; else the suite's, each as the account has it, and as the suite declares it where the account does not.
pub(super) async fn budgets(
    session: Option<&Session>,
    loaded: &Loaded,
    arguments: &QuestionArguments,
    today: Date,
) -> Result<(Vec<Budget>, Option<String>), CommandError> {
    if let Some(amount) = arguments.budget {
        return Ok((vec![Budget::asked(Usd::new(amount), today)], None));
    }
    let suite = &loaded.suite;
    let declared = suite.budgets.iter();
    let mut budgets: Vec<Budget> = declared.filter_map(|one| budget(one, today)).collect();
    let mut note = None;
    let session = session.filter(|_| !budgets.is_empty());
    if let Some(session) = session {
        let account = &suite.environment.account;
        match session.budget_limits(account, today).await {
            Ok(found) => {
                let found = found.into_iter().map(|one| (one.name.clone(), one));
                merge(&mut budgets, found.collect());
            }
            Err(error) => {
                note = Some(format!(
                    "budgets are as the suite declares them, the account's were not told: {error}"
                ));
            }
        }
    }
    // What a report is about comes first.
    budgets.sort_by_key(|budget| !budget.is_total());
    Ok((budgets, note))
}

/// Puts what the account says in the place of what the suite declares.
fn merge(budgets: &mut [Budget], mut found: BTreeMap<String, Budget>) {
    for budget in budgets {
        if let Some(found) = found.remove(&budget.name) {
            let other = (found.amount != budget.amount).then_some(budget.amount);
            *budget = Budget {
                source: BudgetSource::Account(other),
                ..found
            };
        }
    }
}

fn budget(declared: &suite::Budget, today: Date) -> Option<Budget> {
    let unit = TimeUnit::parse(&declared.period)?;
    Some(Budget {
        name: declared.name.clone(),
        amount: Usd::new(Decimal::from_f64(declared.amount)?),
        unit,
        period: unit.around(today)?,
        counts: match declared.filters.is_empty() {
            true => Counts::Everything,
            false => Counts::Filtered(declared.filters.clone()),
        },
        source: BudgetSource::Suite,
        spent: None,
    })
}
