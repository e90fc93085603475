use super::lexer::{Token, TokenKind, lex};
use super::{Amount, RuleExpression};
use crate::alarms::StateValue;
use crate::diag::{Diagnostic, Span, alarm_rule};

/// What an operand may begin with, in the words that PutCompositeAlarm was recorded to use.
const OPERAND: &str =
    "must be: '(', 'NOT', AT_LEAST, TRUE or FALSE, ALARM, OK, or INSUFFICIENT_DATA";
const OPERAND_AFTER_NOT: &str =
    "must be: '(', AT_LEAST, TRUE or FALSE, ALARM, OK, or INSUFFICIENT_DATA";
const MOST_ELEMENTS: usize = 500;

/// Reads a whole rule. NOT binds tighter than AND, AND tighter than OR: no page says so, but it agrees with
/// every documented example.
pub(super) fn parse(text: &str) -> Result<RuleExpression, Box<Diagnostic>> {
    let mut parser = Parser {
        text,
        tokens: lex(text)?,
        next: 0,
    };
    parser.check_elements()?;
    let rule = parser.or()?;
    match parser.peek() {
        None => Ok(rule),
        Some(_) => Err(parser.unexpected("must be: 'AND' or 'OR'")),
    }
}

struct Parser<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    next: usize,
}

type Parsed<T> = Result<T, Box<Diagnostic>>;

