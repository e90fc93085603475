use std::fmt::Write as _;

use belfry_engine::catalog::Table;
use jiff::Span;
use jiff::civil::DateTime;

use super::date_pattern::DatePattern;

/// How a table's partitions are computed instead of looked up (Athena user guide, "Supported types for partition
/// projection").
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Projection {
    /// One for each partition column, in their order.
    pub columns: Vec<ProjectionType>,
    /// `storage.location.template`, where the table has one.
    pub template: Option<String>,
}

/// What values a projected column has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ProjectionType {
    /// These.
    Enum(Vec<String>),
    /// Numbers from and to, both included.
    Integer {
        /// The first.
        from: i64,
        /// The last.
        to: i64,
        /// From one to the next.
        interval: i64,
        /// Leading zeros fill so many digits; 0 for none.
        digits: usize,
    },
    /// Dates from and to, both included.
    Date {
        /// The first: a text in the pattern, or `NOW` with an offset.
        from: String,
        /// The last.
        to: String,
        /// How they are written.
        pattern: DatePattern,
        /// From one to the next.
        interval: i64,
        /// What the interval counts.
        unit: DateUnit,
    },
    /// Those that the query names.
    Injected,
}

/// A unit of a date interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DateUnit {
    /// `YEARS`
    Years,
    /// `MONTHS`
    Months,
    /// `WEEKS`
    Weeks,
    /// `DAYS`
    Days,
    /// `HOURS`
    Hours,
    /// `MINUTES`
    Minutes,
    /// `SECONDS`
    Seconds,
}

/// A property that the projection needs is missing or wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("INVALID_TABLE_PROPERTY: table property `{property}` {reason}")]
pub(crate) struct ProjectionError {
    /// The property's name.
    pub property: String,
    /// What is wrong with it.
    pub reason: String,
}

impl Projection {
    /// The projection that the table's properties tell.
    pub(crate) fn of(table: &Table) -> Result<Option<Self>, ProjectionError> {
        let enabled = table.properties.get("projection.enabled");
        if enabled.is_none_or(|value| !value.eq_ignore_ascii_case("true")) {
            return Ok(None);
        }
        let columns = table.partition_columns.iter();
        let columns = columns.map(|column| ProjectionType::of(table, &column.name));
        let template = table.properties.get("storage.location.template").cloned();
        Ok(Some(Self {
            columns: columns.collect::<Result<_, _>>()?,
            template,
        }))
    }

    /// The folder of a partition: by the template, or `location/column=value/…` as Hive does.
    pub(crate) fn location(&self, table: &Table, values: &[String]) -> String {
        let names = table.partition_columns.iter().map(|column| &column.name);
        if let Some(template) = &self.template {
            let mut folder = template.clone();
            for (name, value) in names.zip(values) {
                folder = folder.replace(&format!("${{{name}}}"), value);
            }
            return with_slash(folder);
        }
        let mut folder = with_slash(table.location.clone());
        for (name, value) in names.zip(values) {
            // Writing into a string cannot fail.
            let _ = write!(folder, "{name}={value}/");
        }
        folder
    }
}

fn with_slash(mut folder: String) -> String {
    if !folder.ends_with('/') {
        folder.push('/');
    }
    folder
}

/// The properties of one projected column.
struct Properties<'t> {
    table: &'t Table,
    column: &'t str,
}

impl<'t> Properties<'t> {
    fn name(&self, key: &str) -> String {
        format!("projection.{}.{key}", self.column)
    }

    fn optional(&self, key: &str) -> Option<&'t str> {
        let name = self.name(key);
        let mut all = self.table.properties.iter();
        all.find(|(of, _)| of.eq_ignore_ascii_case(&name))
            .map(|(_, value)| value.trim())
    }

    fn required(&self, key: &str) -> Result<&'t str, ProjectionError> {
        self.optional(key)
            .ok_or_else(|| self.wrong(key, "is required and missing"))
    }

    fn number(&self, key: &str, default: i64) -> Result<i64, ProjectionError> {
        let number = self.optional(key).map_or(Ok(default), str::parse);
        number.map_err(|_| self.wrong(key, "is no whole number"))
    }

    fn wrong(&self, key: &str, reason: &str) -> ProjectionError {
        ProjectionError {
            property: self.name(key),
            reason: reason.to_owned(),
        }
    }

    fn range(&self) -> Result<(&'t str, &'t str), ProjectionError> {
        let range = self.required("range")?;
        let (from, to) = range
            .split_once(',')
            .ok_or_else(|| self.wrong("range", "is no pair of values with a comma between them"))?;
        Ok((from.trim(), to.trim()))
    }
}

impl ProjectionType {
    fn of(table: &Table, column: &str) -> Result<Self, ProjectionError> {
        let properties = Properties { table, column };
        match properties.required("type")?.to_ascii_lowercase().as_str() {
            "enum" => {
                let values = properties.required("values")?.split(',');
                Ok(Self::Enum(
                    values.map(|value| value.trim().to_owned()).collect(),
                ))
            }
            "integer" => Self::integer(&properties),
            "date" => Self::date(&properties),
            "injected" => Ok(Self::Injected),
            _ => Err(properties.wrong("type", "is none of enum, integer, date, injected")),
        }
    }

