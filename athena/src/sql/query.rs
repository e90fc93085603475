use super::ast::{
    Body, Expr, GroupBy, GroupElement, Kind, Named, Query, Select, SelectItem, SetOperator,
};
use super::lex::TokenKind;
use super::parser::Parser;
use crate::refusal::{Judged, Refusal};

impl Parser {
    /// Whether a query begins here; brackets before it count.
    pub(super) fn starts_query(&self) -> bool {
        let brackets = (0..)
            .take_while(|ahead| self.is_symbol_at(*ahead, "("))
            .count();
        let words = ["select", "with", "values", "table"];
        words.iter().any(|word| self.is_word_at(brackets, word))
    }

    /// A query with its WITH, ORDER BY, OFFSET and LIMIT.
    pub(super) fn query(&mut self) -> Judged<Query> {
        self.deeper(|parser| {
            let at = parser.here();
            let with = parser.with()?;
            let body = parser.unions()?;
            let order = parser.order_by()?;
            let (offset, limit) = parser.limits()?;
            Ok(Query {
                with,
                body,
                order,
                offset,
                limit,
                at,
            })
        })
    }

    fn with(&mut self) -> Judged<Vec<Named>> {
        if !self.take_word("with") {
            return Ok(Vec::new());
        }
        if self.is_word("recursive") {
            return self.refuse_word("`WITH RECURSIVE`");
        }
        self.list(|parser| {
            let name = parser.name()?;
            let columns = match parser.is_symbol("(") {
                true => parser.names_in_brackets()?,
                false => Vec::new(),
            };
            parser.expect_word("as")?;
            parser.expect_symbol("(")?;
            let query = parser.query()?;
            parser.expect_symbol(")")?;
            Ok(Named {
                name,
                columns,
                query,
            })
        })
    }

    fn limits(&mut self) -> Judged<(Option<Expr>, Option<Expr>)> {
        let mut offset = None;
        if self.take_word("offset") {
            offset = Some(self.count()?);
            let _ = self.take_word("rows") || self.take_word("row");
        }
        let mut limit = None;
        if self.take_word("limit") {
            if !self.take_word("all") {
                limit = Some(self.count()?);
            }
        } else if self.is_word("fetch") {
            self.advance();
            let _ = self.take_word("first") || self.take_word("next");
            let at = self.here();
            limit = Some(match self.is_word("row") || self.is_word("rows") {
                true => self.node(Kind::Integer("1".to_owned()), at, at),
                false => self.count()?,
            });
            let _ = self.take_word("rows") || self.take_word("row");
            if self.is_word("with") {
                return self.refuse_word("`WITH TIES`");
            }
            self.expect_word("only")?;
        }
        if limit.is_some() && self.is_word("offset") {
            let help = "in Trino OFFSET stands before LIMIT";
            return Err(self.mismatched(&["<EOF>"]).help(help));
        }
        Ok((offset, limit))
    }

    /// A number of rows, or `?`.
    fn count(&mut self) -> Judged<Expr> {
        let token = self.peek().clone();
        let kind = match token.kind {
            TokenKind::Integer(text) => Kind::Integer(text),
            TokenKind::Symbol("?") => {
                self.parameters += 1;
                Kind::Parameter(self.parameters - 1)
            }
            _ => return Err(self.mismatched(&["'?'", "<integer>"])),
        };
        self.advance();
        Ok(self.node(kind, token.at, token.at))
    }

    fn unions(&mut self) -> Judged<Body> {
        let mut left = self.intersections()?;
        loop {
            let at = self.here();
            let operator = if self.take_word("union") {
                SetOperator::Union
            } else if self.take_word("except") {
                SetOperator::Except
            } else {
                return Ok(left);
            };
            let all = self.quantifier();
            let right = Box::new(self.intersections()?);
            let before = Box::new(left);
            left = Body::Set {
                operator,
                all,
                left: before,
                right,
                at,
            };
        }
    }

    fn intersections(&mut self) -> Judged<Body> {
        let mut left = self.query_primary()?;
        loop {
            let at = self.here();
            if !self.take_word("intersect") {
                return Ok(left);
            }
            let all = self.quantifier();
            let right = Box::new(self.query_primary()?);
            let (operator, before) = (SetOperator::Intersect, Box::new(left));
            left = Body::Set {
                operator,
                all,
                left: before,
                right,
                at,
            };
        }
    }

    /// Whether ALL is said.
    fn quantifier(&mut self) -> bool {
        let all = self.take_word("all");
        if !all {
            self.take_word("distinct");
        }
        all
    }

    fn query_primary(&mut self) -> Judged<Body> {
        if self.take_word("values") {
            return self.list(Self::expression).map(Body::Values);
        }
        if self.is_word("table") {
            self.advance();
            return self.qualified().map(Body::Table);
        }
        if self.take_symbol("(") {
            let query = self.query()?;
            self.expect_symbol(")")?;
            return Ok(Body::Query(Box::new(query)));
        }
        if !self.is_word("select") {
            return Err(self.mismatched(&["'('", "'SELECT'", "'TABLE'", "'VALUES'"]));
        }
        self.select().map(|select| Body::Select(Box::new(select)))
    }

