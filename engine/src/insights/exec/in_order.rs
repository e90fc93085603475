use std::collections::BTreeMap;

use crate::insights::Statistics;

/// Joins the answers of parts in the order of the parts, in whatever order they come.
pub(super) struct InOrder<T, J> {
    join: J,
    next: usize,
    /// Answers of parts behind one that has not come yet.
    waiting: BTreeMap<usize, T>,
    /// What all parts that have come cost.
    pub(super) total: Statistics,
}

impl<T, J: FnMut(T)> InOrder<T, J> {
    pub(super) fn new(join: J) -> Self {
        Self {
            join,
            next: 0,
            waiting: BTreeMap::new(),
            total: Statistics::default(),
        }
    }

    /// Takes the answer of part `number`, counted from zero.
    pub(super) fn take(&mut self, number: usize, (answer, statistics): (T, Statistics)) {
        self.total.records_matched += statistics.records_matched;
        self.total.records_scanned += statistics.records_scanned;
        self.total.bytes_scanned += statistics.bytes_scanned;
        self.waiting.insert(number, answer);
        while let Some(answer) = self.waiting.remove(&self.next) {
            (self.join)(answer);
            self.next += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_joined_in_the_order_of_their_parts() {
        let mut joined = Vec::new();
        let mut in_order = InOrder::new(|number| joined.push(number));
        for number in [2, 0, 3, 1] {
            in_order.take(number, (number, Statistics::default()));
        }
        assert_eq!(joined, [0, 1, 2, 3]);
    }
}
