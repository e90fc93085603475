use belfry_engine::diag::Span;

use super::ast::{Expr, Name, Query};
use super::lex::{Token, TokenKind, lex};
use crate::refusal::{Judged, Refusal};

/// How deep expressions and queries may stand in each other. Trino has no such limit but its stack.
const DEEPEST: usize = 150;

/// Words that are no names unless they stand in quotes (Trino documentation, "Reserved keywords").
const RESERVED: [&str; 79] = [
    "alter",
    "and",
    "as",
    "between",
    "by",
    "case",
    "cast",
    "constraint",
    "create",
    "cross",
    "cube",
    "current_catalog",
    "current_date",
    "current_path",
    "current_role",
    "current_schema",
    "current_time",
    "current_timestamp",
    "current_user",
    "deallocate",
    "delete",
    "describe",
    "distinct",
    "drop",
    "else",
    "end",
    "escape",
    "except",
    "execute",
    "exists",
    "extract",
    "false",
    "for",
    "from",
    "full",
    "group",
    "grouping",
    "having",
    "in",
    "inner",
    "insert",
    "intersect",
    "into",
    "is",
    "join",
    "json_array",
    "json_exists",
    "json_object",
    "json_query",
    "json_value",
    "left",
    "like",
    "listagg",
    "localtime",
    "localtimestamp",
    "natural",
    "normalize",
    "not",
    "null",
    "on",
    "or",
    "order",
    "outer",
    "prepare",
    "recursive",
    "right",
    "rollup",
    "select",
    "skip",
    "table",
    "then",
    "trim",
    "true",
    "uescape",
    "union",
    "unnest",
    "using",
    "values",
    "when",
];
const RESERVED_TOO: [&str; 2] = ["where", "with"];

/// Statements that are no queries.
const STATEMENTS: [&str; 24] = [
    "alter",
    "analyze",
    "call",
    "create",
    "deallocate",
    "delete",
    "deny",
    "desc",
    "describe",
    "drop",
    "execute",
    "explain",
    "grant",
    "insert",
    "merge",
    "msck",
    "optimize",
    "prepare",
    "refresh",
    "revoke",
    "show",
    "unload",
    "update",
    "vacuum",
];

/// Reads one query; a semicolon may stand behind it.
pub(crate) fn parse(text: &str) -> Judged<Query> {
    let mut parser = Parser::new(text)?;
    if let Some(word) = parser
        .word()
        .filter(|word| STATEMENTS.contains(&word.as_str()))
    {
        let at = parser.peek().at;
        let name = word.to_uppercase();
        return Err(Refusal::unsupported(
            at,
            format!("{name} is no query; queries begin with SELECT, WITH, VALUES or TABLE"),
        ));
    }
    let query = parser.query()?;
    parser.take_symbol(";");
    parser.end()?;
    Ok(query)
}

/// Reads one expression, such as the value of a parameter.
pub(crate) fn parse_expression(text: &str) -> Judged<Expr> {
    let mut parser = Parser::new(text)?;
    let expr = parser.expression()?;
    parser.end()?;
    Ok(expr)
}

pub(super) struct Parser {
    tokens: Vec<Token>,
    next: usize,
    pub(super) parameters: usize,
    depth: usize,
}

impl Parser {
    fn new(text: &str) -> Judged<Self> {
        Ok(Self {
            tokens: lex(text)?,
            next: 0,
            parameters: 0,
            depth: 0,
        })
    }

    pub(super) fn peek(&self) -> &Token {
        self.peek_at(0)
    }

    pub(super) fn peek_at(&self, ahead: usize) -> &Token {
        static END: Token = Token {
            kind: TokenKind::End,
            at: Span { start: 0, end: 0 },
        };
        let last = self.tokens.last().unwrap_or(&END);
        self.tokens.get(self.next + ahead).unwrap_or(last)
    }

    pub(super) fn advance(&mut self) -> Token {
        let token = self.peek().clone();
        self.next += 1;
        token
    }

    /// Where the next token begins.
    pub(super) fn here(&self) -> Span {
        self.peek().at
    }

    /// From a place to the end of what was read last.
    pub(super) fn since(&self, start: Span) -> Span {
        let last = self
            .next
            .checked_sub(1)
            .and_then(|last| self.tokens.get(last));
        Span::new(
            start.start,
            last.map_or(start.end, |token| token.at.end.max(start.end)),
        )
    }

    /// The next token as a word in small letters.
    pub(super) fn word(&self) -> Option<String> {
        self.word_at(0)
    }

    pub(super) fn word_at(&self, ahead: usize) -> Option<String> {
        match &self.peek_at(ahead).kind {
            TokenKind::Word(word) => Some(word.to_lowercase()),
            _ => None,
        }
    }

    pub(super) fn is_word(&self, word: &str) -> bool {
        self.is_word_at(0, word)
    }

