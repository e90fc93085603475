use belfry_engine::diag::Span;

use super::ast::{Call, Expr, Kind, Name, SortItem};
use super::lex::TokenKind;
use super::parser::Parser;
use crate::refusal::{Judged, Refusal};

impl Parser {
    /// Trino's `primaryExpression`, with the fields and subscripts behind it.
    pub(super) fn primary(&mut self) -> Judged<Expr> {
        let start = self.here();
        let kind = self.primary_kind()?;
        let mut found = match kind {
            // Brackets alone make no node of their own.
            (kind, Some(at)) => self.node(kind, at, start),
            (kind, None) => self.node(kind, start, start),
        };
        loop {
            if self.take_symbol("[") {
                let index = self.value()?;
                self.expect_symbol("]")?;
                let kind = Kind::Subscript(Box::new(found), Box::new(index));
                found = self.node(kind, start, start);
            } else if self.is_symbol(".") {
                self.advance();
                let name = self.name()?;
                let kind = Kind::Field(Box::new(found), name);
                found = self.node(kind, start, start);
            } else {
                return Ok(found);
            }
        }
    }

    fn primary_kind(&mut self) -> Judged<(Kind, Option<Span>)> {
        let token = self.peek().clone();
        let kind = match token.kind {
            TokenKind::Integer(text) => Kind::Integer(text),
            TokenKind::Decimal(text) => Kind::Decimal(text),
            TokenKind::Double(text) => Kind::Double(text),
            TokenKind::String(text) => Kind::String(text),
            TokenKind::Binary(bytes) => Kind::Binary(bytes),
            TokenKind::Symbol("?") => {
                self.parameters += 1;
                Kind::Parameter(self.parameters - 1)
            }
            TokenKind::Symbol("(") => return self.in_brackets(),
            TokenKind::Word(word) => {
                let found = self.special(&word.to_lowercase())?;
                return match found {
                    Some(kind) => Ok((kind, None)),
                    None => self.named().map(|kind| (kind, None)),
                };
            }
            TokenKind::Quoted(_) => return self.named().map(|kind| (kind, None)),
            TokenKind::Symbol(_) | TokenKind::End => {
                return Err(self.mismatched(&["<expression>"]));
            }
        };
        self.advance();
        Ok((kind, None))
    }

    /// `(query)`, `(expression)`, `(a, b)`.
    fn in_brackets(&mut self) -> Judged<(Kind, Option<Span>)> {
        self.expect_symbol("(")?;
        if self.starts_query() {
            let query = self.query()?;
            self.expect_symbol(")")?;
            return Ok((Kind::Subquery(Box::new(query)), None));
        }
        if self.is_symbol(")") {
            return Err(self.mismatched(&["<expression>"]));
        }
        let mut all = self.list(Self::expression)?;
        self.expect_symbol(")")?;
        if self.is_symbol("->") {
            return self.unsupported("lambda expressions are");
        }
        match all.len() {
            1 => {
                let only = all.remove(0);
                Ok((only.kind, Some(only.at)))
            }
            _ => Ok((Kind::Row(all), None)),
        }
    }

    /// A column, a typed literal such as `DATE '…'`, or a call.
    fn named(&mut self) -> Judged<Kind> {
        if let Some(typed) = self.typed_literal()? {
            return Ok(typed);
        }
        let name = self.name()?;
        if self.is_symbol("->") {
            return self.unsupported("lambda expressions are");
        }
        match self.is_symbol("(") {
            true => self.call(name),
            false => Ok(Kind::Column(name)),
        }
    }

    /// `name(…)` with all that may stand in and behind the brackets.
    pub(super) fn call(&mut self, name: Name) -> Judged<Kind> {
        self.expect_symbol("(")?;
        let mut call = Call {
            name,
            arguments: Vec::new(),
            star: false,
            distinct: false,
            order: Vec::new(),
            filter: None,
            ignore_nulls: None,
            over: None,
        };
        if self.take_symbol("*") {
            call.star = true;
        } else if !self.is_symbol(")") {
            call.distinct = self.take_word("distinct");
            if !call.distinct {
                self.take_word("all");
            }
            call.arguments = self.list(Self::argument)?;
            call.order = self.order_by()?;
        }
        self.expect_symbol(")")?;
        self.behind_call(&mut call)?;
        Ok(Kind::Call(Box::new(call)))
    }

    /// An expression, or `x -> expression`.
    fn argument(&mut self) -> Judged<Expr> {
        let start = self.here();
        let names = self.attempt(|parser| {
            let names = match parser.is_symbol("(") {
                true => parser.names_in_brackets()?,
                false => vec![parser.name()?],
            };
            parser.expect_symbol("->")?;
            Ok(names)
        });
        match names {
            Some(names) => {
                let body = Box::new(self.expression()?);
                Ok(self.node(Kind::Lambda(names, body), start, start))
            }
            None => self.expression(),
        }
    }

    pub(super) fn behind_call(&mut self, call: &mut Call) -> Judged<()> {
        if self.is_word("filter") && self.is_symbol_at(1, "(") {
            self.advance();
            self.expect_symbol("(")?;
            self.expect_word("where")?;
            call.filter = Some(self.expression()?);
            self.expect_symbol(")")?;
        }
        if self.take_words(&["ignore", "nulls"]) {
            call.ignore_nulls = Some(true);
        } else if self.take_words(&["respect", "nulls"]) {
            call.ignore_nulls = Some(false);
        }
        if self.is_word("over")
            && (self.is_symbol_at(1, "(") || self.peek_at(1).kind != TokenKind::End)
        {
            self.advance();
            call.over = Some(self.over()?);
        } else if call.ignore_nulls.is_some() {
            return Err(self.mismatched(&["'OVER'"]));
        }
        Ok(())
    }

    /// `ORDER BY …`, or nothing.
    pub(super) fn order_by(&mut self) -> Judged<Vec<SortItem>> {
        if !self.is_word("order") {
            return Ok(Vec::new());
        }
        self.advance();
        self.expect_word("by")?;
        self.list(Self::sort_item)
    }

    fn sort_item(&mut self) -> Judged<SortItem> {
        let expr = self.expression()?;
        let descending = !self.take_word("asc") && self.take_word("desc");
        // Nulls are the greatest in Trino whichever way it sorts: last, unless told.
        let mut nulls_first = false;
        if self.take_word("nulls") {
            nulls_first = self.take_word("first");
            if !nulls_first {
                self.expect_word("last")?;
            }
        }
        Ok(SortItem {
            expr,
            descending,
            nulls_first,
        })
    }

    /// An argument in brackets behind a word that was read: `(x)`.
    pub(super) fn bracketed(&mut self) -> Judged<Expr> {
        self.expect_symbol("(")?;
        let inner = self.expression()?;
        self.expect_symbol(")")?;
        Ok(inner)
    }

    /// A call that is written in another way: `substring(x FROM y)`, `CURRENT_TIMESTAMP`.
    pub(super) fn call_of(name: &str, at: Span, arguments: Vec<Expr>) -> Kind {
        Kind::Call(Box::new(Call {
            name: Name {
                text: name.to_owned(),
                at,
            },
            arguments,
            star: false,
            distinct: false,
            order: Vec::new(),
            filter: None,
            ignore_nulls: None,
            over: None,
        }))
    }

    pub(super) fn refuse_word<T>(&self, what: &str) -> Judged<T> {
        Err(Refusal::unsupported(
            self.here(),
            format!("{what} is not supported here"),
        ))
    }
}
