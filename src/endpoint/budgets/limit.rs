use std::collections::BTreeMap;

use belfry_engine::base::Millis;
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::read::{moment, one_of};
use super::refusals::invalid;
use super::selection::Selection;
use crate::cost::TimeUnit;
use crate::cost::store::CostStore;
use crate::endpoint::day::day;
use crate::endpoint::{Document, Fault, Input};

/// What a budget allows for a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Limit {
    rule: Rule,
    /// `USD`, `GB`.
    pub(super) unit: String,
    /// The amount of the running period as it is shown; none of a limit that adjusts itself and has not yet done so.
    pub(super) shown: Option<String>,
    /// How many periods the mean that is shown was taken of, and when.
    adjusted: Option<(usize, Millis)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Rule {
    Fixed(Decimal),
    /// By the first day of each period; behind the last the last goes on.
    Planned(BTreeMap<Date, String>),
    /// The mean of so many periods before.
    Average(usize),
    /// Whatever AWS expects.
    Forecast,
}

/// How many periods a plan has.
const PLANNED: &[(TimeUnit, usize)] = &[(TimeUnit::Monthly, 12), (TimeUnit::Quarterly, 4)];
/// How many periods a mean may be taken of.
const LOOKED_BACK: &[(TimeUnit, i64)] = &[
    (TimeUnit::Daily, 60),
    (TimeUnit::Monthly, 12),
    (TimeUnit::Quarterly, 4),
    (TimeUnit::Annually, 1),
];

impl Limit {
    /// `BudgetLimit`, `PlannedBudgetLimits` or `AutoAdjustData`. Budgets of commitments have 100 percent.
    pub(super) fn read(
        input: &Input<'_>,
        kind: &str,
        unit: TimeUnit,
        (start, end, now): (Millis, Millis, Millis),
    ) -> Result<Self, Fault> {
        let fixed = input.structure("BudgetLimit")?;
        let plan = input.structure("PlannedBudgetLimits")?;
        let adjust = rule_of_adjustment(input, unit)?;
        let is_cover = kind.starts_with("RI_") || kind.starts_with("SAVINGS_");
        let limit = match (fixed, plan, adjust) {
            (Some(_), Some(_), _) => Err(invalid(
                "BudgetLimit and PlannedBudgetLimits exclude each other",
            )),
            (_, Some(_), Some(_)) => Err(invalid(
                "AutoAdjustData and PlannedBudgetLimits exclude each other",
            )),
            (_, Some(_), None) if is_cover => Err(invalid(format!(
                "PlannedBudgetLimits are for budgets of type COST and USAGE, not {kind}"
            ))),
            (_, Some(plan), None) => planned(input, &plan, unit, (start.max(now), end)),
            (given, None, Some(rule)) => {
                let given = given.map(|given| spend(&given)).transpose()?;
                let unit = given.map_or_else(|| "USD".to_owned(), |(_, unit)| unit);
                Ok(Self::new(rule, unit, None))
            }
            (Some(given), None, None) => {
                let (amount, unit) = spend(&given)?;
                Ok(Self::new(
                    Rule::Fixed(decimal(&amount)?),
                    unit,
                    Some(amount),
                ))
            }
            (None, None, None) if is_cover => Ok(Self::new(
                Rule::Fixed(Decimal::ONE_HUNDRED),
                "PERCENTAGE".to_owned(),
                Some("100.0".to_owned()),
            )),
            (None, None, None) => Err(invalid("BudgetLimit or PlannedBudgetLimits must be given")),
        }?;
        match &limit.rule {
            Rule::Fixed(amount) if is_cover && *amount != Decimal::ONE_HUNDRED => Err(invalid(
                format!("the limit of a budget of type {kind} is 100"),
            )),
            _ if kind == "COST" && limit.unit != "USD" => Err(invalid(format!(
                "Unit `{}` is not the account's currency, USD",
                limit.unit
            ))),
            _ => Ok(limit),
        }
    }

    fn new(rule: Rule, unit: String, shown: Option<String>) -> Self {
        Self {
            rule,
            unit,
            shown,
            adjusted: None,
        }
    }