    pub(super) fn is_word_at(&self, ahead: usize, word: &str) -> bool {
        matches!(&self.peek_at(ahead).kind, TokenKind::Word(found) if found.eq_ignore_ascii_case(word))
    }

    pub(super) fn is_symbol(&self, symbol: &str) -> bool {
        self.is_symbol_at(0, symbol)
    }

    pub(super) fn is_symbol_at(&self, ahead: usize, symbol: &str) -> bool {
        matches!(self.peek_at(ahead).kind, TokenKind::Symbol(found) if found == symbol)
    }

    pub(super) fn take_word(&mut self, word: &str) -> bool {
        let found = self.is_word(word);
        self.next += usize::from(found);
        found
    }

    /// All of these words or none.
    pub(super) fn take_words(&mut self, words: &[&str]) -> bool {
        let found = (0..)
            .zip(words)
            .all(|(ahead, word)| self.is_word_at(ahead, word));
        self.next += if found { words.len() } else { 0 };
        found
    }

    pub(super) fn take_symbol(&mut self, symbol: &str) -> bool {
        let found = self.is_symbol(symbol);
        self.next += usize::from(found);
        found
    }

    pub(super) fn expect_word(&mut self, word: &str) -> Judged<()> {
        match self.take_word(word) {
            true => Ok(()),
            false => Err(self.mismatched(&[&format!("'{}'", word.to_uppercase())])),
        }
    }

    pub(super) fn expect_symbol(&mut self, symbol: &str) -> Judged<()> {
        match self.take_symbol(symbol) {
            true => Ok(()),
            false => Err(self.mismatched(&[&format!("'{symbol}'")])),
        }
    }

    fn end(&self) -> Judged<()> {
        match self.peek().kind {
            TokenKind::End => Ok(()),
            _ => Err(self.mismatched(&["<EOF>"])),
        }
    }

    /// The next token does not fit. Trino lists all that would; this lists what was looked for.
    pub(super) fn mismatched(&self, expected: &[&str]) -> Box<Refusal> {
        let token = self.peek();
        let found = match &token.kind {
            TokenKind::Word(text)
            | TokenKind::Integer(text)
            | TokenKind::Decimal(text)
            | TokenKind::Double(text) => text.clone(),
            TokenKind::Quoted(text) => format!("\"{text}\""),
            TokenKind::String(text) => format!("'{text}'"),
            TokenKind::Binary(_) => "X'…'".to_owned(),
            TokenKind::Symbol(symbol) => (*symbol).to_owned(),
            TokenKind::End => "<EOF>".to_owned(),
        };
        let expected = expected.join(", ");
        Refusal::athena(
            "SYNTAX_ERROR",
            token.at,
            format!("mismatched input '{found}'. Expecting: {expected}"),
        )
    }

    pub(super) fn unsupported<T>(&self, what: &str) -> Judged<T> {
        Err(Refusal::unsupported(
            self.here(),
            format!("{what} not supported here"),
        ))
    }

    /// A name: quoted, or a word that is not reserved.
    pub(super) fn name(&mut self) -> Judged<Name> {
        match self.take_name() {
            Some(name) => Ok(name),
            None => Err(self.mismatched(&["<identifier>"])),
        }
    }

    pub(super) fn take_name(&mut self) -> Option<Name> {
        let Token { kind, at } = self.peek().clone();
        let text = match kind {
            TokenKind::Quoted(text) => text,
            TokenKind::Word(text) if !is_reserved(&text) => text,
            _ => return None,
        };
        self.next += 1;
        Some(Name { text, at })
    }

    pub(super) fn names_in_brackets(&mut self) -> Judged<Vec<Name>> {
        self.expect_symbol("(")?;
        let names = self.list(Self::name)?;
        self.expect_symbol(")")?;
        Ok(names)
    }

    pub(super) fn list<T>(&mut self, read: impl Fn(&mut Self) -> Judged<T>) -> Judged<Vec<T>> {
        let mut all = vec![read(self)?];
        while self.take_symbol(",") {
            all.push(read(self)?);
        }
        Ok(all)
    }

    /// Reads what may stand inside itself, to a depth.
    pub(super) fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Judged<T>) -> Judged<T> {
        if self.depth >= DEEPEST {
            return Err(Refusal::unsupported(
                self.here(),
                format!("expressions and queries may be nested {DEEPEST} deep here"),
            ));
        }
        self.depth += 1;
        let read = read(self);
        self.depth -= 1;
        read
    }

    /// Tries to read; where it does not fit, nothing has been read.
    pub(super) fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Judged<T>) -> Option<T> {
        let (next, parameters, depth) = (self.next, self.parameters, self.depth);
        let found = read(self).ok();
        if found.is_none() {
            (self.next, self.parameters, self.depth) = (next, parameters, depth);
        }
        found
    }
}

fn is_reserved(word: &str) -> bool {
    let word = word.to_lowercase();
    RESERVED.contains(&word.as_str()) || RESERVED_TOO.contains(&word.as_str())
}
