use crate::diag::Span;

/// A parsed expression and its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Node {
    pub(super) kind: NodeKind,
    pub(super) span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum NodeKind {
    Number(f64),
    Text(String),
    /// The id of another query.
    Id(String),
    /// A word that some function takes as an argument: `REPEAT`, `ASC`.
    Keyword(&'static str),
    Negate(Box<Node>),
    Binary {
        operator: Operator,
        left: Box<Node>,
        right: Box<Node>,
    },
    Call {
        name: String,
        name_span: Span,
        arguments: Vec<Node>,
    },
    Array(Vec<Node>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Or,
    And,
    Equal,
    NotEqual,
    LessOrEqual,
    GreaterOrEqual,
    Less,
    Greater,
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
}

/// Words that stand as arguments.
pub(super) const KEYWORDS: &[&str] = &[
    "REPEAT", "LINEAR", "AVG", "MIN", "MAX", "SUM", "ASC", "DESC",
];

/// Spelling and how tightly an operator binds.
const OPERATORS: &[(&str, Operator, u8)] = &[
    ("OR", Operator::Or, 1),
    ("||", Operator::Or, 1),
    ("AND", Operator::And, 2),
    ("&&", Operator::And, 2),
    ("==", Operator::Equal, 3),
    ("!=", Operator::NotEqual, 3),
    ("<=", Operator::LessOrEqual, 3),
    (">=", Operator::GreaterOrEqual, 3),
    ("<", Operator::Less, 3),
    (">", Operator::Greater, 3),
    ("+", Operator::Add, 4),
    ("-", Operator::Subtract, 4),
    ("*", Operator::Multiply, 5),
    ("/", Operator::Divide, 5),
    ("^", Operator::Power, 6),
];

/// Operators that do not stand in a row without parentheses: AWS does not say how they group.
pub(super) const NOT_CHAINED: [u8; 2] = [3, 6];

impl Operator {
    pub(super) fn spelled(text: &str) -> Option<(Self, u8)> {
        let found = OPERATORS.iter().find(|(spelling, ..)| *spelling == text);
        found.map(|(_, operator, binding)| (*operator, *binding))
    }

    pub(super) fn as_str(self) -> &'static str {
        OPERATORS
            .iter()
            .find(|(_, o, _)| *o == self)
            .map_or("", |(spelling, ..)| spelling)
    }
}

impl Node {
    /// Shows every node, the outer before the inner.
    pub(super) fn visit<'a>(&'a self, visit: &mut dyn FnMut(&'a Self)) {
        visit(self);
        match &self.kind {
            NodeKind::Negate(inner) => inner.visit(visit),
            NodeKind::Binary { left, right, .. } => {
                left.visit(visit);
                right.visit(visit);
            }
            NodeKind::Call {
                arguments: nodes, ..
            }
            | NodeKind::Array(nodes) => {
                nodes.iter().for_each(|node| node.visit(visit));
            }
            NodeKind::Number(_) | NodeKind::Text(_) | NodeKind::Id(_) | NodeKind::Keyword(_) => {}
        }
    }
}