    /// `database.table`
    pub(super) fn qualified(&mut self) -> Judged<Vec<super::ast::Name>> {
        let mut parts = vec![self.name()?];
        while self.take_symbol(".") {
            parts.push(self.name()?);
        }
        Ok(parts)
    }

    fn select(&mut self) -> Judged<Select> {
        let at = self.here();
        self.expect_word("select")?;
        let distinct = self.take_word("distinct");
        if !distinct {
            self.take_word("all");
        }
        let items = self.list(Self::select_item)?;
        let from = match self.take_word("from") {
            true => Some(self.relations()?),
            false => None,
        };
        let filter = self.clause("where")?;
        let group = self.group_by()?;
        let having = self.clause("having")?;
        let mut windows = Vec::new();
        if self.take_word("window") {
            windows = self.list(|parser| {
                let name = parser.name()?;
                parser.expect_word("as")?;
                Ok((name, parser.window()?))
            })?;
        }
        Ok(Select {
            distinct,
            items,
            from,
            filter,
            group,
            having,
            windows,
            at,
        })
    }

    fn clause(&mut self, word: &str) -> Judged<Option<Expr>> {
        match self.take_word(word) {
            true => self.expression().map(Some),
            false => Ok(None),
        }
    }

    fn select_item(&mut self) -> Judged<SelectItem> {
        let at = self.here();
        if self.take_symbol("*") {
            return Ok(SelectItem::Star(Vec::new(), at));
        }
        let star = self.attempt(|parser| {
            let mut parts = vec![parser.name()?];
            loop {
                parser.expect_symbol(".")?;
                if parser.take_symbol("*") {
                    return Ok(parts);
                }
                parts.push(parser.name()?);
            }
        });
        if let Some(parts) = star {
            return Ok(SelectItem::Star(parts, at));
        }
        let expr = self.expression()?;
        let alias = match self.take_word("as") {
            true => Some(self.name()?),
            false => self.alias(),
        };
        Ok(SelectItem::Expr(expr, alias))
    }

    /// An alias without AS. These words stand for what follows instead.
    pub(super) fn alias(&mut self) -> Option<super::ast::Name> {
        let followers = [
            "window",
            "limit",
            "offset",
            "fetch",
            "tablesample",
            "match_recognize",
        ];
        let follows = |word: &&str| {
            self.is_word(word)
                && !matches!(
                    self.peek_at(1).kind,
                    TokenKind::End | TokenKind::Symbol("," | ")")
                )
        };
        if followers.iter().any(follows) {
            return None;
        }
        self.take_name()
    }

    fn group_by(&mut self) -> Judged<Option<GroupBy>> {
        if !self.is_word("group") {
            return Ok(None);
        }
        self.advance();
        self.expect_word("by")?;
        let distinct = self.take_word("distinct");
        if !distinct && self.is_word("all") {
            self.take_word("all");
            if matches!(
                self.peek().kind,
                TokenKind::End | TokenKind::Symbol(")" | ";")
            ) {
                let help = "Trino's GROUP BY needs the expressions or their numbers";
                return Err(self.mismatched(&["<expression>"]).help(help));
            }
        }
        let elements = self.list(Self::group_element)?;
        Ok(Some(GroupBy { distinct, elements }))
    }

    fn group_element(&mut self) -> Judged<GroupElement> {
        if self.take_word("rollup") {
            return self.sets_in_brackets().map(GroupElement::Rollup);
        }
        if self.take_word("cube") {
            return self.sets_in_brackets().map(GroupElement::Cube);
        }
        if self.is_word("grouping") && self.is_word_at(1, "sets") {
            self.take_words(&["grouping", "sets"]);
            return self.sets_in_brackets().map(GroupElement::Sets);
        }
        self.grouping_set().map(GroupElement::Simple)
    }

    fn sets_in_brackets(&mut self) -> Judged<Vec<Vec<Expr>>> {
        self.expect_symbol("(")?;
        let sets = match self.is_symbol(")") {
            true => Vec::new(),
            false => self.list(Self::grouping_set)?,
        };
        self.expect_symbol(")")?;
        Ok(sets)
    }

    /// `a`, `(a, b)`, `()`.
    fn grouping_set(&mut self) -> Judged<Vec<Expr>> {
        let several = self.attempt(|parser| {
            parser.expect_symbol("(")?;
            let all = match parser.is_symbol(")") {
                true => Vec::new(),
                false => parser.list(Self::expression)?,
            };
            parser.expect_symbol(")")?;
            let ends = [",", ")", ";"]
                .iter()
                .any(|symbol| parser.is_symbol(symbol));
            let words = [
                "having",
                "order",
                "limit",
                "offset",
                "fetch",
                "window",
                "union",
                "intersect",
                "except",
            ];
            let clause = words.iter().any(|word| parser.is_word(word));
            match ends || clause || parser.peek().kind == TokenKind::End {
                true => Ok(all),
                false => Err(Refusal::unsupported(parser.here(), "")),
            }
        });
        match several {
            Some(all) => Ok(all),
            None => self.expression().map(|only| vec![only]),
        }
    }
}