    /// What is allowed for the period that begins on `start`; what is shown follows it.
    pub(super) fn at(
        &mut self,
        (unit, start): (TimeUnit, Date),
        selection: &Selection,
        store: &CostStore,
        now: Millis,
    ) -> Result<Decimal, String> {
        match &self.rule {
            Rule::Fixed(amount) => Ok(*amount),
            Rule::Planned(plan) => {
                let entry = plan.range(..=start).next_back().or(plan.iter().next());
                let text = entry.map(|(_, text)| text.clone()).unwrap_or_default();
                self.shown = Some(text.clone());
                text.parse()
                    .map_err(|_| format!("`{text}` is no amount that is counted here"))
            }
            Rule::Average(periods) => {
                let mean = mean((unit, start, *periods), selection, store, now)?;
                self.shown = Some(mean.0.to_string());
                if self.adjusted.is_none_or(|(_, at)| day(at) < start) {
                    self.adjusted = Some((mean.1, now));
                }
                Ok(mean.0)
            }
            Rule::Forecast => {
                Err("its limit follows a forecast, and AWS does not publish how".to_owned())
            }
        }
    }

    /// `AutoAdjustData`, where the limit adjusts itself.
    pub(super) fn adjustment(&self) -> Option<Document> {
        let looked_back = self
            .adjusted
            .and_then(|(count, _)| i64::try_from(count).ok());
        let at = self.adjusted.map(|(_, at)| at);
        let (kind, options) = match self.rule {
            Rule::Average(periods) => (
                "HISTORICAL",
                Document::structure([
                    (
                        "BudgetAdjustmentPeriod",
                        Document::Integer(i64::try_from(periods).unwrap_or(1)),
                    ),
                    (
                        "LookBackAvailablePeriods",
                        looked_back.map_or(Document::Null, Document::Integer),
                    ),
                ]),
            ),
            Rule::Forecast => ("FORECAST", Document::Null),
            Rule::Fixed(_) | Rule::Planned(_) => return None,
        };
        Some(Document::structure([
            ("AutoAdjustType", kind.into()),
            ("HistoricalOptions", options),
            (
                "LastAutoAdjustTime",
                at.map_or(Document::Null, Document::from),
            ),
        ]))
    }
}

/// The mean of the periods before, and how many had costs: those in front of the first that had any are left out
/// (API reference of HistoricalOptions).
fn mean(
    (unit, start, periods): (TimeUnit, Date, usize),
    selection: &Selection,
    store: &CostStore,
    now: Millis,
) -> Result<(Decimal, usize), String> {
    let mut sums: Vec<Option<Decimal>> = Vec::new();
    for (first, behind) in unit.before(start).take(periods) {
        let days = selection.days(store, first, behind, now)?;
        sums.push((!days.is_empty()).then(|| days.iter().map(|(_, amount)| *amount).sum()));
    }
    let with = sums.iter().rposition(Option::is_some);
    let count = with.map_or(0, |last| last + 1);
    let all: Decimal = sums.into_iter().take(count).flatten().sum();
    let mean = all.checked_div(Decimal::from(count));
    let mean = mean.ok_or("its limit is the mean of earlier periods, and none has costs")?;
    Ok((mean.round_dp(2).normalize(), count))
}

/// `Spend`: amount and unit.
fn spend(input: &Input<'_>) -> Result<(String, String), Fault> {
    input.only(&["Amount", "Unit"])?;
    let (amount, unit) = (input.required_str("Amount")?, input.required_str("Unit")?);
    let (whole, fraction) = amount.split_once('.').unwrap_or(("", amount));
    let is_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if fraction.is_empty() || !is_digits(whole) || !is_digits(fraction) {
        let pattern = "Member must satisfy regular expression pattern: ([0-9]*\\.)?[0-9]+";
        return Err(input.constraint("Amount", amount, pattern));
    }
    if amount.bytes().all(|b| matches!(b, b'0' | b'.')) {
        return Err(invalid("Amount must be greater than 0"));
    }
    Ok((amount.to_owned(), unit.to_owned()))
}