    fn integer(properties: &Properties<'_>) -> Result<Self, ProjectionError> {
        let (from, to) = properties.range()?;
        let number = |text: &str| {
            let number = text.parse::<i64>();
            number.map_err(|_| properties.wrong("range", "is no pair of whole numbers"))
        };
        Ok(Self::Integer {
            from: number(from)?,
            to: number(to)?,
            interval: properties.number("interval", 1)?.max(1),
            digits: usize::try_from(properties.number("digits", 0)?).unwrap_or(0),
        })
    }

    fn date(properties: &Properties<'_>) -> Result<Self, ProjectionError> {
        let (from, to) = properties.range()?;
        let format = properties.required("format")?;
        let pattern = DatePattern::parse(format)
            .ok_or_else(|| properties.wrong("format", "has letters other than y, M, d, H, m, s"))?;
        let unit = match properties.optional("interval.unit") {
            Some(unit) => DateUnit::parse(unit).ok_or_else(|| {
                properties.wrong(
                    "interval.unit",
                    "is none of YEARS, MONTHS, WEEKS, DAYS, HOURS, MINUTES, SECONDS",
                )
            })?,
            // Left out, it is a day or a month where the pattern is that precise (user guide).
            None if pattern.has_time() => {
                return Err(
                    properties.wrong("interval.unit", "is required for a format with hours")
                );
            }
            None if pattern.has_day() => DateUnit::Days,
            None => DateUnit::Months,
        };
        for bound in [from, to] {
            if now_offset(bound).is_none() && pattern.read(bound).is_none() {
                return Err(properties.wrong(
                    "range",
                    "has a bound that is neither in the column's format nor NOW with an offset such as NOW-3MONTHS",
                ));
            }
        }
        Ok(Self::Date {
            from: from.to_owned(),
            to: to.to_owned(),
            pattern,
            interval: properties.number("interval", 1)?.max(1),
            unit,
        })
    }

    /// All values, in order, as they stand in folders; `None` for those that the query names.
    pub(crate) fn values(&self, now: DateTime) -> Option<Vec<String>> {
        match self {
            Self::Enum(values) => Some(values.clone()),
            Self::Integer {
                from,
                to,
                interval,
                digits,
            } => {
                let step = usize::try_from(*interval).unwrap_or(1);
                let numbers = (*from..=*to).step_by(step);
                Some(numbers.map(|at| format!("{at:0digits$}")).collect())
            }
            Self::Date {
                from,
                to,
                pattern,
                interval,
                unit,
            } => {
                let bound = |text: &str| match now_offset(text) {
                    Some(offset) => pattern.read(&pattern.format(now.checked_add(offset).ok()?)),
                    None => pattern.read(text),
                };
                let (first, last) = (bound(from)?, bound(to)?);
                let at = |step: i64| {
                    first
                        .checked_add(unit.span(step.checked_mul(*interval)?))
                        .ok()
                };
                let all = (0..).map_while(at).take_while(|at| *at <= last);
                Some(all.map(|at| pattern.format(at)).collect())
            }
            Self::Injected => None,
        }
    }
}

impl DateUnit {
    /// `DAYS`, also `DAY`, in any case.
    fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_uppercase();
        Some(match text.strip_suffix('S').unwrap_or(&text) {
            "YEAR" => Self::Years,
            "MONTH" => Self::Months,
            "WEEK" => Self::Weeks,
            "DAY" => Self::Days,
            "HOUR" => Self::Hours,
            "MINUTE" => Self::Minutes,
            "SECOND" => Self::Seconds,
            _ => return None,
        })
    }

    fn span(self, count: i64) -> Span {
        let span = Span::new();
        let sized = match self {
            Self::Years => span.try_years(count),
            Self::Months => span.try_months(count),
            Self::Weeks => span.try_weeks(count),
            Self::Days => span.try_days(count),
            Self::Hours => span.try_hours(count),
            Self::Minutes => span.try_minutes(count),
            Self::Seconds => span.try_seconds(count),
        };
        sized.unwrap_or_default()
    }
}

/// The offset of `NOW`, `NOW-3MONTHS`, `NOW+1DAY`; `None` for other texts.
fn now_offset(text: &str) -> Option<Span> {
    let plain: String = text.chars().filter(|at| !at.is_whitespace()).collect();
    let rest = plain.to_ascii_uppercase();
    let rest = rest.strip_prefix("NOW")?;
    if rest.is_empty() {
        return Some(Span::new());
    }
    let unit_at = rest.find(|at: char| at.is_ascii_uppercase())?;
    let (count, unit) = rest.split_at(unit_at);
    Some(DateUnit::parse(unit)?.span(count.parse().ok()?))
}
