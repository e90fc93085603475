use belfry_engine::diag::Span;

use super::ast::{Comparison, Expr, Kind, Operator};
use super::lex::TokenKind;
use super::parser::Parser;
use crate::refusal::Judged;

impl Parser {
    /// OR, AND, NOT, predicates: Trino's `booleanExpression`.
    pub(super) fn expression(&mut self) -> Judged<Expr> {
        self.deeper(|parser| {
            let mut left = parser.conjunction()?;
            while let Some(at) = parser.operator_word("or") {
                let right = parser.conjunction()?;
                left = join(Kind::Or, at, left, right);
            }
            Ok(left)
        })
    }

    fn conjunction(&mut self) -> Judged<Expr> {
        let mut left = self.negation()?;
        while let Some(at) = self.operator_word("and") {
            let right = self.negation()?;
            left = join(Kind::And, at, left, right);
        }
        Ok(left)
    }

    fn operator_word(&mut self, word: &str) -> Option<Span> {
        let at = self.here();
        self.take_word(word).then_some(at)
    }

    fn negation(&mut self) -> Judged<Expr> {
        let at = self.here();
        if !self.take_word("not") {
            return self.predicate();
        }
        let inner = self.deeper(Self::negation)?;
        Ok(self.node(Kind::Not(Box::new(inner)), at, at))
    }

    /// A node whose message place is `at` and that starts at `start`.
    pub(super) fn node(&self, kind: Kind, at: Span, start: Span) -> Expr {
        let span = self.since(start);
        Expr { kind, at, span }
    }

    fn predicate(&mut self) -> Judged<Expr> {
        let left = self.value()?;
        let (at, start) = (self.here(), left.span);
        if let Some(comparison) = self.comparison() {
            return self.compared(left, comparison, at);
        }
        let negated = self.is_word("not");
        let word = self.word_at(usize::from(negated)).unwrap_or_default();
        let kind = match word.as_str() {
            "is" if !negated => return self.is(left, at),
            "between" => {
                self.take_words(&["not"]);
                self.take_word("between");
                let low = Box::new(self.value()?);
                self.expect_word("and")?;
                Kind::Between(Box::new(left), low, Box::new(self.value()?))
            }
            "in" => {
                self.take_words(&["not"]);
                self.take_word("in");
                self.membership(left)?
            }
            "like" => {
                self.take_words(&["not"]);
                self.take_word("like");
                let pattern = Box::new(self.value()?);
                let escape = match self.take_word("escape") {
                    true => Some(Box::new(self.value()?)),
                    false => None,
                };
                Kind::Like(Box::new(left), pattern, escape)
            }
            _ => return Ok(left),
        };
        let node = self.node(kind, at, start);
        Ok(match negated {
            true => self.node(Kind::Not(Box::new(node)), at, start),
            false => node,
        })
    }

    fn comparison(&mut self) -> Option<Comparison> {
        let TokenKind::Symbol(symbol) = self.peek().kind else {
            return None;
        };
        let found = match symbol {
            "=" => Comparison::Equal,
            "<>" | "!=" => Comparison::NotEqual,
            "<" => Comparison::Less,
            "<=" => Comparison::LessOrEqual,
            ">" => Comparison::Greater,
            ">=" => Comparison::GreaterOrEqual,
            _ => return None,
        };
        self.advance();
        Some(found)
    }

    fn compared(&mut self, left: Expr, comparison: Comparison, at: Span) -> Judged<Expr> {
        let start = left.span;
        let quantifier = self.word().filter(|_| self.is_symbol_at(1, "("));
        let all = match quantifier.as_deref() {
            Some("all") => true,
            Some("any" | "some") => false,
            _ => {
                let right = self.value()?;
                let kind = Kind::Compare(comparison, Box::new(left), Box::new(right));
                return Ok(self.node(kind, at, start));
            }
        };
        self.advance();
        self.expect_symbol("(")?;
        let query = Box::new(self.query()?);
        self.expect_symbol(")")?;
        let value = Box::new(left);
        let kind = Kind::Quantified {
            comparison,
            value,
            all,
            query,
        };
        Ok(self.node(kind, at, start))
    }

