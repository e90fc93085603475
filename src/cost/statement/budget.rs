use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Burn, Days};
use crate::cost::asked::CostRow;
use crate::cost::{TimeUnit, Usd};

/// A budget that costs are held against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Its name; of one that is only said for this report, empty.
    pub name: String,
    /// For one period.
    pub amount: Usd,
    /// After what time it begins anew.
    pub unit: TimeUnit,
    /// The period that runs: its first day, and the day behind its last.
    pub period: (Date, Date),
    /// Which costs.
    pub counts: Counts,
    /// Who says so.
    pub source: BudgetSource,
    /// What AWS Budgets says was spent of it.
    pub spent: Option<Usd>,
}

/// Which costs a budget counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Counts {
    /// All, unblended.
    Everything,
    /// Those that `CostFilters` let pass.
    Filtered(BTreeMap<String, Vec<String>>),
    /// Others than a report asks for, and why.
    Other(String),
}

/// Who says what a budget is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BudgetSource {
    /// Whoever asked.
    Asked,
    /// The account; where the suite declares another amount, that amount.
    Account(Option<Usd>),
    /// The suite: the account does not have it.
    Suite,
}

/// A budget and how it is used up, or why that is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Burning {
    /// Which.
    pub budget: Budget,
    /// How.
    pub burn: Result<Burn, String>,
    /// Whether AWS Budgets counted what was spent, and not this report.
    pub is_by_account: bool,
}

/// What a report asked for: its rows, and which of all costs they are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known<'a> {
    pub(super) rows: &'a [CostRow],
    /// The first day asked for.
    pub(super) since: Date,
    /// Only these costs.
    pub(super) tag: Option<&'a (String, String)>,
}

impl Budget {
    /// Of the month of `today`, over everything.
    pub fn asked(amount: Usd, today: Date) -> Self {
        let month = (today.first_of_month(), today.first_of_month());
        Self {
            name: String::new(),
            amount,
            unit: TimeUnit::Monthly,
            period: TimeUnit::Monthly.around(today).unwrap_or(month),
            counts: Counts::Everything,
            source: BudgetSource::Asked,
            spent: None,
        }
    }

    /// Whether it is the one that is meant by "the budget": of a month, over all costs.
    pub fn is_total(&self) -> bool {
        self.unit == TimeUnit::Monthly && self.counts == Counts::Everything
    }

    pub(super) fn burning(&self, known: &Known<'_>, today: Date) -> Burning {
        let counted = self.counted(known, today);
        let is_by_account = counted.is_err() && self.spent.is_some();
        let burn = match (counted, self.spent) {
            (Ok(spent), _) | (Err(_), Some(spent)) => self.burn(spent, today),
            (Err(reason), None) => Err(reason),
        };
        Burning {
            budget: self.clone(),
            burn,
            is_by_account,
        }
    }

    fn burn(&self, spent: Usd, today: Date) -> Result<Burn, String> {
        let (start, end) = self.period;
        let day = |day: Date| day.to_string();
        if today < start {
            return Err(format!("it begins on {}", day(start)));
        }
        if today >= end {
            return Err(format!("it ended on {}", day(end)));
        }
        let burn = Burn::of(self.amount, spent, self.unit, self.period, today);
        burn.ok_or_else(|| "its amount is nothing".to_owned())
    }

    /// What was spent on the whole days of its period, where the report's own rows say it. A budget of days is held
    /// against the last whole one.
    fn counted(&self, known: &Known<'_>, today: Date) -> Result<Usd, String> {
        let (start, until) = match self.unit {
            TimeUnit::Daily => (today.checked_sub(1.day()).unwrap_or(today), today),
            _ => (self.period.0, today),
        };
        if start < known.since {
            return Err(format!(
                "its {} began before the costs asked for, on {start}",
                self.unit.noun()
            ));
        }
        let mut days = Days::default();
        let filters = self.filters(known)?;
        for row in known.rows {
            let fits = |(index, values): &(usize, &Vec<String>)| {
                row.keys.get(*index).is_some_and(|key| values.contains(key))
            };
            if filters.iter().all(fits) {
                days.add(row.day, row.amount);
            }
        }
        Ok(days.sum(start, until))
    }

