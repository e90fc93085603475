use std::collections::BTreeMap;

use crate::cost::store::{CostLine, Dimension};
use crate::endpoint::{Fault, Input};

/// A filter: which lines count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::endpoint) enum Expression {
    And(Vec<Self>),
    Or(Vec<Self>),
    Not(Box<Self>),
    Dimension(Dimension, Vec<String>),
    Tag(String, Wanted),
    Category(String, Wanted),
}

/// Values of a tag or a category.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::endpoint) enum Wanted {
    /// One of these; the empty text stands for lines without it.
    Values(Vec<String>),
    /// Lines without it.
    Absent,
}

const MEMBERS: &[&str] = &["And", "Or", "Not", "Dimensions", "Tags", "CostCategories"];
/// Deeper filters are not written by people.
const DEEPEST: usize = 20;

impl Expression {
    /// The member `Filter`, where it is there.
    pub(super) fn read(input: &Input<'_>) -> Result<Option<Self>, Fault> {
        let filter = input.structure("Filter")?;
        filter.map(|filter| Self::of(&filter, 0)).transpose()
    }

    /// From one structure, so many levels below the first.
    pub(in crate::endpoint) fn of(input: &Input<'_>, depth: usize) -> Result<Self, Fault> {
        input.only(MEMBERS)?;
        let given = MEMBERS.iter().filter(|name| input.has(name)).count();
        if given != 1 || depth > DEEPEST {
            let names = MEMBERS.join(", ");
            return Err(input.invalid(format!(
                "an Expression must have exactly one root operator, and no more than {DEEPEST} levels: one of {names}; found {given}"
            )));
        }
        if let Some(inner) = input.structure("Not")? {
            return Ok(Self::Not(Box::new(Self::of(&inner, depth + 1)?)));
        }
        for (name, build) in [
            ("And", Self::And as fn(Vec<Self>) -> Self),
            ("Or", Self::Or),
        ] {
            if input.has(name) {
                let parts = input.structures(name)?;
                if parts.len() < 2 {
                    return Err(input.invalid(format!(
                        "{name} takes two expressions at least; found {}",
                        parts.len()
                    )));
                }
                let parts = parts.iter().map(|part| Self::of(part, depth + 1));
                return Ok(build(parts.collect::<Result<_, _>>()?));
            }
        }
        Self::values(input)
    }

    fn values(input: &Input<'_>) -> Result<Self, Fault> {
        for name in ["Dimensions", "Tags", "CostCategories"] {
            let Some(inner) = input.structure(name)? else {
                continue;
            };
            inner.only(&["Key", "Values", "MatchOptions"])?;
            let key = inner.required_str("Key")?;
            let values: Vec<String> = inner
                .strings("Values")?
                .into_iter()
                .map(str::to_owned)
                .collect();
            let absent = match_options(&inner)?;
            if values.is_empty() != absent {
                return Err(inner.invalid(format!(
                    "`{key}`: Values are given, or MatchOptions has ABSENT; not both and not neither"
                )));
            }
            let wanted = match absent {
                true => Wanted::Absent,
                false => Wanted::Values(values),
            };
            return match (name, wanted) {
                ("Dimensions", Wanted::Values(values)) => {
                    Ok(Self::Dimension(dimension(&inner, key, false)?, values))
                }
                ("Dimensions", Wanted::Absent) => {
                    Err(inner.invalid("ABSENT is for Tags and CostCategories"))
                }
                ("Tags", wanted) => Ok(Self::Tag(key.to_owned(), wanted)),
                (_, wanted) => Ok(Self::Category(key.to_owned(), wanted)),
            };
        }
        Err(input.invalid("an Expression without a member"))
    }

    /// Whether `line` counts.
    pub(in crate::endpoint) fn holds(&self, line: &CostLine) -> bool {
        match self {
            Self::And(parts) => parts.iter().all(|part| part.holds(line)),
            Self::Or(parts) => parts.iter().any(|part| part.holds(line)),
            Self::Not(part) => !part.holds(line),
            Self::Dimension(dimension, values) => {
                let value = line
                    .dimensions
                    .get(dimension)
                    .map_or(dimension.absent(), String::as_str);
                values.iter().any(|wanted| wanted == value)
            }
            Self::Tag(key, wanted) => wanted.holds(&line.tags, key),
            Self::Category(key, wanted) => wanted.holds(&line.categories, key),
        }
    }

    /// Every dimension it asks about.
    pub(in crate::endpoint) fn dimensions(&self) -> Vec<Dimension> {
        match self {
            Self::And(parts) | Self::Or(parts) => parts.iter().flat_map(Self::dimensions).collect(),
            Self::Not(part) => part.dimensions(),
            Self::Dimension(dimension, _) => vec![*dimension],
            Self::Tag(..) | Self::Category(..) => Vec::new(),
        }
    }
}

impl Wanted {
    fn holds(&self, found: &BTreeMap<String, String>, key: &str) -> bool {
        let value = found.get(key).map_or("", String::as_str);
        match self {
            Self::Absent => value.is_empty(),
            Self::Values(values) => values.iter().any(|wanted| wanted == value),
        }
    }
}

/// Whether ABSENT is among them. The others but the defaults are for cost categories and anomaly subscriptions alone
/// (API reference of DimensionValues).
fn match_options(input: &Input<'_>) -> Result<bool, Fault> {
    let mut absent = false;
    for option in input.strings("MatchOptions")? {
        match option {
            "EQUALS" | "CASE_SENSITIVE" => {}
            "ABSENT" => absent = true,
            other => {
                return Err(input.invalid(format!(
                    "the match option `{other}` is not taken by filters of costs; expected EQUALS, CASE_SENSITIVE or ABSENT"
                )));
            }
        }
    }
    Ok(absent)
}

/// A dimension by its name.
pub(super) fn dimension(input: &Input<'_>, key: &str, grouping: bool) -> Result<Dimension, Fault> {
    let found = Dimension::parse(key).filter(|dimension| dimension.groups() || !grouping);
    found.ok_or_else(|| {
        input.invalid(format!(
            "the dimension `{key}` is not answered here; expected one of {}",
            Dimension::names(grouping)
        ))
    })
}
