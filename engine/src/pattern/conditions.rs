use super::cursor::{Cursor, is_word};
use super::error::Result;

/// Conditions joined by one operator that binds tighter (`&&`, `AND`) and one that does not (`||`, `OR`), with
/// parentheses.
#[derive(Clone, Debug)]
pub(super) enum Conditions<C> {
    Any(Vec<Self>),
    All(Vec<Self>),
    One(C),
}

/// Reads one condition.
pub(super) type ReadCondition<'f, C> = &'f mut dyn FnMut(&mut Cursor<'_>) -> Result<C>;

/// How the two operators are written.
#[derive(Clone, Copy)]
struct Operators {
    and: &'static str,
    or: &'static str,
}

impl<C> Conditions<C> {
    /// Joined by `&&` and `||`.
    pub(super) fn parse(cursor: &mut Cursor<'_>, read: ReadCondition<'_, C>) -> Result<Self> {
        let operators = Operators {
            and: "&&",
            or: "||",
        };
        Self::parse_any(cursor, operators, read)
    }

    /// Joined by `AND` and `OR`.
    pub(super) fn parse_words(cursor: &mut Cursor<'_>, read: ReadCondition<'_, C>) -> Result<Self> {
        let operators = Operators {
            and: "AND",
            or: "OR",
        };
        Self::parse_any(cursor, operators, read)
    }

    /// Without recursion: parentheses may stand a thousand deep.
    fn parse_any(
        cursor: &mut Cursor<'_>,
        operators: Operators,
        read: ReadCondition<'_, C>,
    ) -> Result<Self> {
        let mut outer: Vec<Group<C>> = Vec::new();
        let mut group = Group::default();
        loop {
            cursor.skip_blanks();
            if cursor.eat("(") {
                outer.push(std::mem::take(&mut group));
                continue;
            }
            group.all.push(Self::One(read(cursor)?));
            while !group.goes_on(cursor, operators) {
                let inner = std::mem::take(&mut group).join();
                let Some(around) = outer.pop() else {
                    return Ok(inner);
                };
                cursor.skip_blanks();
                if !cursor.eat(")") {
                    return Err(cursor.unexpected());
                }
                group = around;
                group.all.push(inner);
            }
        }
    }

    /// Every condition, in the order of the text.
    pub(super) fn each(&self) -> Vec<&C> {
        let mut found = Vec::new();
        let mut open = vec![self];
        while let Some(next) = open.pop() {
            match next {
                Self::One(condition) => found.push(condition),
                Self::Any(several) | Self::All(several) => open.extend(several.iter().rev()),
            }
        }
        found
    }

    fn join(mut several: Vec<Self>, join: fn(Vec<Self>) -> Self) -> Self {
        match several.pop() {
            Some(only) if several.is_empty() => only,
            last => {
                several.extend(last);
                join(several)
            }
        }
    }

    /// The same with every condition changed.
    pub(super) fn map<D>(&self, change: &mut dyn FnMut(&C) -> D) -> Conditions<D> {
        match self {
            Self::Any(any) => Conditions::Any(any.iter().map(|c| c.map(change)).collect()),
            Self::All(all) => Conditions::All(all.iter().map(|c| c.map(change)).collect()),
            Self::One(one) => Conditions::One(change(one)),
        }
    }

    /// Whether the whole holds, where `test` decides each condition.
    pub(super) fn holds(&self, test: &impl Fn(&C) -> bool) -> bool {
        match self {
            Self::Any(any) => any.iter().any(|c| c.holds(test)),
            Self::All(all) => all.iter().all(|c| c.holds(test)),
            Self::One(one) => test(one),
        }
    }
}

/// What stands between two parentheses, as far as it has been read.
struct Group<C> {
    any: Vec<Conditions<C>>,
    /// What the tighter operator joins since the last of the other.
    all: Vec<Conditions<C>>,
}

impl<C> Default for Group<C> {
    fn default() -> Self {
        Self {
            any: Vec::new(),
            all: Vec::new(),
        }
    }
}

impl<C> Group<C> {
    /// Goes past an operator, if one is next.
    fn goes_on(&mut self, cursor: &mut Cursor<'_>, operators: Operators) -> bool {
        if eat_operator(cursor, operators.and) {
            return true;
        }
        if !eat_operator(cursor, operators.or) {
            return false;
        }
        let all = std::mem::take(&mut self.all);
        self.any.push(Conditions::join(all, Conditions::All));
        true
    }

    fn join(mut self) -> Conditions<C> {
        self.any.push(Conditions::join(self.all, Conditions::All));
        Conditions::join(self.any, Conditions::Any)
    }
}

fn eat_operator(cursor: &mut Cursor<'_>, operator: &str) -> bool {
    cursor.skip_blanks();
    let mut ahead = cursor.clone();
    let is_long_word = |c: Option<char>| operator.starts_with(is_word) && c.is_some_and(is_word);
    let found = ahead.eat(operator) && !is_long_word(ahead.peek());
    if found {
        *cursor = ahead;
    }
    found
}