    fn is(&mut self, left: Expr, at: Span) -> Judged<Expr> {
        self.take_word("is");
        let start = left.span;
        let negated = self.take_word("not");
        let kind = if self.take_word("null") {
            Kind::IsNull(Box::new(left))
        } else if self.take_words(&["distinct", "from"]) {
            Kind::IsDistinct(Box::new(left), Box::new(self.value()?))
        } else {
            return Err(self.mismatched(&["'DISTINCT'", "'NOT'", "'NULL'"]));
        };
        let node = self.node(kind, at, start);
        Ok(match negated {
            true => self.node(Kind::Not(Box::new(node)), at, start),
            false => node,
        })
    }

    fn membership(&mut self, left: Expr) -> Judged<Kind> {
        self.expect_symbol("(")?;
        let kind = if self.starts_query() {
            Kind::InQuery(Box::new(left), Box::new(self.query()?))
        } else {
            Kind::In(Box::new(left), self.list(Self::expression)?)
        };
        self.expect_symbol(")")?;
        Ok(kind)
    }

    /// Arithmetic and concatenation: Trino's `valueExpression`.
    pub(super) fn value(&mut self) -> Judged<Expr> {
        self.deeper(|parser| {
            let mut left = parser.sum()?;
            loop {
                let at = parser.here();
                if !parser.take_symbol("||") {
                    return Ok(left);
                }
                let right = parser.sum()?;
                left = join(Kind::Concat, at, left, right);
            }
        })
    }

    fn sum(&mut self) -> Judged<Expr> {
        self.arithmetic(
            &[("+", Operator::Add), ("-", Operator::Subtract)],
            Self::product,
        )
    }

    fn product(&mut self) -> Judged<Expr> {
        let operators = [
            ("*", Operator::Multiply),
            ("/", Operator::Divide),
            ("%", Operator::Modulus),
        ];
        self.arithmetic(&operators, Self::signed)
    }

    fn arithmetic(
        &mut self,
        operators: &[(&str, Operator)],
        side: impl Fn(&mut Self) -> Judged<Expr>,
    ) -> Judged<Expr> {
        let mut left = side(self)?;
        loop {
            let at = self.here();
            let found = operators.iter().find(|(symbol, _)| self.is_symbol(symbol));
            let Some((_, operator)) = found else {
                return Ok(left);
            };
            self.advance();
            let right = side(self)?;
            left = join(|a, b| Kind::Arithmetic(*operator, a, b), at, left, right);
        }
    }

    fn signed(&mut self) -> Judged<Expr> {
        let at = self.here();
        if self.take_symbol("-") {
            let inner = self.deeper(Self::signed)?;
            return Ok(self.node(Kind::Negate(Box::new(inner)), at, at));
        }
        if self.take_symbol("+") {
            let inner = self.deeper(Self::signed)?;
            return Ok(self.node(Kind::Plus(Box::new(inner)), at, at));
        }
        let mut value = self.primary()?;
        while self.is_word("at") && self.is_word_at(1, "time") {
            let (at, start) = (self.here(), value.span);
            self.take_words(&["at", "time"]);
            self.expect_word("zone")?;
            let zone = self.primary()?;
            let kind = Kind::AtTimeZone(Box::new(value), Box::new(zone));
            value = self.node(kind, at, start);
        }
        Ok(value)
    }
}

fn join(
    kind: impl FnOnce(Box<Expr>, Box<Expr>) -> Kind,
    at: Span,
    left: Expr,
    right: Expr,
) -> Expr {
    let span = Span::new(left.span.start, right.span.end);
    let kind = kind(Box::new(left), Box::new(right));
    Expr { kind, at, span }
}
