use std::collections::BTreeMap;

use super::reserved::is_reserved;
use crate::catalog::error::DdlError;
use crate::catalog::statement::TableName;
use crate::catalog::token::{Token, tokens};

/// Reads a statement token by token.
#[derive(Debug)]
pub(super) struct Cursor<'a> {
    text: &'a str,
    tokens: Vec<(usize, Token)>,
    next: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn try_new(text: &'a str) -> Result<Self, DdlError> {
        Ok(Self {
            text,
            tokens: tokens(text)?,
            next: 0,
        })
    }

    pub(super) fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|(_, token)| token)
    }

    /// Takes the next token.
    pub(super) fn take(&mut self) -> Option<Token> {
        let token = self.peek().cloned();
        self.next += 1;
        token
    }

    /// A mistake at the next token: `mismatched input 'x', expected …`.
    pub(super) fn expected(&self, what: &str) -> DdlError {
        let (at, found) = match self.tokens.get(self.next) {
            Some((at, token)) => (*at, shown(token)),
            None => (self.text.len(), "<EOF>".to_owned()),
        };
        DdlError::at(
            self.text,
            at,
            format!("mismatched input '{found}', expected {what}"),
        )
    }

    /// A mistake at the next token, in other words.
    pub(super) fn refused(&self, message: impl Into<String>) -> DdlError {
        let at = self
            .tokens
            .get(self.next)
            .map_or(self.text.len(), |(at, _)| *at);
        DdlError::at(self.text, at, message)
    }

    /// A mistake at the token before.
    pub(super) fn refused_before(&self, message: impl Into<String>) -> DdlError {
        let token = self.tokens.get(self.next.saturating_sub(1));
        DdlError::at(self.text, token.map_or(0, |(at, _)| *at), message)
    }

    /// The next token as a word in capitals; empty where it is none.
    pub(super) fn word(&self) -> String {
        self.word_after(0)
    }

    /// The same, `ahead` tokens later.
    pub(super) fn word_after(&self, ahead: usize) -> String {
        match self.tokens.get(self.next + ahead) {
            Some((_, Token::Word(word))) => word.to_ascii_uppercase(),
            _ => String::new(),
        }
    }

    /// Takes `words` if they come next, all of them or none.
    pub(super) fn accept(&mut self, words: &[&str]) -> bool {
        let comes = |(ahead, word): (usize, &&str)| self.word_after(ahead) == **word;
        let all = words.iter().enumerate().all(comes);
        if all {
            self.next += words.len();
        }
        all
    }

    pub(super) fn require(&mut self, words: &[&str]) -> Result<(), DdlError> {
        match self.accept(words) {
            true => Ok(()),
            false => Err(self.expected(&words.join(" "))),
        }
    }

    pub(super) fn accept_sign(&mut self, sign: char) -> bool {
        let comes = self.peek() == Some(&Token::Sign(sign));
        if comes {
            self.next += 1;
        }
        comes
    }

    pub(super) fn require_sign(&mut self, sign: char) -> Result<(), DdlError> {
        match self.accept_sign(sign) {
            true => Ok(()),
            false => Err(self.expected(&format!("'{sign}'"))),
        }
    }

    /// A text in quotes.
    pub(super) fn text(&mut self, what: &str) -> Result<String, DdlError> {
        match self.peek().cloned() {
            Some(Token::Text(text)) => {
                self.next += 1;
                Ok(text)
            }
            _ => Err(self.expected(what)),
        }
    }

    /// A name in small letters, in backticks or without; what is reserved or begins with `_` needs them.
    pub(super) fn name(&mut self, what: &str) -> Result<String, DdlError> {
        match self.peek().cloned() {
            Some(Token::Name(name)) if name.trim().is_empty() => Err(self.expected(what)),
            Some(Token::Name(name)) => {
                self.next += 1;
                Ok(name.to_lowercase())
            }
            Some(Token::Word(word)) => {
                let name = word.to_lowercase();
                if is_reserved(&name) || name.starts_with('_') {
                    let message = format!("'{word}' is a name only in backticks: `{name}`");
                    return Err(self.refused(message));
                }
                self.next += 1;
                Ok(name)
            }
            Some(Token::Text(_)) => Err(self.refused(format!(
                "{what} stands in backticks or without quotes, found a text in quotes"
            ))),
            _ => Err(self.expected(what)),
        }
    }

    /// `database.table`, `table`, or Hive's one name `database.table` in backticks.
    pub(super) fn table_name(&mut self) -> Result<TableName, DdlError> {
        let first = self.name("the name of a table")?;
        if self.accept_sign('.') {
            let table = self.name("the name of a table")?;
            return Ok(TableName {
                database: Some(first),
                table,
            });
        }
        Ok(match first.split_once('.') {
            Some((database, table)) => TableName {
                database: Some(database.to_owned()),
                table: table.to_owned(),
            },
            None => TableName {
                database: None,
                table: first,
            },
        })
    }

    /// `('key' = 'value', …)`.
    pub(super) fn properties(&mut self) -> Result<BTreeMap<String, String>, DdlError> {
        let mut properties = BTreeMap::new();
        self.require_sign('(')?;
        loop {
            let key = self.text("the name of a property, in quotes")?;
            self.require_sign('=')?;
            let value = self.text("the value of a property, in quotes")?;
            properties.insert(key, value);
            if !self.accept_sign(',') {
                break;
            }
        }
        self.require_sign(')')?;
        Ok(properties)
    }

    /// The statement ends here, with or without a semicolon.
    pub(super) fn end(&mut self) -> Result<(), DdlError> {
        self.accept_sign(';');
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.expected("the end of the statement")),
        }
    }
}

fn shown(token: &Token) -> String {
    match token {
        Token::Word(text) | Token::Number(text) => text.clone(),
        Token::Name(name) => format!("`{name}`"),
        Token::Text(text) => text.chars().take(40).collect(),
        Token::Sign(sign) => sign.to_string(),
    }
}
