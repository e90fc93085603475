use super::expression::dimension;
use crate::cost::store::{CostLine, CostStore, Dimension};
use crate::endpoint::{Document, Fault, Input};

/// What costs are told apart by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Grouping {
    Dimension(Dimension),
    Tag(String),
    Category(String),
}

impl Grouping {
    /// The member `GroupBy`: two at most.
    pub(super) fn read(input: &Input<'_>) -> Result<Vec<Self>, Fault> {
        let given = input.structures("GroupBy")?;
        if given.len() > 2 {
            let found = given.len();
            return Err(input.invalid(format!("GroupBy takes two groups at most; found {found}")));
        }
        let read = given.iter().map(|group| {
            group.only(&["Type", "Key"])?;
            let key = group.required_str("Key")?;
            match group.required_str("Type")? {
                "DIMENSION" => Ok(Self::Dimension(dimension(group, key, true)?)),
                "TAG" => Ok(Self::Tag(key.to_owned())),
                "COST_CATEGORY" => Ok(Self::Category(key.to_owned())),
                other => Err(group.invalid(format!(
                    "costs are not grouped by `{other}` here; expected DIMENSION, TAG or COST_CATEGORY"
                ))),
            }
        });
        let read: Vec<Self> = read.collect::<Result<_, Fault>>()?;
        match read.as_slice() {
            [first, second] if first == second => {
                Err(input.invalid("GroupBy names the same group twice"))
            }
            _ => Ok(read),
        }
    }

    /// The group of `line`. Tags and categories are written `name$value`, without value where they are absent.
    pub(super) fn key(&self, line: &CostLine) -> String {
        let named = |name: &str, value: Option<&String>| {
            format!("{name}${}", value.map_or("", String::as_str))
        };
        match self {
            Self::Dimension(dimension) => {
                let value = line.dimensions.get(dimension);
                value.map_or(dimension.absent(), String::as_str).to_owned()
            }
            Self::Tag(name) => named(name, line.tags.get(name)),
            Self::Category(name) => named(name, line.categories.get(name)),
        }
    }

    /// As the answer repeats it.
    pub(super) fn document(&self) -> Document {
        let (kind, key) = match self {
            Self::Dimension(dimension) => ("DIMENSION", dimension.name()),
            Self::Tag(name) => ("TAG", name.as_str()),
            Self::Category(name) => ("COST_CATEGORY", name.as_str()),
        };
        Document::structure([("Type", kind.into()), ("Key", key.into())])
    }
}

/// Refuses a dimension that no line carries: its absence there says nothing about the costs.
pub(super) fn carried(
    store: &CostStore,
    dimensions: impl IntoIterator<Item = Dimension>,
) -> Result<(), Fault> {
    for dimension in dimensions {
        let mut lines = store.lines().iter();
        let is_carried = lines.any(|line| line.dimensions.contains_key(&dimension));
        if !is_carried && !store.lines().is_empty() {
            let name = dimension.name();
            let message = format!("the cost exports of this account do not carry {name}");
            return Err(Fault::new("DataUnavailableException", message));
        }
    }
    Ok(())
}
