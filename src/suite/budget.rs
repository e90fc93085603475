use std::collections::{BTreeMap, BTreeSet};

use belfry_engine::diag::{Diagnostic, Span, suite as codes};

use super::names::{declared, one_of};
use super::section::{Section, Text};
use super::variables::substitute;

/// A budget of the account, and who is told when it is used up.
#[derive(Clone, Debug, PartialEq)]
pub struct Budget {
    /// `fraud-detection-monthly`.
    pub name: String,
    /// In US dollars.
    pub amount: f64,
    /// `MONTHLY`.
    pub period: String,
    /// Of what it counts the costs: AWS's names of filters (`Service`, `TagKeyValue`) with their values.
    pub filters: BTreeMap<String, Vec<String>>,
    /// When whom.
    pub notify: Vec<BudgetNotification>,
    pub(super) at: Span,
}

/// One notification of a budget.
#[derive(Clone, Debug, PartialEq)]
pub struct BudgetNotification {
    /// Whether what is forecast for the period counts, not what was spent.
    pub is_forecast: bool,
    /// Percent of the amount.
    pub percent: f64,
    /// A topic of the suite.
    pub topic: Option<String>,
    /// Addresses.
    pub emails: BTreeSet<String>,
}

const PERIODS: &[&str] = &["daily", "monthly", "quarterly", "annually"];
/// "Filtering your budget with budget filters", the names of CostFilters.
const FILTERS: &[&str] = &[
    "AZ",
    "BillingEntity",
    "InstanceType",
    "InvoicingEntity",
    "LegalEntityName",
    "LinkedAccount",
    "Operation",
    "PurchaseType",
    "Region",
    "Service",
    "TagKeyValue",
    "UsageType",
    "UsageTypeGroup",
];
const MOST_NOTIFICATIONS: usize = 10;
const MOST_EMAILS: usize = 10;

impl Budget {
    pub(super) fn read(
        cx: &mut Vec<Diagnostic>,
        mut section: Section<'_>,
        (prefix, topics): (&str, &[&str]),
        variables: &BTreeMap<String, String>,
    ) -> Option<Self> {
        let name = section.required_string(cx, "name");
        let amount = section.required_number(cx, "amount");
        let amount_at = section.at_key("amount");
        let period = section.string(cx, "period");
        let filters = filters(cx, &mut section);
        let mut notify: Vec<BudgetNotification> = Vec::new();
        let notify_at = section.at_key("notify");
        for section in section.tables(cx, "notify") {
            notify.extend(BudgetNotification::read(cx, section, topics, variables));
        }
        section.finish(cx);
        if amount.is_some_and(|amount| amount <= 0.0) {
            let message = "the amount of a budget is more than 0";
            cx.push(Diagnostic::error(&codes::OUT_OF_RANGE, amount_at, message));
        }
        if let Some(period) = &period {
            one_of(cx, "period", period, PERIODS);
        }
        check_notify(cx, &notify, notify_at);
        let name = name?;
        check_name(cx, &name, prefix);
        Some(Self {
            at: name.at,
            name: name.value,
            amount: amount?,
            period: period
                .map_or("monthly".to_owned(), |text| text.value)
                .to_uppercase(),
            filters,
            notify,
        })
    }
}

fn filters(cx: &mut Vec<Diagnostic>, section: &mut Section<'_>) -> BTreeMap<String, Vec<String>> {
    let mut filters = BTreeMap::new();
    let Some(mut table) = section.table(cx, "filters") else {
        return filters;
    };
    for name in FILTERS {
        let values = table.strings(cx, name);
        if !values.is_empty() {
            let mut values: Vec<String> = values.into_iter().map(|text| text.value).collect();
            values.sort();
            filters.insert((*name).to_owned(), values);
        }
    }
    table.finish(cx);
    filters
}

