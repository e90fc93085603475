use super::ast::{IntervalText, Kind, TypeArgument, TypeName};
use super::lex::TokenKind;
use super::parser::Parser;
use crate::refusal::Judged;

impl Parser {
    /// `INTERVAL '1' DAY`; `None` where `interval` is a name.
    pub(super) fn interval(&mut self) -> Judged<Option<Kind>> {
        let sign = usize::from(self.is_symbol_at(1, "-") || self.is_symbol_at(1, "+"));
        if !matches!(self.peek_at(1 + sign).kind, TokenKind::String(_)) {
            return Ok(None);
        }
        self.advance();
        let negative = self.is_symbol("-");
        if sign == 1 {
            self.advance();
        }
        let TokenKind::String(text) = self.advance().kind else {
            return Err(self.mismatched(&["<string>"]));
        };
        let from = self.unit()?;
        let to = match self.take_word("to") {
            true => Some(self.unit()?),
            false => None,
        };
        Ok(Some(Kind::Interval(IntervalText {
            negative,
            text,
            from,
            to,
        })))
    }

    fn unit(&mut self) -> Judged<super::ast::Name> {
        let units = ["second", "minute", "hour", "day", "month", "year"];
        if !units.iter().any(|unit| self.is_word(unit)) {
            let expected = units.map(|unit| format!("'{}'", unit.to_uppercase()));
            let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
            return Err(self.mismatched(&expected));
        }
        self.name()
    }

    /// `DATE '2026-01-01'`, `DOUBLE PRECISION '1'`: a name with a text directly behind it.
    pub(super) fn typed_literal(&mut self) -> Judged<Option<Kind>> {
        let is_text = |kind: &TokenKind| matches!(kind, TokenKind::String(_));
        let words = match self.is_word("double") && self.is_word_at(1, "precision") {
            true => 2,
            false => 1,
        };
        if !is_text(&self.peek_at(words).kind) {
            return Ok(None);
        }
        let at = self.here();
        let name = self.name()?.key();
        if words == 2 {
            self.advance();
        }
        let TokenKind::String(text) = self.advance().kind else {
            return Err(self.mismatched(&["<string>"]));
        };
        let name = TypeName {
            name,
            arguments: Vec::new(),
            at,
        };
        Ok(Some(Kind::Typed(name, text)))
    }

    /// A type: `varchar(10)`, `timestamp(3) with time zone`, `array<integer>`, `row(a integer)`.
    pub(super) fn type_name(&mut self) -> Judged<TypeName> {
        self.deeper(|parser| {
            let at = parser.here();
            let mut name = parser.name()?.key();
            if name == "double" {
                parser.take_word("precision");
            }
            if name == "interval" {
                let from = parser.unit()?.key();
                parser.expect_word("to")?;
                name = format!("interval {from} to {}", parser.unit()?.key());
            }
            let mut arguments = Vec::new();
            if parser.take_symbol("(") {
                arguments = parser.list(Self::type_argument)?;
                parser.expect_symbol(")")?;
            } else if parser.take_symbol("<") {
                arguments = parser.list(Self::type_argument)?;
                parser.expect_symbol(">")?;
            }
            if name == "timestamp" || name == "time" {
                if parser.take_words(&["with", "time", "zone"]) {
                    name.push_str(" with time zone");
                } else {
                    parser.take_words(&["without", "time", "zone"]);
                }
            }
            let mut found = TypeName {
                name,
                arguments,
                at,
            };
            while parser.take_word("array") {
                found = TypeName {
                    name: "array".to_owned(),
                    arguments: vec![TypeArgument::Type(None, found)],
                    at,
                };
            }
            Ok(found)
        })
    }

    fn type_argument(&mut self) -> Judged<TypeArgument> {
        if let TokenKind::Integer(text) = self.peek().kind.clone() {
            let at = self.advance().at;
            return Self::whole(&text, at).map(TypeArgument::Number);
        }
        let ends = [",", ")", ">", "(", "<"];
        let alone = ends.iter().any(|symbol| self.is_symbol_at(1, symbol));
        let words = ["precision", "with", "without", "day", "year"];
        if alone || words.iter().any(|word| self.is_word_at(1, word)) {
            return self.type_name().map(|of| TypeArgument::Type(None, of));
        }
        let name = self.name()?;
        Ok(TypeArgument::Type(Some(name), self.type_name()?))
    }
}
