//! The query as written: commands and expressions with their spans.

use super::earlier::Earlier;
use super::period::Period;
use super::value::{Comparison, Step};
use crate::diag::Span;

/// A parsed query.
#[derive(Debug, Default)]
pub(super) struct Ast {
    /// What stands behind `SOURCE`.
    pub(super) source: Option<super::source::Source>,
    /// The commands that could be read.
    pub(super) commands: Vec<Command>,
}

/// One command with the span of its word.
#[derive(Debug)]
pub(super) struct Command {
    /// The command word.
    pub(super) span: Span,
    /// What it does.
    pub(super) kind: CommandKind,
}

/// The commands of this version.
#[derive(Debug)]
pub(super) enum CommandKind {
    /// `fields item, …`
    Fields(Vec<Item>),
    /// `display item, …`
    Display(Vec<Item>),
    /// `filter expr`, `where expr`
    Filter(Expr),
    /// `stats item, … by item, … offset period`
    Stats {
        items: Vec<Item>,
        by: Vec<Item>,
        offset: Option<(Period, Span)>,
    },
    /// `sort name desc, …`
    Sort(Vec<SortKey>),
    /// `limit n`, `limit any n`, `head n`
    Limit(usize),
    /// `tail n`
    Tail(usize),
    /// `dedup name, …`
    Dedup(Vec<Name>),
    /// `parse expr "glob" as name, …` and `parse expr /regex/`
    Parse(Parse),
    /// `parse expr logfmt as name`
    Logfmt { source: ParseSource, name: Name },
    /// `parse expr csv as name, …`
    Csv {
        source: ParseSource,
        names: Vec<Name>,
    },
    /// `json field=f "path" as name`
    JsonField {
        field: Name,
        path: String,
        name: Name,
    },
    /// `unnest expr into name`
    Unnest { list: Expr, name: Name },
    /// `expand name`
    Expand(Name),
    /// `fillmissing with literal for name, …`
    FillMissing(Vec<(Expr, Name)>),
    /// `filldown name …`
    FillDown(Vec<WildName>),
    /// `accum name [as name]`
    Accum { field: Name, name: Option<Name> },
    /// `autoregress name [as prefix] p=from-to`
    Autoregress {
        field: Name,
        prefix: Option<Name>,
        from: usize,
        to: usize,
    },
    /// `addtotals fieldname=name row=b col=b name, …`
    AddTotals {
        name: Option<Name>,
        row: bool,
        column: bool,
        fields: Vec<Name>,
    },
    /// `sessionize name, … maxspan period as name`
    Sessionize {
        fields: Vec<Name>,
        gap: Option<(Period, Span)>,
        name: Option<Name>,
    },
    /// `countFrequent name, …`
    CountFrequent(Vec<Name>),
    /// `outlier action=a param=n uselower=b mark=b name …`
    Outlier {
        remove: bool,
        factor: Option<String>,
        lower: bool,
        mark: bool,
        fields: Vec<Name>,
    },
    /// `unmask`
    Unmask,
    /// `lookup table column as name, … OUTPUT column, …` and `cidrlookup`
    Lookup(Lookup),
    /// `filterIndex name = literal and …`
    FilterIndex(Expr),
    /// `$name(parameter = literal, …)`
    Saved(SavedCall),
    /// `join type=t left=name right=name where left.field=right.field (SOURCE … | …)`
    Join(Join),
    /// `appendcols override=b max=n (query)`
    AppendCols(AppendCols),
    /// `pattern expr`
    Pattern(Expr),
    /// `diff [previousDay|previousWeek|previousMonth]`
    Diff(Earlier),
    /// A command that only AWS runs.
    AwsOnly(AwsOnly),
}

/// The call of a saved query.
#[derive(Debug)]
pub(super) struct SavedCall {
    /// The saved query's name.
    pub(super) name: String,
    /// Parameters and their values.
    pub(super) arguments: Vec<(String, Argument)>,
}

/// The value of a parameter.
#[derive(Debug)]
pub(super) enum Argument {
    /// A string, a number, `true`, `false` or a period.
    Literal(Expr),
    /// `/…/`
    Regex(String),
    /// `[x, …]`
    List(Vec<Expr>),
}

/// Commands that only AWS runs.
#[derive(Debug)]
pub(super) enum AwsOnly {
    /// `anomaly`
    Anomaly,
    /// `relevantfields name, … where expr`
    RelevantFields { fields: Vec<Name>, condition: Expr },
    /// `logcompare timeshift period`
    LogCompare(Period),
    /// `estimate`
    Estimate,
}

/// `join`
#[derive(Debug)]
pub(super) struct Join {
    /// Whether rows without a partner stay.
    pub(super) keep_left: bool,
    /// What rows of the query are called.
    pub(super) left: Name,
    /// What rows of the subquery are called.
    pub(super) right: Name,
    /// The field of the left side, with its side in front.
    pub(super) left_key: Name,
    /// The field of the right side, with its side in front.
    pub(super) right_key: Name,
    /// What is joined.
    pub(super) query: Box<Ast>,
}

