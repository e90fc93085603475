use std::collections::BTreeSet;

use super::page::Page;
use crate::endpoint::{Fault, Input};

/// Values that hold the text looked for, one page of them.
pub(super) struct Found {
    pub(super) shown: Vec<String>,
    pub(super) all: i64,
    pub(super) next: Option<String>,
}

/// What an answer holds where the request does not say.
const PAGE: usize = 1000;

impl Found {
    /// `SearchString` and `MaxResults` over `values`. `asked` is the rest of the request.
    pub(super) fn read(
        input: &Input<'_>,
        values: &BTreeSet<String>,
        asked: &str,
    ) -> Result<Self, Fault> {
        if input.has("SortBy") {
            return Err(input
                .invalid("SortBy is not supported by this endpoint; values are answered by name"));
        }
        let search = input.optional_str("SearchString")?.unwrap_or_default();
        let most = match input.optional_i64("MaxResults")? {
            None => PAGE,
            Some(most) => usize::try_from(most)
                .ok()
                .filter(|most| *most > 0)
                .ok_or_else(|| {
                    let constraint = "Member must have value greater than or equal to 1";
                    input.constraint("MaxResults", &most.to_string(), constraint)
                })?,
        };
        let page = Page::read(input, &format!("{asked} {search}"))?;
        let lower = search.to_lowercase();
        let found: Vec<&String> = values
            .iter()
            .filter(|value| value.to_lowercase().contains(&lower))
            .collect();
        let shown = found.iter().skip(page.offset).take(most);
        let shown: Vec<String> = shown.map(|value| (*value).clone()).collect();
        Ok(Self {
            next: page.next(shown.len(), found.len()),
            all: i64::try_from(found.len()).unwrap_or(i64::MAX),
            shown,
        })
    }

    /// How many this answer holds.
    pub(super) fn size(&self) -> i64 {
        i64::try_from(self.shown.len()).unwrap_or(i64::MAX)
    }
}
