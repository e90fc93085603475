use std::fmt::Write as _;

use belfry_engine::catalog::{ColumnType, Table};
use jiff::civil::DateTime;

use super::date_pattern::DatePattern;
use super::date_unit::{DateUnit, now_offset};

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

/// A property that the projection needs is missing or wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{name}: {message}")]
pub(crate) struct ProjectionError {
    /// Athena's name of the error.
    pub name: &'static str,
    /// Which property, and what is wrong with it.
    pub message: String,
}

impl ProjectionError {
    fn of(property: &str, reason: &str) -> Self {
        Self {
            name: "INVALID_TABLE_PROPERTY",
            message: format!("table property `{property}` {reason}"),
        }
    }
}

impl Projection {
    /// The projection that the table's properties tell.
    pub(crate) fn of(table: &Table) -> Result<Option<Self>, ProjectionError> {
        let enabled = table.properties.get("projection.enabled");
        if enabled.is_none_or(|value| !value.eq_ignore_ascii_case("true")) {
            return Ok(None);
        }
        check_configured(table)?;
        let columns = table.partition_columns.iter();
        let columns = columns.map(|column| ProjectionType::of(table, &column.name));
        let columns = columns.collect::<Result<_, _>>()?;
        let template = table.properties.get(TEMPLATE).cloned();
        if let Some(template) = &template {
            check_template(template, table)?;
        }
        Ok(Some(Self { columns, template }))
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

const TEMPLATE: &str = "storage.location.template";

/// Every partition column is projected, or none: in Athena's words ("Set up partition projection").
fn check_configured(table: &Table) -> Result<(), ProjectionError> {
    let is_missing = |column: &&str| {
        let properties = Properties { table, column };
        properties.optional("type").is_none()
    };
    let names = table.partition_columns.iter().map(|column| &*column.name);
    let missing: Vec<&str> = names.filter(is_missing).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let name = format!("{}.{}", table.database, table.name);
    Err(ProjectionError {
        name: "HIVE_METASTORE_ERROR",
        message: format!(
            "Table {name} is configured for partition projection, but the following partition columns are missing projection configuration: [{}] (table {name})",
            missing.join(", ")
        ),
    })
}

/// "The template must contain a placeholder for each partition column."
fn check_template(template: &str, table: &Table) -> Result<(), ProjectionError> {
    let is_missing = |name: &&String| !template.contains(&format!("${{{name}}}"));
    let mut names = table.partition_columns.iter().map(|column| &column.name);
    match names.find(is_missing) {
        None => Ok(()),
        Some(name) => Err(ProjectionError::of(
            TEMPLATE,
            &format!("has no placeholder `${{{name}}}`"),
        )),
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
            .map(|(_, value)| value.as_str())
    }

    fn required(&self, key: &str) -> Result<&'t str, ProjectionError> {
        self.optional(key)
            .ok_or_else(|| self.wrong(key, "is required and missing"))
    }

    /// A positive whole number.
    fn number(&self, key: &str) -> Result<Option<i64>, ProjectionError> {
        let Some(text) = self.optional(key) else {
            return Ok(None);
        };
        let number = text.trim().parse().ok().filter(|number| *number > 0);
        let number = number.ok_or_else(|| self.wrong(key, "is no positive whole number"));
        number.map(Some)
    }

    fn wrong(&self, key: &str, reason: &str) -> ProjectionError {
        ProjectionError::of(&self.name(key), reason)
    }

    fn range(&self) -> Result<(&'t str, &'t str), ProjectionError> {
        let range = self.required("range")?;
        let (from, to) = range
            .split_once(',')
            .ok_or_else(|| self.wrong("range", "is no pair of values with a comma between them"))?;
        Ok((from, to))
    }
}

impl ProjectionType {
    fn of(table: &Table, column: &str) -> Result<Self, ProjectionError> {
        let properties = Properties { table, column };
        let kind = properties.required("type")?.trim().to_ascii_lowercase();
        match kind.as_str() {
            "enum" => {
                // A blank is part of a value.
                let values = properties.required("values")?.split(',');
                Ok(Self::Enum(values.map(str::to_owned).collect()))
            }
            "integer" => Self::integer(&properties),
            "date" => Self::date(&properties),
            "injected" => Self::injected(&properties),
            _ => Err(properties.wrong("type", "is none of enum, integer, date, injected")),
        }
    }

