use std::collections::BTreeSet;
use std::fmt;

use super::SqlFunction;
use super::parse::parse;
use super::reserved::is_reserved;
use crate::diag::Diagnostic;

/// A Metrics Insights query. Prints as a text that reads back as itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SqlQuery {
    /// What is made of the samples of a period.
    pub function: SqlFunction,
    /// The metric's name.
    pub metric: String,
    /// Where the metrics are.
    pub source: SqlSource,
    /// All must hold.
    pub conditions: Vec<SqlCondition>,
    /// One series for each combination of values; none asks for a single series.
    pub group_by: Vec<SqlLabel>,
    /// The order of the series; by their group's values where absent.
    pub order_by: Option<SqlOrder>,
    /// At most so many series, 1 to 500.
    pub limit: Option<usize>,
}

/// `FROM …`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SqlSource {
    /// The namespace.
    pub namespace: String,
    /// The exact dimension names of `SCHEMA(…)`; without it, any dimensions.
    pub schema: Option<BTreeSet<String>>,
}

/// What a condition tests and a group is made by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SqlLabel {
    /// A dimension by its name.
    Dimension(String),
    /// `AWS.AccountId`.
    AccountId,
}

/// `label = 'value'` or `label != 'value'`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SqlCondition {
    /// Of what.
    pub label: SqlLabel,
    /// `=`, else `!=`.
    pub is_equal: bool,
    /// Against what.
    pub value: SqlValue,
}

/// The right side of a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SqlValue {
    /// Text.
    Text(String),
    /// `CURRENT_ACCOUNT_ID()`.
    CurrentAccount,
}

/// `ORDER BY MAX() DESC`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SqlOrder {
    /// Over the datapoints of a series.
    pub function: SqlFunction,
    /// `DESC`, else `ASC`.
    pub descending: bool,
}

impl SqlLabel {
    /// The dimension's name, or `AWS.AccountId`.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Dimension(name) => name,
            Self::AccountId => "AWS.AccountId",
        }
    }
}

impl SqlQuery {
    /// Whether `text` is meant as Metrics Insights rather than metric math: its first word is `SELECT`.
    pub fn is_meant(text: &str) -> bool {
        let first = text
            .trim_start()
            .split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        first
            .into_iter()
            .next()
            .is_some_and(|word| word.eq_ignore_ascii_case("SELECT"))
    }

    /// Parses `text`; the error holds everything found wrong. Rules of "Query components and syntax in CloudWatch
    /// Metrics Insights" of the user guide.
    pub fn parse(text: &str) -> Result<Self, Vec<Diagnostic>> {
        parse(text)
    }
}

/// A name as a query writes it: in double quotes where it is not a plain word, or is a reserved one.
fn name(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if !text.is_empty() && text.chars().all(plain) && !is_reserved(text) {
        return text.to_owned();
    }
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{escaped}\"")
}

fn list<T: ToString>(items: impl IntoIterator<Item = T>) -> String {
    let items: Vec<String> = items.into_iter().map(|item| item.to_string()).collect();
    items.join(", ")
}

impl fmt::Display for SqlQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "SELECT {}({}) FROM {}",
            self.function.as_str(),
            name(&self.metric),
            self.source
        )?;
        for (place, condition) in self.conditions.iter().enumerate() {
            let word = if place == 0 { "WHERE" } else { "AND" };
            write!(f, " {word} {condition}")?;
        }
        if !self.group_by.is_empty() {
            write!(f, " GROUP BY {}", list(&self.group_by))?;
        }
        if let Some(order) = &self.order_by {
            let direction = if order.descending { "DESC" } else { "ASC" };
            write!(f, " ORDER BY {}() {direction}", order.function.as_str())?;
        }
        self.limit
            .map_or(Ok(()), |limit| write!(f, " LIMIT {limit}"))
    }
}

impl fmt::Display for SqlSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.schema {
            None => f.write_str(&name(&self.namespace)),
            Some(schema) => {
                let all = std::iter::once(&self.namespace).chain(schema);
                write!(f, "SCHEMA({})", list(all.map(|n| name(n))))
            }
        }
    }
}

impl fmt::Display for SqlLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dimension(dimension) => f.write_str(&name(dimension)),
            Self::AccountId => f.write_str("AWS.AccountId"),
        }
    }
}

impl fmt::Display for SqlCondition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operator = if self.is_equal { "=" } else { "!=" };
        match &self.value {
            SqlValue::CurrentAccount => {
                write!(f, "{} {operator} CURRENT_ACCOUNT_ID()", self.label)
            }
            SqlValue::Text(text) => {
                let text = text.replace('\\', "\\\\").replace('\'', "\\'");
                write!(f, "{} {operator} '{text}'", self.label)
            }
        }
    }
}
