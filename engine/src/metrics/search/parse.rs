use std::collections::BTreeSet;

use super::term::Pieces;
use super::{Designator, Schema, Search, Term, Terms};
use crate::diag::Span;

/// The longest search ("CloudWatch search expression syntax").
const LONGEST: usize = 1024;
/// Parentheses and NOTs within each other.
const DEEPEST: usize = 64;

/// What is wrong with a search, and where in its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::metrics) struct Mistake {
    pub(in crate::metrics) span: Span,
    pub(in crate::metrics) message: String,
}

type Result<T> = std::result::Result<T, Mistake>;

impl Search {
    /// Parses the text between the quotes.
    pub(in crate::metrics) fn parse(text: &str) -> Result<Self> {
        if text.chars().count() > LONGEST {
            let message = format!("a search has at most {LONGEST} characters");
            let span = Span::new(0, text.len());
            return Err(Mistake { span, message });
        }
        let mut parser = Parser {
            text,
            at: 0,
            depth: 0,
        };
        let schema = parser.eat("{").then(|| parser.schema()).transpose()?;
        let terms = if parser.rest().trim().is_empty() {
            None
        } else {
            Some(parser.any(None)?)
        };
        parser.skip_blanks();
        if !parser.rest().is_empty() {
            return Err(parser.wrong("a term, `AND`, `OR`, `NOT` or the end"));
        }
        if schema.is_none() && terms.is_none() {
            return Err(parser.wrong("a schema `{…}` or a term"));
        }
        Ok(Self { schema, terms })
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip_blanks(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    fn peek(&mut self) -> Option<char> {
        self.skip_blanks();
        self.rest().chars().next()
    }

    fn eat(&mut self, sign: &str) -> bool {
        self.skip_blanks();
        let found = self.rest().starts_with(sign);
        self.at += if found { sign.len() } else { 0 };
        found
    }

    /// Goes past `word`, where it stands alone; operators have capitals.
    fn eat_word(&mut self, word: &str) -> bool {
        self.skip_blanks();
        let found = self.word_length(self.rest()) == word.len() && self.rest().starts_with(word);
        self.at += if found { word.len() } else { 0 };
        found
    }

    fn word_length(&self, rest: &str) -> usize {
        let ends = |c: char| c.is_whitespace() || "(){},=\"".contains(c);
        rest.find(ends).unwrap_or(rest.len())
    }

    fn schema(&mut self) -> Result<Schema> {
        let namespace = self.name("a namespace")?;
        let mut dimensions = BTreeSet::new();
        while self.eat(",") {
            dimensions.insert(self.name("a dimension's name")?);
        }
        if !self.eat("}") {
            return Err(self.wrong("`,` or `}`"));
        }
        self.eat(",");
        Ok(Schema {
            namespace,
            dimensions,
        })
    }

    /// A name in double quotes or without.
    fn name(&mut self, expected: &str) -> Result<String> {
        if self.peek() == Some('"') {
            return self.quoted();
        }
        match self.word_length(self.rest()) {
            0 => Err(self.wrong(expected)),
            length => {
                let name = self.rest().get(..length).unwrap_or_default();
                self.at += length;
                Ok(name.to_owned())
            }
        }
    }

    /// Text in double quotes; a backslash stands before `"`, `\`, `(` and `)`.
    fn quoted(&mut self) -> Result<String> {
        let start = self.at;
        let mut text = String::new();
        let mut characters = self.rest().char_indices().skip(1);
        while let Some((at, c)) = characters.next() {
            match c {
                '"' => {
                    self.at = start + at + 1;
                    return Ok(text);
                }
                '\\' => {
                    let escaped = characters.next().map(|(_, c)| c);
                    match escaped.filter(|c| "\"\\()".contains(*c)) {
                        Some(c) => text.push(c),
                        None => {
                            self.at = start + at;
                            return Err(self.wrong("`\\\"`, `\\\\`, `\\(` or `\\)`"));
                        }
                    }
                }
                c => text.push(c),
            }
        }
        let message = "a quote without its closing `\"`".to_owned();
        let span = Span::new(start, self.text.len());
        Err(Mistake { span, message })
    }

    fn any(&mut self, designator: Option<&Designator>) -> Result<Terms> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.mistake(format!("nested more than {DEEPEST} deep")));
        }
        let mut any = vec![self.all(designator)?];
        while self.eat_word("OR") {
            any.push(self.all(designator)?);
        }
        self.depth -= 1;
        Ok(only(any, Terms::Any))
    }

    /// Terms side by side are joined by AND.
    fn all(&mut self, designator: Option<&Designator>) -> Result<Terms> {
        let mut all = vec![self.not(designator)?];
        loop {
            let is_and = self.eat_word("AND");
            let ends = matches!(self.peek(), None | Some(')')) || self.is_next("OR");
            if ends && !is_and {
                return Ok(only(all, Terms::All));
            }
            all.push(self.not(designator)?);
        }
    }

    fn is_next(&mut self, word: &str) -> bool {
        let at = self.at;
        let found = self.eat_word(word);
        self.at = at;
        found
    }

    fn not(&mut self, designator: Option<&Designator>) -> Result<Terms> {
        if self.eat_word("NOT") {
            return Ok(Terms::Not(Box::new(self.primary(designator)?)));
        }
        self.primary(designator)
    }

    fn primary(&mut self, designator: Option<&Designator>) -> Result<Terms> {
        if self.eat("(") {
            let inner = self.any(designator)?;
            return match self.eat(")") {
                true => Ok(inner),
                false => Err(self.wrong("`)`")),
            };
        }
        if self.is_next("OR") || self.is_next("AND") || self.is_next("NOT") {
            return Err(self.wrong("a term"));
        }
        let is_quoted = self.peek() == Some('"');
        let start = self.at;
        let name = self.name("a term")?;
        if designator.is_none() && self.eat("=") {
            if let Some(sign) = name.chars().find(|c| !is_quoted && "!<>~".contains(*c)) {
                let span = Span::new(start, self.at);
                let message = format!(
                    "`{sign}=` is no comparison of a search: expected `=`, or `NOT` before the name"
                );
                return Err(Mistake { span, message });
            }
            let own = Designator::named(&name);
            return self.designated(&own);
        }
        let term = if is_quoted {
            Term::Exact(name)
        } else {
            let pieces = Pieces::of(&name);
            if pieces.is_empty() {
                let span = Span::new(start, self.at);
                let message = format!("`{name}` has no letter or digit to search for");
                return Err(Mistake { span, message });
            }
            Term::Partial(pieces)
        };
        Ok(Terms::One {
            designator: designator.cloned(),
            term,
        })
    }

    /// What stands behind `designator=`: a term, or terms in parentheses.
    fn designated(&mut self, designator: &Designator) -> Result<Terms> {
        self.primary(Some(designator))
    }

    fn wrong(&mut self, expected: &str) -> Mistake {
        let found = match self.peek() {
            None => "the end".to_owned(),
            Some(c) => format!("`{c}`"),
        };
        self.mistake(format!("expected {expected}, found {found}"))
    }

    fn mistake(&self, message: String) -> Mistake {
        let length = self.rest().chars().next().map_or(0, char::len_utf8);
        let span = Span::new(self.at, self.at + length);
        Mistake { span, message }
    }
}

impl Designator {
    fn named(name: &str) -> Self {
        match name {
            "MetricName" => Self::MetricName,
            "Namespace" => Self::Namespace,
            ":aws.AccountId" => Self::AccountId,
            dimension => Self::Dimension(dimension.to_owned()),
        }
    }
}

fn only(mut several: Vec<Terms>, join: fn(Vec<Terms>) -> Terms) -> Terms {
    match several.pop() {
        Some(one) if several.is_empty() => one,
        last => {
            several.extend(last);
            join(several)
        }
    }
}
