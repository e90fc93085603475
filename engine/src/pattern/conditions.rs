use super::cursor::Cursor;
use super::error::Result;

/// Conditions joined by `&&` (binds tighter) and `||`, with parentheses.
#[derive(Clone, Debug)]
pub(super) enum Conditions<C> {
    Any(Vec<Self>),
    All(Vec<Self>),
    One(C),
}

/// Reads one condition.
pub(super) type ReadCondition<'f, C> = &'f mut dyn FnMut(&mut Cursor<'_>) -> Result<C>;

impl<C> Conditions<C> {
    pub(super) fn parse(cursor: &mut Cursor<'_>, read: ReadCondition<'_, C>) -> Result<Self> {
        let mut any = vec![Self::parse_all(cursor, read)?];
        while eat_operator(cursor, "||") {
            any.push(Self::parse_all(cursor, read)?);
        }
        Ok(Self::join(any, Self::Any))
    }

    fn parse_all(cursor: &mut Cursor<'_>, read: ReadCondition<'_, C>) -> Result<Self> {
        let mut all = vec![Self::parse_one(cursor, read)?];
        while eat_operator(cursor, "&&") {
            all.push(Self::parse_one(cursor, read)?);
        }
        Ok(Self::join(all, Self::All))
    }

    fn parse_one(cursor: &mut Cursor<'_>, read: ReadCondition<'_, C>) -> Result<Self> {
        cursor.skip_blanks();
        if !cursor.eat("(") {
            return Ok(Self::One(read(cursor)?));
        }
        let inner = Self::parse(cursor, read)?;
        cursor.skip_blanks();
        if cursor.eat(")") {
            return Ok(inner);
        }
        Err(cursor.unexpected())
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

    /// Whether the whole holds, where `test` decides each condition.
    pub(super) fn holds(&self, test: &impl Fn(&C) -> bool) -> bool {
        match self {
            Self::Any(any) => any.iter().any(|c| c.holds(test)),
            Self::All(all) => all.iter().all(|c| c.holds(test)),
            Self::One(one) => test(one),
        }
    }
}

fn eat_operator(cursor: &mut Cursor<'_>, operator: &str) -> bool {
    cursor.skip_blanks();
    cursor.eat(operator)
}