    fn injected(properties: &Properties<'_>) -> Result<Self, ProjectionError> {
        let column = properties.table.column(properties.column);
        match column.is_some_and(|column| column.kind == ColumnType::STRING) {
            true => Ok(Self::Injected),
            false => Err(properties.wrong("type", "is injected, and the column is no string")),
        }
    }

    fn integer(properties: &Properties<'_>) -> Result<Self, ProjectionError> {
        let (from, to) = properties.range()?;
        let number = |text: &str| {
            let number = text.trim().parse::<i64>();
            number.map_err(|_| properties.wrong("range", "is no pair of whole numbers"))
        };
        Ok(Self::Integer {
            from: number(from)?,
            to: number(to)?,
            interval: properties.number("interval")?.unwrap_or(1),
            digits: usize::try_from(properties.number("digits")?.unwrap_or(0)).unwrap_or(0),
        })
    }

    fn date(properties: &Properties<'_>) -> Result<Self, ProjectionError> {
        let (from, to) = properties.range()?;
        let format = properties.required("format")?;
        let pattern = DatePattern::parse(format).ok_or_else(|| {
            let reason = "has other parts than yyyy, yy, MM, M, dd, d, HH, H, mm, m, ss and s";
            properties.wrong("format", reason)
        })?;
        // Days and months are their own intervals where nothing is said.
        let own = match (pattern.has_time(), pattern.has_day(), pattern.has_month()) {
            (false, true, _) => Some(DateUnit::Days),
            (false, false, true) => Some(DateUnit::Months),
            _ => None,
        };
        let unit = match properties.optional("interval.unit") {
            Some(unit) => Some(DateUnit::parse(unit.trim()).ok_or_else(|| {
                let reason =
                    "is none of YEARS, MONTHS, WEEKS, DAYS, HOURS, MINUTES, SECONDS, MILLIS";
                properties.wrong("interval.unit", reason)
            })?),
            None => own,
        };
        let reason = "is required where the format's precision is neither a day nor a month";
        let unit = unit.ok_or_else(|| properties.wrong("interval.unit", reason))?;
        let interval = properties.number("interval")?;
        let interval = interval.or(own.map(|_| 1));
        let interval = interval.ok_or_else(|| properties.wrong("interval", reason))?;
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
            interval,
            unit,
        })
    }

    /// The values in order, as they stand in folders, and at most so many; nothing for those that the query names.
    pub(crate) fn values(&self, now: DateTime, most: usize) -> Option<Vec<String>> {
        match self {
            Self::Enum(values) => Some(values.clone()),
            Self::Integer {
                from, to, interval, ..
            } => {
                let step = usize::try_from(*interval).unwrap_or(usize::MAX);
                let numbers = (*from..=*to).step_by(step).take(most);
                Some(numbers.map(|at| self.number_text(at)).collect())
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
                        .checked_add(unit.span(step.checked_mul(*interval)?)?)
                        .ok()
                };
                let all = (0..).map_while(at).take_while(|at| *at <= last).take(most);
                let mut texts: Vec<String> = all.map(|at| pattern.format(at)).collect();
                // A step may be shorter than what the pattern tells.
                texts.dedup();
                Some(texts)
            }
            Self::Injected => None,
        }
    }

    /// The value of the column that a query names, as it stands in folders, where the column is a range of numbers; the
    /// range need not be looked through then. Nothing where it is outside, or the column is something else.
    pub(crate) fn number(&self, text: &str) -> Option<String> {
        let Self::Integer {
            from, to, interval, ..
        } = self
        else {
            return None;
        };
        let number: i64 = text.parse().ok()?;
        let is_inside = (*from..=*to).contains(&number);
        let is_step = number.checked_sub(*from)? % interval == 0;
        (is_inside && is_step).then(|| self.number_text(number))
    }

    fn number_text(&self, number: i64) -> String {
        match self {
            Self::Integer { digits, .. } => format!("{number:0digits$}"),
            _ => number.to_string(),
        }
    }
}
