use belfry_engine::diag::Span;

/// A name as it was written; Trino compares names without regard to case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    pub(crate) text: String,
    pub(crate) at: Span,
}

impl Name {
    /// The name that is compared.
    pub(crate) fn key(&self) -> String {
        self.text.to_lowercase()
    }
}

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Expr {
    pub(crate) kind: Kind,
    /// The place that Trino's messages name: for operators that of the operator.
    pub(crate) at: Span,
    /// All of it.
    pub(crate) span: Span,
}

/// What an expression is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    Null,
    Boolean(bool),
    /// Digits only.
    Integer(String),
    /// With a point.
    Decimal(String),
    /// With an exponent.
    Double(String),
    String(String),
    Binary(Vec<u8>),
    /// `DATE '2026-01-01'`
    Typed(TypeName, String),
    Interval(IntervalText),
    /// `?`, by its place.
    Parameter(usize),
    Column(Name),
    /// `base.field`
    Field(Box<Expr>, Name),
    /// `base[index]`
    Subscript(Box<Expr>, Box<Expr>),
    Array(Vec<Expr>),
    Row(Vec<Expr>),
    Negate(Box<Expr>),
    Plus(Box<Expr>),
    Arithmetic(Operator, Box<Expr>, Box<Expr>),
    Concat(Box<Expr>, Box<Expr>),
    AtTimeZone(Box<Expr>, Box<Expr>),
    Not(Box<Expr>),
    And(Box<Expr>, Box<Expr>),
    Or(Box<Expr>, Box<Expr>),
    Compare(Comparison, Box<Expr>, Box<Expr>),
    /// `x = ANY (query)`; `all` for ALL.
    Quantified {
        comparison: Comparison,
        value: Box<Expr>,
        all: bool,
        query: Box<Query>,
    },
    Between(Box<Expr>, Box<Expr>, Box<Expr>),
    In(Box<Expr>, Vec<Expr>),
    InQuery(Box<Expr>, Box<Query>),
    Like(Box<Expr>, Box<Expr>, Option<Box<Expr>>),
    IsNull(Box<Expr>),
    IsDistinct(Box<Expr>, Box<Expr>),
    Exists(Box<Query>),
    Subquery(Box<Query>),
    Case {
        operand: Option<Box<Expr>>,
        branches: Vec<(Expr, Expr)>,
        otherwise: Option<Box<Expr>>,
    },
    Cast {
        value: Box<Expr>,
        to: TypeName,
        safe: bool,
    },
    Extract(Name, Box<Expr>),
    Call(Box<Call>),
    /// `(x, y) -> expression`; only as an argument.
    Lambda(Vec<Name>, Box<Expr>),
    Grouping(Vec<Expr>),
}

/// A call of a function.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Call {
    pub(crate) name: Name,
    pub(crate) arguments: Vec<Expr>,
    /// `count(*)`
    pub(crate) star: bool,
    pub(crate) distinct: bool,
    pub(crate) order: Vec<SortItem>,
    pub(crate) filter: Option<Expr>,
    pub(crate) ignore_nulls: Option<bool>,
    pub(crate) over: Option<Window>,
}

/// `OVER (…)` or `OVER name`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Window {
    pub(crate) base: Option<Name>,
    /// Whether it is only a name: `OVER w`.
    pub(crate) alone: bool,
    pub(crate) partition: Vec<Expr>,
    pub(crate) order: Vec<SortItem>,
    pub(crate) frame: Option<Frame>,
    pub(crate) at: Span,
}

/// The frame of a window.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Frame {
    pub(crate) unit: Name,
    pub(crate) start: Bound,
    pub(crate) end: Bound,
    pub(crate) at: Span,
}

/// A side of a frame.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Bound {
    UnboundedPreceding,
    Preceding(Box<Expr>),
    CurrentRow,
    Following(Box<Expr>),
    UnboundedFollowing,
}

/// `INTERVAL '1' day`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct IntervalText {
    pub(crate) negative: bool,
    pub(crate) text: String,
    pub(crate) from: Name,
    pub(crate) to: Option<Name>,
}

/// A type as written: `decimal(10, 2)`, `array(varchar)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TypeName {
    /// In small letters and without needless blanks.
    pub(crate) name: String,
    pub(crate) arguments: Vec<TypeArgument>,
    pub(crate) at: Span,
}

/// What stands in a type's brackets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TypeArgument {
    Number(u32),
    Type(Option<Name>, TypeName),
}

/// An arithmetic operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulus,
}

impl Operator {
    pub(crate) fn sign(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Modulus => "%",
        }
    }
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Comparison {
    pub(crate) fn sign(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "<>",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        }
    }
}

/// A query with what stands before and behind it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Query {
    pub(crate) with: Vec<Named>,
    pub(crate) body: Body,
    pub(crate) order: Vec<SortItem>,
    pub(crate) offset: Option<Expr>,
    pub(crate) limit: Option<Expr>,
    pub(crate) at: Span,
}

/// `name (columns) AS (query)`
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Named {
    pub(crate) name: Name,
    pub(crate) columns: Vec<Name>,
    pub(crate) query: Query,
}

/// What a query is made of.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Body {
    Select(Box<Select>),
    Values(Vec<Expr>),
    Table(Vec<Name>),
    Query(Box<Query>),
    Set {
        operator: SetOperator,
        all: bool,
        left: Box<Self>,
        right: Box<Self>,
        at: Span,
    },
}

/// How two queries are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SetOperator {
    Union,
    Intersect,
    Except,
}

impl SetOperator {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Union => "UNION",
            Self::Intersect => "INTERSECT",
            Self::Except => "EXCEPT",
        }
    }
}

/// SELECT …
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Select {
    pub(crate) distinct: bool,
    pub(crate) items: Vec<SelectItem>,
    pub(crate) from: Option<Relation>,
    pub(crate) filter: Option<Expr>,
    pub(crate) group: Option<GroupBy>,
    pub(crate) having: Option<Expr>,
    pub(crate) windows: Vec<(Name, Window)>,
    pub(crate) at: Span,
}

/// One item of a SELECT.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum SelectItem {
    Expr(Expr, Option<Name>),
    /// `*`, `t.*`
    Star(Vec<Name>, Span),
}

/// GROUP BY …
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct GroupBy {
    pub(crate) distinct: bool,
    pub(crate) elements: Vec<GroupElement>,
}

/// One element of a GROUP BY.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum GroupElement {
    Simple(Vec<Expr>),
    Rollup(Vec<Vec<Expr>>),
    Cube(Vec<Vec<Expr>>),
    Sets(Vec<Vec<Expr>>),
}

/// One item of an ORDER BY.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SortItem {
    pub(crate) expr: Expr,
    pub(crate) descending: bool,
    pub(crate) nulls_first: bool,
}

/// What stands behind FROM.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Relation {
    Table(Vec<Name>, Span),
    Query(Box<Query>),
    Unnest(Vec<Expr>, bool, Span),
    Alias(Box<Self>, Name, Vec<Name>),
    Join {
        kind: JoinKind,
        left: Box<Self>,
        right: Box<Self>,
        on: On,
        at: Span,
    },
}

/// Which rows a join keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JoinKind {
    Cross,
    Inner,
    Left,
    Right,
    Full,
}

/// Which rows a join puts together.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum On {
    None,
    Condition(Box<Expr>),
    Using(Vec<Name>),
}