impl Parser<'_> {
    /// Parentheses are counted one by one, those of functions too: which ones AWS counts is not published, and
    /// this way no rule is taken that AWS might refuse. It also bounds the depth of the tree.
    fn check_elements(&self) -> Parsed<()> {
        let is_keyword = |token: &&Token| {
            let word = token.span.text(self.text);
            matches!(word, "AND" | "OR" | "NOT" | "AT_LEAST") || state(word).is_some()
        };
        let counted = |token: &&Token| token.kind != TokenKind::Comma && !is_keyword(token);
        match self.tokens.iter().filter(counted).nth(MOST_ELEMENTS) {
            None => Ok(()),
            Some(first_too_many) => Err(Box::new(Diagnostic::error(
                &alarm_rule::LIMIT_EXCEEDED,
                first_too_many.span,
                format!("the alarm rule has more than {MOST_ELEMENTS} elements"),
            ))),
        }
    }

    fn or(&mut self) -> Parsed<RuleExpression> {
        self.list("OR", Self::and, RuleExpression::Or)
    }

    fn and(&mut self) -> Parsed<RuleExpression> {
        self.list("AND", Self::not, RuleExpression::And)
    }

    fn list(
        &mut self,
        word: &str,
        part: fn(&mut Self) -> Parsed<RuleExpression>,
        join: fn(Vec<RuleExpression>) -> RuleExpression,
    ) -> Parsed<RuleExpression> {
        let first = part(self)?;
        if !self.is_word(word) {
            return Ok(first);
        }
        let mut parts = vec![first];
        while self.take_word(word) {
            parts.push(part(self)?);
        }
        Ok(join(parts))
    }

    fn not(&mut self) -> Parsed<RuleExpression> {
        match self.take_word("NOT") {
            true => Ok(RuleExpression::Not(Box::new(
                self.operand(OPERAND_AFTER_NOT)?,
            ))),
            false => self.operand(OPERAND),
        }
    }

    fn operand(&mut self, expected: &str) -> Parsed<RuleExpression> {
        if self.take(&TokenKind::Open) {
            let inner = self.or()?;
            self.expect(&TokenKind::Close, "must be: ')'")?;
            return Ok(inner);
        }
        let word = self.word().unwrap_or_default();
        match word {
            "TRUE" | "FALSE" => {
                let value = word == "TRUE";
                self.next += 1;
                Ok(RuleExpression::Constant(value))
            }
            "AT_LEAST" => self.at_least(),
            _ => {
                let state = state(word).ok_or_else(|| self.unexpected(expected))?;
                self.next += 1;
                self.expect(&TokenKind::Open, "must be: '('")?;
                let alarm = self.alarm()?;
                self.expect(&TokenKind::Close, "must be: ')'")?;
                Ok(RuleExpression::Is(state, alarm))
            }
        }
    }

    fn at_least(&mut self) -> Parsed<RuleExpression> {
        self.next += 1;
        self.expect(&TokenKind::Open, "must be: '('")?;
        let place = self.place();
        let amount = self.amount()?;
        self.expect(&TokenKind::Comma, "must be: ','")?;
        let negated = self.take_word("NOT");
        let states = "must be: ALARM, OK, or INSUFFICIENT_DATA";
        let state = self.word().and_then(state);
        let state = state.ok_or_else(|| self.unexpected(states))?;
        self.next += 1;
        self.expect(&TokenKind::Comma, "must be: ','")?;
        self.expect(&TokenKind::Open, "must be: '('")?;
        let mut alarms = vec![self.alarm()?];
        while self.take(&TokenKind::Comma) {
            alarms.push(self.alarm()?);
        }
        self.expect(&TokenKind::Close, "must be: ',' or ')'")?;
        self.expect(&TokenKind::Close, "must be: ')'")?;
        check_amount(amount, alarms.len(), place)?;
        Ok(RuleExpression::AtLeast {
            amount,
            negated,
            state,
            alarms,
        })
    }

    fn amount(&mut self) -> Parsed<Amount> {
        let word = self.word().unwrap_or_default();
        let (digits, make): (_, fn(usize) -> Amount) = match word.strip_suffix('%') {
            Some(digits) => (digits, Amount::Percent),
            None => (word, Amount::Count),
        };
        let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        let number = digits.parse().ok().filter(|_| is_number);
        let number = number.ok_or_else(|| self.unexpected("must be: a number or a percentage"))?;
        self.next += 1;
        Ok(make(number))
    }

    fn alarm(&mut self) -> Parsed<String> {
        let name = match self.peek() {
            Some(Token {
                kind: TokenKind::Quoted(name),
                ..
            }) => name.clone(),
            Some(Token {
                kind: TokenKind::Word,
                span,
            }) => span.text(self.text).to_owned(),
            _ => return Err(self.unexpected("must be: the name or the ARN of an alarm")),
        };
        self.next += 1;
        Ok(name)
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next)
    }

    fn word(&self) -> Option<&str> {
        let token = self.peek()?;
        (token.kind == TokenKind::Word).then(|| token.span.text(self.text))
    }

    fn is_word(&self, word: &str) -> bool {
        self.word() == Some(word)
    }

    fn take_word(&mut self, word: &str) -> bool {
        let is_there = self.is_word(word);
        self.next += usize::from(is_there);
        is_there
    }

    fn take(&mut self, kind: &TokenKind) -> bool {
        let is_there = self.peek().is_some_and(|token| token.kind == *kind);
        self.next += usize::from(is_there);
        is_there
    }

    fn expect(&mut self, kind: &TokenKind, expected: &str) -> Parsed<()> {
        match self.take(kind) {
            true => Ok(()),
            false => Err(self.unexpected(expected)),
        }
    }

    /// Where the next token stands; the end of the text where there is none.
    fn place(&self) -> Span {
        let end = Span::new(self.text.len(), self.text.len());
        self.peek().map_or(end, |token| token.span)
    }

    /// `expected` stands in the label: the fault that AWS answers is made of it.
    fn unexpected(&self, expected: &str) -> Box<Diagnostic> {
        let span = self.place();
        let message = match span.text(self.text) {
            "" => "the alarm rule ends too early".to_owned(),
            found => format!("unexpected token `{found}` in the alarm rule"),
        };
        let mistake =
            Diagnostic::error(&alarm_rule::UNEXPECTED_TOKEN, span, message).label(expected);
        let upper = span.text(self.text).to_ascii_uppercase();
        let is_keyword = matches!(
            upper.as_str(),
            "AND" | "OR" | "NOT" | "TRUE" | "FALSE" | "AT_LEAST"
        ) || state(&upper).is_some();
        Box::new(match is_keyword && upper != span.text(self.text) {
            true => mistake.replace(span, upper, "keywords stand in capitals"),
            false => mistake,
        })
    }
}

fn state(word: &str) -> Option<StateValue> {
    StateValue::ALL
        .into_iter()
        .find(|state| state.as_str() == word)
}

/// The limits of the amount are not published; an amount that no list can reach, or that every list reaches, is
/// refused.
fn check_amount(amount: Amount, alarms: usize, place: Span) -> Parsed<()> {
    let (given, most, unit) = match amount {
        Amount::Count(count) => (count, alarms, ""),
        Amount::Percent(percent) => (percent, 100, "%"),
    };
    if (1..=most).contains(&given) {
        return Ok(());
    }
    Err(Box::new(Diagnostic::error(
        &alarm_rule::BAD_AMOUNT,
        place,
        format!("the amount of AT_LEAST is `{given}{unit}`, expected 1{unit} to {most}{unit}"),
    )))
}