/// `appendcols`
#[derive(Debug)]
pub(super) struct AppendCols {
    /// Whether values that are there are overwritten.
    pub(super) overwrite: bool,
    /// Rows of the subquery that are taken; 10,000 where nothing is written.
    pub(super) most: Option<usize>,
    /// Where the columns come from.
    pub(super) query: Box<Ast>,
}

/// `lookup` and `cidrlookup`
#[derive(Debug)]
pub(super) struct Lookup {
    /// The table.
    pub(super) table: Name,
    /// How its rows are found.
    pub(super) by: super::others::Match,
    /// The fields that are looked up, in the order of the columns.
    pub(super) keys: Vec<Name>,
    /// Whether fields that have a value are overwritten.
    pub(super) overwrite: bool,
    /// Columns of the table and the fields they go to.
    pub(super) outputs: Vec<(String, Name)>,
}

/// The text that `parse` reads; `@message` where nothing is written.
#[derive(Debug)]
pub(super) struct ParseSource {
    /// The text.
    pub(super) expr: Option<Expr>,
    /// Where the form's word stands.
    pub(super) span: Span,
}

/// A name in which `*` stands for any characters.
#[derive(Clone, Debug)]
pub(super) struct WildName {
    /// The texts between the stars.
    pub(super) parts: Vec<String>,
    /// Without stars, the name.
    pub(super) name: Option<Name>,
    /// Where it stands.
    pub(super) span: Span,
}

/// A name with its place.
#[derive(Clone, Debug)]
pub(super) struct Name {
    /// Without backticks.
    pub(super) name: String,
    /// The offsets of the dots in `name` that stand outside backticks.
    pub(super) cuts: Vec<usize>,
    /// Where it stands.
    pub(super) span: Span,
}

/// `expr [as name]`
#[derive(Debug)]
pub(super) struct Item {
    /// The expression.
    pub(super) expr: Expr,
    /// The name after `as`.
    pub(super) alias: Option<Name>,
    /// The column's label without an alias: the name of a field, else the text as written.
    pub(super) label: String,
}

/// One key of `sort`.
#[derive(Debug)]
pub(super) struct SortKey {
    /// The column.
    pub(super) name: Name,
    /// Greatest first.
    pub(super) descending: bool,
}

/// `parse`
#[derive(Debug)]
pub(super) struct Parse {
    /// What is read; `@message` where nothing is written.
    pub(super) source: Option<Expr>,
    /// A glob or a regex.
    pub(super) pattern: Pattern,
    /// Where the pattern stands.
    pub(super) span: Span,
    /// The names after `as`.
    pub(super) names: Vec<Name>,
    /// Whether every match makes a row.
    pub(super) multi: bool,
}

/// A written pattern.
#[derive(Debug)]
pub(super) enum Pattern {
    /// A string: a glob for `parse`, a substring for `like`.
    Text(String),
    /// A regex.
    Regex(String),
}

/// An expression with its place.
#[derive(Debug)]
pub(super) struct Expr {
    /// What it is.
    pub(super) kind: ExprKind,
    /// Where it stands.
    pub(super) span: Span,
}

/// The forms of expressions.
#[derive(Debug)]
pub(super) enum ExprKind {
    /// A number as written.
    Number(String),
    /// A string.
    Text(String),
    /// `true`, `false`
    Boolean(bool),
    /// `5m`
    Period(Period),
    /// A field or alias.
    Field(Name),
    /// `base[0].key`
    Access { base: Box<Expr>, path: Vec<Step> },
    /// `name(args)`; `star` for `count(*)`.
    Call {
        name: Name,
        arguments: Vec<Expr>,
        star: bool,
    },
    /// `-a`
    Negate(Box<Expr>),
    /// `not a`, `!a`
    Not(Box<Expr>),
    /// `a + b` and its kin
    Arithmetic(Arithmetic, Box<Expr>, Box<Expr>),
    /// `a = b` and its kin
    Compare(Comparison, Box<Expr>, Box<Expr>),
    /// `a and b and …`
    And(Vec<Expr>),
    /// `a or b or …`
    Or(Vec<Expr>),
    /// `a [not] like p`, `a =~ p`
    Like {
        value: Box<Expr>,
        pattern: Pattern,
        pattern_span: Span,
        negated: bool,
    },
    /// `a [not] in (SOURCE … | …)`
    InQuery {
        value: Box<Expr>,
        query: Box<Ast>,
        negated: bool,
    },
    /// `a [not] in [x, …]`
    In {
        value: Box<Expr>,
        list: Vec<Expr>,
        negated: bool,
    },
}

/// Arithmetic operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Power,
}
