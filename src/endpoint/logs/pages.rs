/// One page of `items`, which are in the order of `key`: those after the item `token` names, at most `size`,
/// and the token of the next page. As on AWS, a token is the key of the last item shown.
pub(super) fn page<T>(
    items: impl IntoIterator<Item = T>,
    key: impl Fn(&T) -> String,
    token: Option<&str>,
    size: usize,
) -> (Vec<T>, Option<String>) {
    let after = |item: &T| token.is_none_or(|token| key(item).as_str() > token);
    let mut rest = items.into_iter().filter(after);
    let shown: Vec<T> = rest.by_ref().take(size).collect();
    let more = rest.next().is_some();
    let next = shown.last().filter(|_| more).map(key);
    (shown, next)
}

/// One page of `items` in an order that only their places tell, and the token of the next page; `None`
/// where `token` is not one of ours.
pub(super) fn page_by_place<T>(
    items: Vec<T>,
    token: Option<&str>,
    size: usize,
) -> Option<(Vec<T>, Option<String>)> {
    let start: usize = token.map_or(Some(0), |token| token.parse().ok())?;
    let end = start.saturating_add(size);
    let next = (end < items.len()).then(|| end.to_string());
    Some((items.into_iter().skip(start).take(size).collect(), next))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_follow_one_another_without_gap() {
        let items = ["a", "b", "c"];
        let of = |token: Option<&str>| page(items, |i| (*i).to_owned(), token, 2);
        assert_eq!(of(None), (vec!["a", "b"], Some("b".to_owned())));
        assert_eq!(of(Some("b")), (vec!["c"], None));
    }

    #[test]
    fn a_full_last_page_has_no_token() {
        let (shown, next) = page(["a", "b"], |i| (*i).to_owned(), None, 2);
        assert_eq!((shown.len(), next), (2, None));
    }
}
