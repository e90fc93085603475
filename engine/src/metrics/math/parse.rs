use super::ast::{KEYWORDS, NOT_CHAINED, Node, NodeKind, Operator};
use super::token::{Token, tokens};
use crate::diag::{Diagnostic, Span, metric_math as codes};

const LONGEST: usize = 2048;
const DEEPEST: usize = 64;

/// Parses `text`; the error is the first thing wrong.
pub(super) fn parse(text: &str) -> Result<Node, Box<Diagnostic>> {
    let whole = Span::new(0, text.len());
    if text.chars().count() > LONGEST {
        let message = format!("more than {LONGEST} characters");
        return Err(Diagnostic::error(&codes::TOO_LARGE, whole, message).into());
    }
    let tokens = tokens(text)?;
    let mut parser = Parser {
        tokens: &tokens,
        at: 0,
        end: text.len(),
        depth: 0,
    };
    let node = parser.expression(0)?;
    match parser.peek() {
        None => Ok(node),
        Some(_) => Err(parser.unexpected("an operator or the end")),
    }
}

struct Parser<'a> {
    tokens: &'a [(Token, Span)],
    at: usize,
    end: usize,
    depth: usize,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&'a Token> {
        self.tokens.get(self.at).map(|(token, _)| token)
    }

    /// The next token's place; the end of the text after the last.
    fn here(&self) -> Span {
        self.tokens
            .get(self.at)
            .map_or(Span::new(self.end, self.end), |(_, span)| *span)
    }

    fn before(&self) -> Span {
        let before = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        before.map_or(Span::new(0, 0), |(_, span)| *span)
    }

    fn eat(&mut self, sign: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Sign(s)) if *s == sign);
        self.at += usize::from(found);
        found
    }

    fn unexpected(&self, expected: &str) -> Box<Diagnostic> {
        let found = match self.peek() {
            None => "the end".to_owned(),
            Some(Token::Number(number)) => format!("`{number}`"),
            Some(Token::Word(word)) => format!("`{word}`"),
            Some(Token::Text(text)) => format!("the text `{text}`"),
            Some(Token::Sign(sign)) => format!("`{sign}`"),
        };
        let message = format!("expected {expected}, found {found}");
        Box::new(Diagnostic::error(
            &codes::UNEXPECTED_TOKEN,
            self.here(),
            message,
        ))
    }

    fn operator(&self) -> Option<(Operator, u8)> {
        match self.peek()? {
            Token::Sign(sign) => Operator::spelled(sign),
            Token::Word(word) => Operator::spelled(word),
            Token::Number(_) | Token::Text(_) => None,
        }
    }

    /// Everything that binds tighter than `least`.
    fn expression(&mut self, least: u8) -> Result<Node, Box<Diagnostic>> {
        self.depth += 1;
        if self.depth > DEEPEST {
            let message = format!("nested more than {DEEPEST} deep");
            return Err(Diagnostic::error(&codes::TOO_LARGE, self.here(), message).into());
        }
        let mut left = self.unary()?;
        let mut chained = None;
        while let Some((operator, binding)) = self.operator().filter(|(_, b)| *b > least) {
            if chained == Some(binding) && NOT_CHAINED.contains(&binding) {
                return Err(self.ambiguous(&format!("`{}` twice in a row", operator.as_str())));
            }
            chained = Some(binding);
            if operator == Operator::Power
                && matches!(left.kind, NodeKind::Negate(_))
                && !self.closed()
            {
                return Err(self.ambiguous("`-` before a power"));
            }
            self.at += 1;
            let right = self.expression(binding)?;
            let span = left.span.to(right.span);
            let (left_box, right) = (Box::new(left), Box::new(right));
            left = Node {
                kind: NodeKind::Binary {
                    operator,
                    left: left_box,
                    right,
                },
                span,
            };
        }
        self.depth -= 1;
        Ok(left)
    }

    /// Whether a parenthesis closed just before.
    fn closed(&self) -> bool {
        let before = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        matches!(before, Some((Token::Sign(")"), _)))
    }

    fn ambiguous(&self, what: &str) -> Box<Diagnostic> {
        let message = format!("{what}: which is worked out first is not documented");
        let diagnostic = Diagnostic::error(&codes::AMBIGUOUS, self.here(), message);
        Box::new(diagnostic.help("put parentheses around what is to be worked out first"))
    }

    fn unary(&mut self) -> Result<Node, Box<Diagnostic>> {
        let start = self.here();
        if !self.eat("-") {
            return self.atom();
        }
        let inner = self.atom()?;
        let span = start.to(inner.span);
        Ok(Node {
            kind: NodeKind::Negate(Box::new(inner)),
            span,
        })
    }

    fn atom(&mut self) -> Result<Node, Box<Diagnostic>> {
        let span = self.here();
        let token = self.peek();
        let kind = match token {
            Some(Token::Number(number)) => NodeKind::Number(*number),
            Some(Token::Text(text)) => NodeKind::Text(text.clone()),
            Some(Token::Word(word)) => return self.word(word),
            Some(Token::Sign("(")) => return self.parenthesised(),
            Some(Token::Sign("[")) => return self.array(),
            _ => return Err(self.unexpected("a number, an id, a function or `(`")),
        };
        self.at += 1;
        Ok(Node { kind, span })
    }

    fn parenthesised(&mut self) -> Result<Node, Box<Diagnostic>> {
        self.at += 1;
        let node = self.expression(0)?;
        if self.eat(")") {
            Ok(node)
        } else {
            Err(self.unexpected("`)`"))
        }
    }

    fn array(&mut self) -> Result<Node, Box<Diagnostic>> {
        let start = self.here();
        self.at += 1;
        let nodes = self.list("]")?;
        Ok(Node {
            kind: NodeKind::Array(nodes),
            span: start.to(self.before()),
        })
    }

    fn word(&mut self, word: &str) -> Result<Node, Box<Diagnostic>> {
        let name_span = self.here();
        if Operator::spelled(word).is_some() {
            return Err(self.unexpected("a number, an id, a function or `(`"));
        }
        self.at += 1;
        if self.eat("(") {
            let arguments = self.list(")")?;
            let span = name_span.to(self.before());
            return Ok(Node {
                kind: NodeKind::Call {
                    name: word.to_owned(),
                    name_span,
                    arguments,
                },
                span,
            });
        }
        let keyword = KEYWORDS.iter().find(|keyword| **keyword == word);
        let kind = keyword.map_or_else(|| NodeKind::Id(word.to_owned()), |k| NodeKind::Keyword(k));
        Ok(Node {
            kind,
            span: name_span,
        })
    }

    /// Expressions between commas, up to `close`.
    fn list(&mut self, close: &str) -> Result<Vec<Node>, Box<Diagnostic>> {
        let mut nodes = Vec::new();
        if self.eat(close) {
            return Ok(nodes);
        }
        loop {
            nodes.push(self.expression(0)?);
            if self.eat(close) {
                return Ok(nodes);
            }
            if !self.eat(",") {
                return Err(self.unexpected(&format!("`,` or `{close}`")));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tree, fully parenthesised.
    fn tree(text: &str) -> String {
        print(&parse(text).unwrap())
    }

    fn print(node: &Node) -> String {
        let list = |nodes: &[Node]| nodes.iter().map(print).collect::<Vec<_>>().join(", ");
        match &node.kind {
            NodeKind::Number(number) => number.to_string(),
            NodeKind::Text(text) => format!("'{text}'"),
            NodeKind::Id(id) => id.clone(),
            NodeKind::Keyword(word) => (*word).to_owned(),
            NodeKind::Negate(inner) => format!("-{}", print(inner)),
            NodeKind::Binary {
                operator,
                left,
                right,
            } => {
                format!("({} {} {})", print(left), operator.as_str(), print(right))
            }
            NodeKind::Call {
                name, arguments, ..
            } => format!("{name}({})", list(arguments)),
            NodeKind::Array(nodes) => format!("[{}]", list(nodes)),
        }
    }

    #[test]
    fn operators_bind_as_documented() {
        assert_eq!(tree("a + b * c ^ 2 - d"), "((a + (b * (c ^ 2))) - d)");
        assert_eq!(
            tree("a > 1 AND b < 2 || c == 3"),
            "(((a > 1) AND (b < 2)) OR (c == 3))"
        );
        assert_eq!(tree("100 * (e / r) - -1"), "((100 * (e / r)) - -1)");
        assert_eq!(
            tree("SORT([a, b], AVG, DESC, 2)"),
            "SORT([a, b], AVG, DESC, 2)"
        );
        assert_eq!(tree("(-a) ^ 2"), "(-a ^ 2)");
    }

    #[test]
    fn an_order_that_aws_does_not_document_is_refused() {
        for text in ["a ^ b ^ c", "a < b < c", "-a ^ 2"] {
            assert_eq!(parse(text).unwrap_err().code.name, "M0203", "{text}");
        }
    }

    #[test]
    fn what_does_not_fit_together_is_refused_in_its_place() {
        for (text, start) in [
            ("", 0),
            ("a +", 3),
            ("(a", 2),
            ("a b", 2),
            ("AVG(a,)", 6),
            ("[a", 2),
            ("AND", 0),
            ("a + * b", 4),
        ] {
            let error = parse(text).unwrap_err();
            assert_eq!(
                (error.code.name, error.primary.span.start),
                ("M0201", start),
                "{text}"
            );
        }
        assert_eq!(parse(&"(".repeat(100)).unwrap_err().code.name, "M0202");
    }

    #[test]
    fn many_operators_in_a_row_are_no_nesting() {
        assert!(parse(&format!("a{}", "+a".repeat(500))).is_ok());
    }
}