fn decimal(amount: &str) -> Result<Decimal, Fault> {
    let number = amount.parse::<Decimal>().ok();
    number.ok_or_else(|| invalid(format!("`{amount}` has more digits than are counted here")))
}

/// One entry for each period from the running one, or from the budget's first: twelve months or four quarters, fewer
/// where the budget ends before.
fn planned(
    input: &Input<'_>,
    plan: &Input<'_>,
    unit: TimeUnit,
    (from, end): (Millis, Millis),
) -> Result<Limit, Fault> {
    let Some((_, most)) = PLANNED.iter().find(|(other, _)| *other == unit) else {
        return Err(invalid(
            "PlannedBudgetLimits are for MONTHLY and QUARTERLY budgets",
        ));
    };
    let keys = input.get("PlannedBudgetLimits").and_then(Document::members);
    let mut limits = BTreeMap::new();
    let mut units = Vec::new();
    for key in keys.into_iter().flat_map(|members| members.keys()) {
        let seconds = key.parse::<i64>().ok().and_then(|s| s.checked_mul(1000));
        let start = seconds.map(Millis).filter(|at| moment(day(*at)) == *at);
        let Some(start) = start else {
            return Err(invalid(format!(
                "`{key}` is no start of a period in epoch seconds"
            )));
        };
        if let Some(limit) = plan.structure(key)? {
            let (amount, unit) = spend(&limit)?;
            decimal(&amount)?;
            limits.insert(day(start), amount);
            units.push(unit);
        }
    }
    let periods = std::iter::successors(unit.around(day(from)), |(_, next)| unit.around(*next));
    let starts = periods.map(|(start, _)| start);
    let wanted: Vec<Date> = starts
        .take(*most)
        .take_while(|start| moment(*start) < end)
        .collect();
    if !limits.keys().eq(wanted.iter()) {
        let (found, first) = (limits.len(), wanted.first().copied().unwrap_or_default());
        return Err(invalid(format!(
            "PlannedBudgetLimits must hold one entry for each of {} {}s from {first}; found {found} with other starts or another number",
            wanted.len(),
            unit.noun(),
        )));
    }
    if units.iter().any(|unit| Some(unit) != units.first()) {
        return Err(invalid("PlannedBudgetLimits must have one Unit"));
    }
    let shown = limits.values().next().cloned();
    let unit = units.first().cloned().unwrap_or_default();
    Ok(Limit::new(Rule::Planned(limits), unit, shown))
}

/// `AutoAdjustData`. What AWS computes may come back with a budget that was read, and is not looked at.
fn rule_of_adjustment(input: &Input<'_>, unit: TimeUnit) -> Result<Option<Rule>, Fault> {
    let Some(adjust) = input.structure("AutoAdjustData")? else {
        return Ok(None);
    };
    adjust.only(&["AutoAdjustType", "HistoricalOptions", "LastAutoAdjustTime"])?;
    let kind = one_of(&adjust, "AutoAdjustType", &["HISTORICAL", "FORECAST"])?;
    let options = adjust.structure("HistoricalOptions")?;
    let options = match (kind, options) {
        ("HISTORICAL", None) => return Err(adjust.missing("HistoricalOptions")),
        (_, None) => return Ok(Some(Rule::Forecast)),
        ("HISTORICAL", Some(options)) => options,
        _ => return Err(invalid("HistoricalOptions are for HISTORICAL adjustment")),
    };
    options.only(&["BudgetAdjustmentPeriod", "LookBackAvailablePeriods"])?;
    let periods = options.required_i64("BudgetAdjustmentPeriod")?;
    let most = LOOKED_BACK.iter().find(|(other, _)| *other == unit);
    let Some((_, most)) = most else {
        return Err(invalid(
            "a CUSTOM budget has no periods before to adjust to",
        ));
    };
    match usize::try_from(periods) {
        Ok(count) if (1..=*most).contains(&periods) => Ok(Some(Rule::Average(count))),
        _ => {
            let range = format!(
                "Member must have value between 1 and {most} for budgets of a {}",
                unit.noun()
            );
            Err(options.constraint("BudgetAdjustmentPeriod", &periods.to_string(), &range))
        }
    }
}
