use jiff::civil::Date;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::cost::Usd;

/// What is asked: daily costs, or what is expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The first day.
    pub start: Date,
    /// The day behind the last.
    pub end: Date,
    /// `(DIMENSION, SERVICE)`, `(TAG, team)`.
    pub groups: Vec<(String, String)>,
    /// Only lines with this tag: key and value.
    pub tag: Option<(String, String)>,
}

/// The cost of one group on one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CostRow {
    /// The day.
    #[serde(serialize_with = "write_day", deserialize_with = "read_day")]
    pub day: Date,
    /// Its groups, in the order asked.
    pub keys: Vec<String>,
    /// Unblended.
    pub amount: Usd,
    /// Whether the bill may still change.
    pub estimated: bool,
}

/// What is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forecast {
    /// The mean.
    pub mean: Usd,
    /// The lower bound.
    pub lower: Usd,
    /// The upper bound.
    pub upper: Usd,
    /// How sure the bounds are, in percent.
    pub level: u8,
}

/// What a monitor of AWS found.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CostAnomaly {
    /// Its id.
    pub id: String,
    /// Its first day.
    pub start: String,
    /// Its last day.
    pub end: String,
    /// `Amazon Elastic Container Service`.
    pub service: String,
    /// The first cause's.
    pub usage_type: String,
    /// The first cause's.
    pub account: String,
    /// Dollars over all its days.
    pub impact: f64,
    /// The ARN of the monitor that found it.
    pub monitor: String,
    /// The value of the monitor's dimension.
    pub dimension: String,
    /// Who answers for it, where that is known; found out after it was asked.
    #[serde(skip)]
    pub owner: Option<String>,
}

/// What a monitor looks at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CostMonitor {
    /// Its ARN.
    pub arn: String,
    /// `tag`, `cost category`, `linked account`; nothing where it looks at services.
    pub kind: String,
    /// Of a tag or a cost category.
    pub key: String,
    /// None where it looks at each value by itself.
    pub values: Vec<String>,
}

fn write_day<S: Serializer>(day: &Date, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(day)
}

fn read_day<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
    let text = String::deserialize(from)?;
    text.parse().map_err(D::Error::custom)
}
