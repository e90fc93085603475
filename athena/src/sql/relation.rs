use super::ast::{JoinKind, Name, On, Relation};
use super::parser::Parser;
use crate::refusal::Judged;

impl Parser {
    /// What stands behind FROM: relations with commas between them.
    pub(super) fn relations(&mut self) -> Judged<Relation> {
        let mut left = self.relation()?;
        loop {
            let at = self.here();
            if !self.take_symbol(",") {
                return Ok(left);
            }
            let (right, before) = (Box::new(self.relation()?), Box::new(left));
            let (kind, on) = (JoinKind::Cross, On::None);
            left = Relation::Join {
                kind,
                left: before,
                right,
                on,
                at,
            };
        }
    }

    fn relation(&mut self) -> Judged<Relation> {
        self.deeper(|parser| {
            let mut left = parser.aliased()?;
            loop {
                let at = parser.here();
                let Some(kind) = parser.join_kind()? else {
                    return Ok(left);
                };
                // A cross join takes one relation, others all that is joined to their right side, too.
                let right = Box::new(parser.aliased()?);
                let on = parser.join_criteria(kind)?;
                let before = Box::new(left);
                left = Relation::Join {
                    kind,
                    left: before,
                    right,
                    on,
                    at,
                };
            }
        })
    }

    fn join_kind(&mut self) -> Judged<Option<JoinKind>> {
        if self.is_word("natural") {
            return self.refuse_word("NATURAL JOIN");
        }
        if self.take_words(&["cross", "join"]) {
            return Ok(Some(JoinKind::Cross));
        }
        let sides = [
            ("left", JoinKind::Left),
            ("right", JoinKind::Right),
            ("full", JoinKind::Full),
        ];
        for (word, kind) in sides {
            if self.take_word(word) {
                self.take_word("outer");
                self.expect_word("join")?;
                return Ok(Some(kind));
            }
        }
        if self.take_word("inner") {
            self.expect_word("join")?;
            return Ok(Some(JoinKind::Inner));
        }
        Ok(self.take_word("join").then_some(JoinKind::Inner))
    }

    fn join_criteria(&mut self, kind: JoinKind) -> Judged<On> {
        if kind == JoinKind::Cross {
            return Ok(On::None);
        }
        if self.take_word("on") {
            return self.expression().map(|on| On::Condition(Box::new(on)));
        }
        if self.take_word("using") {
            return self.names_in_brackets().map(On::Using);
        }
        Err(self.mismatched(&["'ON'", "'USING'"]))
    }

    fn aliased(&mut self) -> Judged<Relation> {
        let relation = self.relation_primary()?;
        for word in ["tablesample", "match_recognize"] {
            if self.is_word(word) {
                return self.refuse_word(&format!("`{}`", word.to_uppercase()));
            }
        }
        let alias = match self.take_word("as") {
            true => Some(self.name()?),
            false => self.alias(),
        };
        let Some(alias) = alias else {
            return Ok(relation);
        };
        let columns: Vec<Name> = match self.is_symbol("(") {
            true => self.names_in_brackets()?,
            false => Vec::new(),
        };
        for word in ["tablesample", "for"] {
            if self.is_word(word) {
                return self.refuse_word(&format!("`{}`", word.to_uppercase()));
            }
        }
        Ok(Relation::Alias(Box::new(relation), alias, columns))
    }

    fn relation_primary(&mut self) -> Judged<Relation> {
        let at = self.here();
        if self.is_word("unnest") && self.is_symbol_at(1, "(") {
            self.advance();
            self.expect_symbol("(")?;
            let arrays = self.list(Self::expression)?;
            self.expect_symbol(")")?;
            let ordinality = self.take_words(&["with", "ordinality"]);
            return Ok(Relation::Unnest(arrays, ordinality, at));
        }
        for word in ["lateral", "table"] {
            if self.is_word(word) && self.is_symbol_at(1, "(") {
                return self.refuse_word(&format!("`{}(…)`", word.to_uppercase()));
            }
        }
        if self.is_symbol("(") {
            return self.relation_in_brackets();
        }
        let name = self.qualified()?;
        Ok(Relation::Table(name, self.since(at)))
    }

    /// `(query)` or `(relation)`.
    fn relation_in_brackets(&mut self) -> Judged<Relation> {
        if self.starts_query() {
            let query = self.attempt(|parser| {
                parser.expect_symbol("(")?;
                let query = parser.query()?;
                parser.expect_symbol(")")?;
                Ok(query)
            });
            if let Some(query) = query {
                return Ok(Relation::Query(Box::new(query)));
            }
        }
        self.expect_symbol("(")?;
        if self.starts_query() && !self.is_symbol("(") {
            // Read again for the message of what does not fit.
            let query = self.query()?;
            self.expect_symbol(")")?;
            return Ok(Relation::Query(Box::new(query)));
        }
        let relation = self.relations_joined()?;
        self.expect_symbol(")")?;
        Ok(relation)
    }

    fn relations_joined(&mut self) -> Judged<Relation> {
        self.relation()
    }
}
