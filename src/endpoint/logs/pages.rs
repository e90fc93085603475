/// Which way the keys of a list run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// The smallest first.
    Ascending,
    /// The greatest first.
    Descending,
}

impl Order {
    /// From a request's `descending`.
    pub(super) fn of(descending: bool) -> Self {
        if descending {
            Self::Descending
        } else {
            Self::Ascending
        }
    }
}

/// One page of `items`: those beyond the key `token`, at most `size`, and the token of the next page. As on
/// AWS, a token is the key of the last item shown, so that paging stays right while items come and go.
pub(super) fn page<T>(
    items: impl IntoIterator<Item = T>,
    key: impl Fn(&T) -> String,
    order: Order,
    (token, size): (Option<&str>, usize),
) -> (Vec<T>, Option<String>) {
    let beyond = |key: &str, token: &str| match order {
        Order::Ascending => key > token,
        Order::Descending => key < token,
    };
    let mut keyed: Vec<(String, T)> = items
        .into_iter()
        .map(|item| (key(&item), item))
        .filter(|(key, _)| token.is_none_or(|token| beyond(key, token)))
        .collect();
    keyed.sort_by(|(left, _), (right, _)| left.cmp(right));
    if order == Order::Descending {
        keyed.reverse();
    }
    let more = keyed.len() > size;
    keyed.truncate(size);
    let next = keyed.last().filter(|_| more).map(|(key, _)| key.clone());
    (keyed.into_iter().map(|(_, item)| item).collect(), next)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(
        items: &[&'static str],
        order: Order,
        token: Option<&str>,
    ) -> (Vec<&'static str>, Option<String>) {
        page(
            items.iter().copied(),
            |i| (*i).to_owned(),
            order,
            (token, 2),
        )
    }

    #[test]
    fn pages_follow_one_another_without_gap() {
        let items = ["c", "a", "b"];
        let first = of(&items, Order::Ascending, None);
        assert_eq!(first, (vec!["a", "b"], Some("b".to_owned())));
        let second = of(&items, Order::Ascending, Some("b"));
        assert_eq!(second, (vec!["c"], None));
    }

    #[test]
    fn pages_run_downwards_too() {
        let items = ["c", "a", "b"];
        let first = of(&items, Order::Descending, None);
        assert_eq!(first, (vec!["c", "b"], Some("b".to_owned())));
        let second = of(&items, Order::Descending, Some("b"));
        assert_eq!(second, (vec!["a"], None));
    }

    #[test]
    fn a_full_last_page_has_no_token() {
        assert_eq!(of(&["a", "b"], Order::Ascending, None).1, None);
    }

    #[test]
    fn an_item_that_is_gone_does_not_disturb_the_next_page() {
        let second = of(&["a", "c"], Order::Ascending, Some("b"));
        assert_eq!(second, (vec!["c"], None));
    }
}
