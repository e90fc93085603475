use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// One page of a list that is ordered by a key.
#[derive(Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// The items of this page.
    pub items: Vec<T>,
    /// The token of the next page; `None` on the last.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// The page after `token`, at most `limit` items of it. The token holds the key of the last item shown, so
    /// paging stays right while items come and go. `None` where the token is not one of these.
    pub fn of(mut all: Vec<(String, T)>, token: Option<&str>, limit: usize) -> Option<Self> {
        all.sort_by(|(left, _), (right, _)| left.cmp(right));
        let after = match token {
            Some(token) => Some(read(token)?),
            None => None,
        };
        let mut rest = all
            .into_iter()
            .filter(|(key, _)| after.as_ref().is_none_or(|after| key > after))
            .peekable();
        let mut items = Vec::new();
        let mut last = None;
        while items.len() < limit
            && let Some((key, item)) = rest.next()
        {
            items.push(item);
            last = Some(key);
        }
        let more = rest.peek().is_some();
        let next = last.filter(|_| more).map(|key| write(&key));
        Some(Self { items, next })
    }
}

fn write(key: &str) -> String {
    URL_SAFE_NO_PAD.encode(format!("1:{key}"))
}

fn read(token: &str) -> Option<String> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    text.strip_prefix("1:").map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keyed(names: &[&'static str]) -> Vec<(String, &'static str)> {
        names.iter().map(|n| ((*n).to_owned(), *n)).collect()
    }

    #[test]
    fn pages_go_on_after_the_last_item_shown() {
        let first = Page::of(keyed(&["c", "a", "b"]), None, 2).unwrap();
        assert_eq!(first.items, ["a", "b"]);
        let second = Page::of(keyed(&["c", "b"]), first.next.as_deref(), 2).unwrap();
        assert_eq!((second.items, second.next), (vec!["c"], None));
    }

    #[test]
    fn a_full_last_page_has_no_token() {
        assert_eq!(Page::of(keyed(&["a", "b"]), None, 2).unwrap().next, None);
    }

    #[test]
    fn a_foreign_token_is_no_page() {
        assert_eq!(Page::of(keyed(&["a"]), Some("x!"), 2), None);
    }
}