    /// Its filters by the place of their key in a row.
    fn filters<'f>(&'f self, known: &Known<'_>) -> Result<Vec<(usize, &'f Vec<String>)>, String> {
        let filters = match &self.counts {
            Counts::Other(reason) => return Err(reason.clone()),
            Counts::Everything if known.tag.is_some() => {
                return Err("it counts costs without the tag too".to_owned());
            }
            Counts::Everything => return Ok(Vec::new()),
            Counts::Filtered(filters) => filters,
        };
        let is_tag = |values: &Vec<String>| {
            known.tag.is_some_and(|(key, value)| {
                *values == [format!("user:{key}${value}")] || *values == [format!("{key}${value}")]
            })
        };
        let has_usage_types = known.rows.iter().any(|row| row.keys.len() > 1);
        let mut places = Vec::new();
        let mut tagged = false;
        for (name, values) in filters {
            match name.as_str() {
                "Service" => places.push((0, values)),
                "UsageType" if has_usage_types => places.push((1, values)),
                "TagKeyValue" if is_tag(values) => tagged = true,
                _ => return Err(format!("it counts by `{name}`, which was not asked for")),
            }
        }
        match known.tag.is_some() && !tagged {
            true => Err("it counts costs without the tag too".to_owned()),
            false => Ok(places),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn budget(unit: TimeUnit, counts: Counts, spent: Option<i64>) -> Budget {
        let today = date(2026, 11, 16);
        Budget {
            unit,
            period: unit.around(today).unwrap(),
            counts,
            spent: spent.map(|dollars| Usd::new(dollars.into())),
            ..Budget::asked(Usd::new(1000.into()), today)
        }
    }

    /// Ten dollars of tasks and one of logs on each day from November 1.
    fn told(budget: &Budget, tag: Option<(&str, &str)>) -> String {
        let row = |day: Date, service: &str, dollars: i64| CostRow {
            day,
            keys: vec![service.to_owned(), "U".to_owned()],
            amount: Usd::new(dollars.into()),
            estimated: false,
        };
        let days = date(2026, 11, 1).series(1.day()).take(16);
        let rows: Vec<CostRow> = days
            .flat_map(|day| [row(day, "ECS", 10), row(day, "Logs", 1)])
            .collect();
        let tag = tag.map(|(key, value)| (key.to_owned(), value.to_owned()));
        let known = Known {
            rows: &rows,
            since: date(2026, 10, 17),
            tag: tag.as_ref(),
        };
        match budget.burning(&known, date(2026, 11, 16)).burn {
            Ok(burn) => burn.spent.to_string(),
            Err(reason) => reason,
        }
    }

    fn filtered(name: &str, value: &str) -> Counts {
        Counts::Filtered(BTreeMap::from([(name.to_owned(), vec![value.to_owned()])]))
    }

    #[test]
    fn a_budget_is_held_against_what_it_counts() {
        let month = |counts| budget(TimeUnit::Monthly, counts, None);
        assert_eq!(told(&month(Counts::Everything), None), "$165.00");
        assert_eq!(told(&month(filtered("Service", "Logs")), None), "$15.00");
        assert_eq!(told(&month(filtered("UsageType", "U")), None), "$165.00");
        assert_eq!(
            told(
                &month(filtered("TagKeyValue", "user:team$a")),
                Some(("team", "a"))
            ),
            "$165.00"
        );
        let day = budget(TimeUnit::Daily, Counts::Everything, None);
        assert_eq!(told(&day, None), "$11.00");
    }

    #[test]
    fn what_a_report_does_not_count_aws_does_or_nobody() {
        let region = |spent| budget(TimeUnit::Monthly, filtered("Region", "x"), spent);
        assert_eq!(
            told(&region(None), None),
            "it counts by `Region`, which was not asked for"
        );
        assert_eq!(told(&region(Some(7)), None), "$7.00");
        let quarter = budget(TimeUnit::Quarterly, Counts::Everything, None);
        assert_eq!(
            told(&quarter, None),
            "its quarter began before the costs asked for, on 2026-10-01"
        );
        let month = budget(TimeUnit::Monthly, Counts::Everything, None);
        assert_eq!(
            told(&month, Some(("team", "a"))),
            "it counts costs without the tag too"
        );
    }
}
