use super::mark::Mark;

/// A piece of a masked text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A character between words.
    Between(char),
    /// A word of the text.
    Word(String),
    /// A value.
    Mark(Mark),
}

/// The pieces of a masked text.
pub(super) fn tokens(masked: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut word = String::new();
    for c in masked.chars() {
        if c.is_alphanumeric() || matches!(c, '_' | '-') {
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            tokens.push(Token::Word(std::mem::take(&mut word)));
        }
        tokens.push(Mark::of(c).map_or(Token::Between(c), Token::Mark));
    }
    if !word.is_empty() {
        tokens.push(Token::Word(word));
    }
    tokens
}

/// What two texts must have in common to be compared at all: the characters between words, and the names in
/// front of `=` and `":`.
pub(super) fn skeleton(tokens: &[Token]) -> String {
    let mut skeleton = String::new();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Between(c) => skeleton.push(*c),
            Token::Word(word) if is_name(tokens, at) => skeleton.push_str(word),
            Token::Word(_) | Token::Mark(_) => skeleton.push(Mark::Token.character()),
        }
    }
    skeleton
}

/// Whether the word names a value: `name=` or `"name":`.
pub(super) fn is_name(tokens: &[Token], at: usize) -> bool {
    let behind = |n: usize| match tokens.get(at + n) {
        Some(Token::Between(c)) => Some(*c),
        _ => None,
    };
    behind(1) == Some('=') || (behind(1) == Some('"') && behind(2) == Some(':'))
}
