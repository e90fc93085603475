use std::collections::BTreeMap;
use std::ops::Bound;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// Which keys of a bucket are shown.
#[derive(Debug)]
pub(super) struct Listing<'a> {
    pub(super) prefix: &'a str,
    /// Keys that go on after it, behind the prefix, are shown as one; empty where none are.
    pub(super) delimiter: &'a str,
    pub(super) start_after: &'a str,
    pub(super) token: Option<&'a str>,
    pub(super) most: usize,
}

/// What stands for one or many keys.
#[derive(Debug, PartialEq)]
pub(super) enum Shown<'a, T> {
    Object(&'a str, &'a T),
    /// All keys that begin with this.
    Prefix(&'a str),
}

/// One page.
#[derive(Debug, PartialEq)]
pub(super) struct ListingPage<'a, T> {
    pub(super) shown: Vec<Shown<'a, T>>,
    /// Where the next page goes on; none on the last.
    pub(super) next: Option<String>,
}

impl Listing<'_> {
    /// One page of `all`; `None` where the token is not one of these. A token says what was shown last, so paging stays
    /// right while keys come and go.
    pub(super) fn page<'a, T>(&self, all: &'a BTreeMap<String, T>) -> Option<ListingPage<'a, T>> {
        let last = self
            .token
            .map(read_token)
            .map_or(Some(None), |read| read.map(Some))?;
        let mut after = self.start_after.to_owned();
        let mut skipped = None;
        match last {
            Some(Last::Key(key)) => after = after.max(key),
            Some(Last::Prefix(prefix)) => skipped = Some(prefix),
            None => {}
        }
        let after = if after.is_empty() {
            Bound::Unbounded
        } else {
            Bound::Excluded(after.as_str())
        };
        let from = match (&skipped, after) {
            (Some(prefix), Bound::Excluded(after)) if after >= prefix.as_str() => {
                Bound::Excluded(after)
            }
            (Some(prefix), _) => Bound::Included(prefix.as_str()),
            (None, Bound::Excluded(after)) if after >= self.prefix => Bound::Excluded(after),
            (None, _) => Bound::Included(self.prefix),
        };
        let is_skipped = |key: &str| {
            skipped
                .as_ref()
                .is_some_and(|s| key.starts_with(s.as_str()))
        };
        let keys = all
            .range::<str, _>((from, Bound::Unbounded))
            .take_while(|(key, _)| key.starts_with(self.prefix))
            .filter(|(key, _)| !is_skipped(key));
        let mut page = ListingPage {
            shown: Vec::new(),
            next: None,
        };
        for (key, value) in keys {
            let shown = self.shown(key, value);
            if page
                .shown
                .last()
                .is_some_and(|last| is_same_prefix(last, &shown))
            {
                continue;
            }
            if page.shown.len() == self.most {
                // A page of none ends there, as S3's does.
                page.next = page.shown.last().map(write_token);
                break;
            }
            page.shown.push(shown);
        }
        Some(page)
    }

    fn shown<'a, T>(&self, key: &'a str, value: &'a T) -> Shown<'a, T> {
        let rest = key.get(self.prefix.len()..).unwrap_or_default();
        match rest
            .find(self.delimiter)
            .filter(|_| !self.delimiter.is_empty())
        {
            Some(at) => {
                let end = self.prefix.len() + at + self.delimiter.len();
                Shown::Prefix(key.get(..end).unwrap_or(key))
            }
            None => Shown::Object(key, value),
        }
    }
}

fn is_same_prefix<T>(last: &Shown<'_, T>, shown: &Shown<'_, T>) -> bool {
    matches!((last, shown), (Shown::Prefix(a), Shown::Prefix(b)) if a == b)
}

/// What was shown last.
enum Last {
    Key(String),
    Prefix(String),
}

fn write_token<T>(last: &Shown<'_, T>) -> String {
    let text = match last {
        Shown::Object(key, _) => format!("1k{key}"),
        Shown::Prefix(prefix) => format!("1p{prefix}"),
    };
    URL_SAFE_NO_PAD.encode(text)
}

fn read_token(token: &str) -> Option<Last> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(token).ok()?).ok()?;
    let key = text.strip_prefix("1k").map(|key| Last::Key(key.to_owned()));
    key.or_else(|| {
        text.strip_prefix("1p")
            .map(|prefix| Last::Prefix(prefix.to_owned()))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn names(page: &ListingPage<'_, ()>) -> Vec<String> {
        let name = |shown: &Shown<'_, ()>| match shown {
            Shown::Object(key, ()) => (*key).to_owned(),
            Shown::Prefix(prefix) => format!("{prefix}…"),
        };
        page.shown.iter().map(name).collect()
    }

    fn all(
        prefix: &str,
        delimiter: &str,
        start_after: &str,
        most: usize,
        keys: &BTreeMap<String, ()>,
    ) -> Vec<String> {
        let mut found = Vec::new();
        let mut token = None;
        loop {
            let listing = Listing {
                prefix,
                delimiter,
                start_after,
                token: token.as_deref(),
                most,
            };
            let page = listing.page(keys).unwrap();
            found.extend(names(&page));
            match page.next {
                Some(next) => token = Some(next),
                None => return found,
            }
        }
    }

    fn keys(names: &[&str]) -> BTreeMap<String, ()> {
        names.iter().map(|name| ((*name).to_owned(), ())).collect()
    }

    #[test]
    fn keys_behind_a_delimiter_are_one() {
        let keys = keys(&["a", "b/1", "b/2", "b/c/3", "b0", "c/"]);
        assert_eq!(all("", "/", "", 9, &keys), ["a", "b/…", "b0", "c/…"]);
        assert_eq!(all("b/", "/", "", 9, &keys), ["b/1", "b/2", "b/c/…"]);
        assert_eq!(all("b", "", "b/1", 9, &keys), ["b/2", "b/c/3", "b0"]);
        assert_eq!(all("x", "/", "", 9, &keys), [""; 0]);
    }

    #[test]
    fn a_page_of_none_is_the_last() {
        let listing = Listing {
            prefix: "",
            delimiter: "",
            start_after: "",
            token: None,
            most: 0,
        };
        let keys = keys(&["a"]);
        assert_eq!(
            listing.page(&keys).unwrap(),
            ListingPage {
                shown: vec![],
                next: None
            }
        );
    }

    proptest! {
        #[test]
        fn pages_together_are_the_whole(
            names in proptest::collection::btree_set("[ab/é]{1,5}", 0..20),
            prefix in "[ab/]{0,2}",
            delimiter in "[/b]{0,1}",
            start_after in "[ab/]{0,3}",
            most in 1_usize..4,
        ) {
            let keys: BTreeMap<String, ()> = names.into_iter().map(|name| (name, ())).collect();
            let whole = all(&prefix, &delimiter, &start_after, 1000, &keys);
            prop_assert_eq!(all(&prefix, &delimiter, &start_after, most, &keys), whole);
        }
    }
}
