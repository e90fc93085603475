use crate::diag::Span;
use crate::insights::period::Period;

/// A piece of the text.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::insights) struct Token {
    /// What it is.
    pub(in crate::insights) kind: TokenKind,
    /// Where it stands.
    pub(in crate::insights) span: Span,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::insights) enum TokenKind {
    /// A name or key word; `quoted` where it has backticks, which are taken off. `cuts` are the offsets
    /// of the dots in `name` that stand outside backticks.
    Word {
        name: String,
        quoted: bool,
        cuts: Vec<usize>,
    },
    /// A number as written.
    Number(String),
    /// `5m`
    Period(Period),
    /// A string, unescaped.
    Text(String),
    /// A regex without its slashes.
    Regex(String),
    /// `{{name}}`, where a saved query takes a parameter.
    Placeholder(String),
    /// An operator or bracket.
    Symbol(Symbol),
    /// The end of the text.
    End,
}

/// Operators, brackets and separators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::insights) enum Symbol {
    Pipe,
    Comma,
    Open,
    Close,
    OpenList,
    CloseList,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Matches,
    Plus,
    Minus,
    Star,
    Slash,
    Percent,
    Caret,
    Bang,
    /// A dot behind a bracket; inside a name it belongs to the name.
    Dot,
    /// Before the name of a saved query, where a command may stand.
    Dollar,
    /// `{`, `}` and `:` stand only behind `SOURCE`.
    OpenBrace,
    CloseBrace,
    Colon,
}

/// Longest first, so that `<=` is not `<` and `=`.
pub(super) const SYMBOLS: &[(&str, Symbol)] = &[
    ("==", Symbol::Equal),
    ("=~", Symbol::Matches),
    ("!=", Symbol::NotEqual),
    ("<=", Symbol::LessOrEqual),
    (">=", Symbol::GreaterOrEqual),
    ("|", Symbol::Pipe),
    (",", Symbol::Comma),
    ("(", Symbol::Open),
    (")", Symbol::Close),
    ("[", Symbol::OpenList),
    ("]", Symbol::CloseList),
    ("=", Symbol::Equal),
    ("<", Symbol::Less),
    (">", Symbol::Greater),
    ("+", Symbol::Plus),
    ("-", Symbol::Minus),
    ("*", Symbol::Star),
    ("/", Symbol::Slash),
    ("%", Symbol::Percent),
    ("^", Symbol::Caret),
    ("!", Symbol::Bang),
];

impl TokenKind {
    /// Whether this is the key word `word`, letter case aside.
    pub(in crate::insights) fn is_word(&self, word: &str) -> bool {
        matches!(self, Self::Word { name, quoted: false, .. } if name.eq_ignore_ascii_case(word))
    }

    /// Whether a value ends here, so that a following `/` divides.
    pub(super) fn ends_value(&self) -> bool {
        match self {
            Self::Word { .. } => {
                !self.is_word("like") && !self.is_word("and") && !self.is_word("or")
            }
            Self::Symbol(symbol) => matches!(symbol, Symbol::Close | Symbol::CloseList),
            Self::End => false,
            Self::Number(_)
            | Self::Period(_)
            | Self::Text(_)
            | Self::Regex(_)
            | Self::Placeholder(_) => true,
        }
    }
}