fn check_name(cx: &mut Vec<Diagnostic>, name: &Text, prefix: &str) {
    if !name.value.starts_with(prefix) {
        let message = format!(
            "the budget `{}` lacks the suite's prefix `{prefix}`",
            name.value
        );
        let diagnostic = Diagnostic::error(&codes::NAME, name.at, message);
        cx.push(diagnostic.help(format!("call it `{prefix}{}`", name.value)));
    }
    let is_long = name.value.chars().count() > 100;
    if is_long || name.value.contains([':', '\\']) || name.value.contains("/action/") {
        let message =
            "the name of a budget has up to 100 characters, no `:`, no `\\` and no `/action/`";
        cx.push(Diagnostic::error(&codes::NAME, name.at, message));
    }
}

fn check_notify(cx: &mut Vec<Diagnostic>, notify: &[BudgetNotification], at: Span) {
    if notify.len() > MOST_NOTIFICATIONS {
        let message = format!(
            "a budget has up to {MOST_NOTIFICATIONS} notifications, found {}",
            notify.len()
        );
        cx.push(Diagnostic::error(&codes::OUT_OF_RANGE, at, message));
    }
    for (index, one) in notify.iter().enumerate() {
        let is_same = |other: &BudgetNotification| {
            (other.is_forecast, other.percent.to_bits()) == (one.is_forecast, one.percent.to_bits())
        };
        if notify.iter().take(index).any(is_same) {
            let kind = if one.is_forecast {
                "forecast"
            } else {
                "actual"
            };
            let message = format!(
                "two notifications stand at {} % of the {kind} costs",
                one.percent
            );
            let diagnostic = Diagnostic::error(&codes::DUPLICATE_NAME, at, message);
            cx.push(diagnostic.help("name all who are told in one of them"));
        }
    }
}

impl BudgetNotification {
    fn read(
        cx: &mut Vec<Diagnostic>,
        mut section: Section<'_>,
        topics: &[&str],
        variables: &BTreeMap<String, String>,
    ) -> Option<Self> {
        let when = section.required_string(cx, "when");
        let percent = section.required_number(cx, "percent");
        let topic = section.string(cx, "topic");
        let emails = section.strings(cx, "emails");
        let at = section.at();
        section.finish(cx);
        if let Some(topic) = &topic {
            declared(cx, "topic", topic, topics);
        }
        if topic.is_none() && emails.is_empty() {
            let message = "the notification tells nobody";
            let diagnostic = Diagnostic::error(&codes::MISSING_KEY, at, message);
            cx.push(diagnostic.help("name a `topic`, or `emails`"));
        }
        let percent = percent
            .filter(|percent| (0.0..=1_000_000_000.0).contains(percent) || out_of_range(cx, at));
        let emails = emails
            .iter()
            .filter_map(|email| address(cx, email, variables));
        let emails: BTreeSet<String> = emails.collect::<Vec<_>>().into_iter().collect();
        if emails.len() > MOST_EMAILS {
            let message = format!("a notification has up to {MOST_EMAILS} addresses");
            cx.push(Diagnostic::error(&codes::OUT_OF_RANGE, at, message));
        }
        let when = when?;
        one_of(cx, "when", &when, &["actual", "forecast"]).then_some(())?;
        Some(Self {
            is_forecast: when.value == "forecast",
            percent: percent?,
            topic: topic.map(|topic| topic.value),
            emails,
        })
    }
}

fn out_of_range(cx: &mut Vec<Diagnostic>, at: Span) -> bool {
    let message = "`percent` is 0 or more";
    cx.push(Diagnostic::error(&codes::OUT_OF_RANGE, at, message));
    false
}

fn address(
    cx: &mut Vec<Diagnostic>,
    text: &Text,
    variables: &BTreeMap<String, String>,
) -> Option<String> {
    let before = cx.len();
    let written = substitute(cx, &text.value, text.at.start + 1, variables, str::to_owned);
    let is_address = written.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !written.contains(char::is_whitespace)
    });
    if cx.len() == before && !is_address {
        let message = format!("`{written}` is no e-mail address");
        cx.push(Diagnostic::error(&codes::WRONG_VALUE, text.at, message));
    }
    (cx.len() == before).then_some(written)
}
