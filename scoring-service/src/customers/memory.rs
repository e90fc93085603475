use super::History;

type Map = hashbrown::HashMap<String, History, foldhash::fast::RandomState>;

/// The histories of the customers seen lately, in two generations: when the young one is full it
/// becomes the old one, and what was old and not asked for since is forgotten. So at most
/// `capacity` customers are kept, the least recently used go first, and each call costs O(1).
#[derive(Debug)]
pub struct Customers {
    young: Map,
    old: Map,
    half: usize,
}

impl Customers {
    /// A memory of at most `capacity` customers.
    pub fn new(capacity: usize) -> Self {
        Self {
            young: Map::default(),
            old: Map::default(),
            half: (capacity / 2).max(1),
        }
    }

    /// The history of one customer, empty for a new one. Counts as a use.
    pub fn history(&mut self, customer_id: &str) -> &mut History {
        if !self.young.contains_key(customer_id) {
            self.promote(customer_id);
        }
        self.young.entry_ref(customer_id).or_default()
    }

    /// How many customers are remembered.
    pub fn len(&self) -> usize {
        self.young.len() + self.old.len()
    }

    /// Whether none is remembered.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn promote(&mut self, customer_id: &str) {
        let history = self.old.remove(customer_id).unwrap_or_default();
        if self.young.len() >= self.half {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(customer_id.to_owned(), history);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::testing::transaction;
    use std::time::Duration;

    fn visit(customers: &mut Customers, id: &str) {
        let history = customers.history(id);
        history.remember(&transaction(), Duration::ZERO);
    }

    fn visits(customers: &mut Customers, id: &str) -> usize {
        let history = customers.history(id);
        history.arrivals_within(Duration::ZERO, Duration::from_secs(1))
    }

    #[test]
    fn never_more_customers_are_kept_than_the_capacity() {
        let mut customers = Customers::new(10);
        for n in 0..1000 {
            visit(&mut customers, &format!("c-{n}"));
            assert!(customers.len() <= 10);
        }
    }

    #[test]
    fn a_customer_in_use_stays_while_others_go() {
        let mut customers = Customers::new(10);
        for n in 0..100 {
            visit(&mut customers, "regular");
            visit(&mut customers, &format!("c-{n}"));
        }
        assert_eq!(
            visits(&mut customers, "regular"),
            64,
            "as many as a history keeps"
        );
        assert_eq!(visits(&mut customers, "c-0"), 0);
    }
}
