use super::super::StateValue;

/// A rule as a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleExpression {
    /// `TRUE` or `FALSE`.
    Constant(bool),
    /// `ALARM(name)`, `OK(name)`, `INSUFFICIENT_DATA(name)`.
    Is(StateValue, String),
    /// `AT_LEAST(amount, [NOT] state, (name, …))`.
    AtLeast {
        /// How many.
        amount: Amount,
        /// Whether the state is negated.
        negated: bool,
        /// Of which state.
        state: StateValue,
        /// Names or ARNs.
        alarms: Vec<String>,
    },
    /// `NOT x`.
    Not(Box<Self>),
    /// `x AND y …`, two or more.
    And(Vec<Self>),
    /// `x OR y …`, two or more.
    Or(Vec<Self>),
}

/// The first argument of `AT_LEAST`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// So many alarms.
    Count(usize),
    /// So many of a hundred.
    Percent(usize),
}

impl Amount {
    fn is_reached(self, number: usize, total: usize) -> bool {
        match self {
            Self::Count(count) => number >= count,
            Self::Percent(percent) => number * 100 >= percent * total,
        }
    }
}

impl RuleExpression {
    /// Whether it holds where `state` tells an alarm's state by what the rule calls it.
    pub fn holds(&self, state: &dyn Fn(&str) -> StateValue) -> bool {
        match self {
            Self::Constant(value) => *value,
            Self::Is(wanted, alarm) => state(alarm) == *wanted,
            Self::Not(inner) => !inner.holds(state),
            Self::And(parts) => parts.iter().all(|part| part.holds(state)),
            Self::Or(parts) => parts.iter().any(|part| part.holds(state)),
            Self::AtLeast {
                amount,
                negated,
                state: wanted,
                alarms,
            } => {
                let is_one = |alarm: &&String| (state(alarm) == *wanted) != *negated;
                let number = alarms.iter().filter(is_one).count();
                amount.is_reached(number, alarms.len())
            }
        }
    }

    /// Puts the alarms it reads at the end of `found`, in order; an alarm may stand there twice.
    pub(super) fn alarms<'a>(&'a self, found: &mut Vec<&'a str>) {
        match self {
            Self::Constant(_) => {}
            Self::Is(_, alarm) => found.push(alarm),
            Self::AtLeast { alarms, .. } => found.extend(alarms.iter().map(String::as_str)),
            Self::Not(inner) => inner.alarms(found),
            Self::And(parts) | Self::Or(parts) => parts.iter().for_each(|part| part.alarms(found)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentage_is_reached_by_no_fewer_alarms() {
        let reached = |percent, number| Amount::Percent(percent).is_reached(number, 3);
        assert_eq!([reached(66, 1), reached(66, 2)], [false, true]);
        assert_eq!([reached(67, 2), reached(67, 3)], [false, true]);
    }
}
