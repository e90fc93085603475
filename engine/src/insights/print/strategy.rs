//! Queries of every form, for properties.

use proptest::prelude::*;

use super::enclosed;
use super::source_strategy::source_clause;
use crate::diag::Span;
use crate::insights::ast::*;
use crate::insights::period::{Period, Unit};
use crate::insights::source::Source;
use crate::insights::value::{Comparison, Step};

pub(super) fn span() -> Span {
    Span::default()
}

/// Names, plain and odd, of one or more segments.
pub(super) fn name() -> impl Strategy<Value = Name> {
    let segment = prop_oneof![
        4 => "[a-zA-Z_][a-zA-Z0-9_@]{0,3}",
        1 => "@?[ -_a-~é]{0,3}",
        1 => "[0-9]{1,2}",
        1 => prop::sample::select(vec!["as", "true", "by", "logfmt", "@message", "multi", "with", "for", "into"])
            .prop_map(str::to_owned),
    ];
    prop::collection::vec(segment, 1..3).prop_map(|segments| {
        let mut cuts = Vec::new();
        let mut name = String::new();
        for (index, segment) in segments.iter().enumerate() {
            if index > 0 {
                cuts.push(name.len());
                name.push('.');
            }
            name.push_str(segment);
        }
        let span = span();
        Name { name, cuts, span }
    })
}

pub(super) fn names() -> impl Strategy<Value = Vec<Name>> {
    prop::collection::vec(name(), 1..3)
}

fn expr_of(kind: ExprKind) -> Expr {
    let span = span();
    Expr { kind, span }
}

fn number() -> impl Strategy<Value = Expr> {
    prop::sample::select(vec!["0", "1", "2.50", "1e3", "007"])
        .prop_map(|text| expr_of(ExprKind::Number(text.to_owned())))
}

fn literal() -> impl Strategy<Value = Expr> {
    prop_oneof![
        number(),
        number().prop_map(|n| expr_of(ExprKind::Negate(Box::new(n)))),
        "[ -~é\n\t]{0,4}".prop_map(|text| expr_of(ExprKind::Text(text))),
        any::<bool>().prop_map(|value| expr_of(ExprKind::Boolean(value))),
    ]
}

pub(super) fn period() -> impl Strategy<Value = Period> {
    let units = ["ms", "s", "m", "h", "d", "w", "mo", "q", "y"];
    let unit = prop::sample::select(units.to_vec()).prop_filter_map("a unit", Unit::named);
    (1..99_i64, unit).prop_map(|(count, unit)| Period { count, unit })
}

fn pattern() -> impl Strategy<Value = Pattern> {
    prop_oneof![
        "[a-z*\"\\\\ ]{0,4}".prop_map(Pattern::Text),
        prop::sample::select(vec!["a|b", r"\/", "[/]", r"(?<x>\d+)", " "])
            .prop_map(|text| Pattern::Regex(text.to_owned())),
    ]
}

fn call(arguments: impl Strategy<Value = Vec<Expr>>) -> impl Strategy<Value = Expr> {
    let names = prop::sample::select(vec!["abs", "count", "case", "odd name"]);
    (names, arguments, any::<bool>()).prop_map(|(text, arguments, star)| {
        let name = Name {
            name: text.to_owned(),
            cuts: Vec::new(),
            span: span(),
        };
        let star = star && arguments.is_empty();
        expr_of(ExprKind::Call {
            name,
            arguments,
            star,
        })
    })
}

fn access(base: impl Strategy<Value = Expr>) -> impl Strategy<Value = Expr> {
    let step = prop_oneof![
        (0..9_usize).prop_map(Step::Index),
        "[a-z0-9 .]{0,3}".prop_map(Step::Key),
    ];
    (base, 0..9_usize, prop::collection::vec(step, 0..3)).prop_map(|(base, index, mut path)| {
        path.insert(0, Step::Index(index));
        let base = Box::new(base);
        expr_of(ExprKind::Access { base, path })
    })
}

fn field() -> impl Strategy<Value = Expr> {
    name().prop_map(|name| expr_of(ExprKind::Field(name)))
}

/// What stands in `parse` before its pattern, where a slash starts a regex.
fn source() -> impl Strategy<Value = Option<Expr>> {
    let arguments = prop::collection::vec(field(), 0..2);
    prop::option::of(prop_oneof![field(), call(arguments), access(field())])
}

pub(super) fn expr() -> impl Strategy<Value = Expr> {
    let leaf = prop_oneof![
        literal(),
        field(),
        period().prop_map(|p| expr_of(ExprKind::Period(p)))
    ];
    leaf.prop_recursive(5, 32, 3, |inner| {
        let many = |least| prop::collection::vec(inner.clone(), least..3_usize);
        let pair = (inner.clone(), inner.clone());
        prop_oneof![
            2 => call(many(0)),
            2 => access(prop_oneof![field(), call(many(0))]),
            3 => inner
                .clone()
                .prop_map(|a| expr_of(ExprKind::Negate(Box::new(a)))),
            3 => inner
                .clone()
                .prop_map(|a| expr_of(ExprKind::Not(Box::new(a)))),
            8 => (arithmetic(), pair.clone()).prop_map(|(op, (a, b))| {
                expr_of(ExprKind::Arithmetic(op, Box::new(a), Box::new(b)))
            }),
            2 => (comparison(), pair).prop_map(|(op, (a, b))| {
                expr_of(ExprKind::Compare(op, Box::new(a), Box::new(b)))
            }),
            3 => many(2).prop_map(|all| expr_of(ExprKind::And(all))),
            3 => many(2).prop_map(|any| expr_of(ExprKind::Or(any))),
            2 => (inner.clone(), pattern(), any::<bool>()).prop_map(|(value, pattern, negated)| {
                expr_of(ExprKind::Like {
                    value: Box::new(value),
                    pattern,
                    pattern_span: span(),
                    negated,
                })
            }),
            2 => (inner, list(), any::<bool>()).prop_map(|(value, list, negated)| {
                let value = Box::new(value);
                expr_of(ExprKind::In {
                    value,
                    list,
                    negated,
                })
            }),
        ]
    })
}

fn list() -> impl Strategy<Value = Vec<Expr>> {
    prop::collection::vec(literal(), 0..3)
}

fn saved_call() -> impl Strategy<Value = CommandKind> {
    let regex = prop::sample::select(vec!["a|b", r"\/", "[/]", " "]);
    let argument = prop_oneof![
        literal().prop_map(Argument::Literal),
        period().prop_map(|period| Argument::Literal(expr_of(ExprKind::Period(period)))),
        regex.prop_map(|text| Argument::Regex(text.to_owned())),
        list().prop_map(Argument::List),
    ];
    let arguments = prop::collection::vec(("[a-z_][a-zA-Z0-9_]{0,3}", argument), 0..3);
    let name = prop_oneof!["[a-zA-Z_é][a-zA-Z0-9_]{0,3}", "[ -_a-~é]{1,6}"];
    (name, arguments)
        .prop_map(|(name, arguments)| CommandKind::Saved(SavedCall { name, arguments }))
}

fn arithmetic() -> impl Strategy<Value = Arithmetic> {
    prop::sample::select(vec![
        Arithmetic::Add,
        Arithmetic::Subtract,
        Arithmetic::Multiply,
        Arithmetic::Divide,
        Arithmetic::Remainder,
        Arithmetic::Power,
    ])
}

fn comparison() -> impl Strategy<Value = Comparison> {
    prop::sample::select(vec![
        Comparison::Equal,
        Comparison::NotEqual,
        Comparison::Less,
        Comparison::LessOrEqual,
        Comparison::Greater,
        Comparison::GreaterOrEqual,
    ])
}

fn items(least: usize) -> impl Strategy<Value = Vec<Item>> {
    let item = (expr(), prop::option::of(name())).prop_map(|(expr, alias)| {
        let label = String::new();
        Item { expr, alias, label }
    });
    prop::collection::vec(item, least..3)
}

fn parse() -> impl Strategy<Value = CommandKind> {
    let parts = (
        source(),
        pattern(),
        prop::collection::vec(name(), 0..3),
        any::<bool>(),
    );
    parts.prop_map(|(source, pattern, names, multi)| {
        let multi = multi && matches!(pattern, Pattern::Regex(_));
        let span = span();
        CommandKind::Parse(Parse {
            source,
            pattern,
            span,
            names,
            multi,
        })
    })
}

fn parse_source() -> impl Strategy<Value = ParseSource> {
    source().prop_map(|expr| ParseSource { expr, span: span() })
}

fn wild_name() -> impl Strategy<Value = WildName> {
    let wild = prop::collection::vec("[a-z_]{0,2}|[0-9 ]", 2..4).prop_map(|parts| WildName {
        parts,
        name: None,
        span: span(),
    });
    let plain = name().prop_map(|name| WildName {
        parts: vec![name.name.clone()],
        name: Some(name),
        span: span(),
    });
    prop_oneof![wild, plain]
}

fn lookup() -> impl Strategy<Value = Expr> {
    let equal = (field(), literal()).prop_map(|(a, b)| {
        expr_of(ExprKind::Compare(
            Comparison::Equal,
            Box::new(a),
            Box::new(b),
        ))
    });
    let among = (field(), list()).prop_map(|(value, list)| {
        let (value, negated) = (Box::new(value), false);
        expr_of(ExprKind::In {
            value,
            list,
            negated,
        })
    });
    prop_oneof![equal, among]
}

fn key() -> impl Strategy<Value = SortKey> {
    (name(), any::<bool>()).prop_map(|(name, descending)| SortKey { name, descending })
}

fn over_rows() -> impl Strategy<Value = CommandKind> {
    let maybe = || prop::option::of(name());
    prop_oneof![
        prop::collection::vec((literal(), name()), 0..3).prop_map(CommandKind::FillMissing),
        prop::collection::vec(wild_name(), 0..3).prop_map(CommandKind::FillDown),
        (name(), maybe()).prop_map(|(field, name)| CommandKind::Accum { field, name }),
        (name(), maybe(), 1..9_usize, 0..9_usize).prop_map(|(field, prefix, from, more)| {
            let to = from + more;
            CommandKind::Autoregress {
                field,
                prefix,
                from,
                to,
            }
        }),
        (
            maybe(),
            any::<bool>(),
            any::<bool>(),
            prop::collection::vec(name(), 0..3)
        )
            .prop_map(|(name, row, column, fields)| CommandKind::AddTotals {
                name,
                row,
                column,
                fields,
            }),
        (names(), prop::option::of(period()), maybe()).prop_map(|(fields, gap, name)| {
            let gap = gap.map(|period| (period, span()));
            CommandKind::Sessionize { fields, gap, name }
        }),
        names().prop_map(CommandKind::CountFrequent),
        (
            any::<bool>(),
            prop::option::of("[0-9]\\.[0-9]"),
            any::<bool>(),
            any::<bool>(),
            names()
        )
            .prop_map(
                |(remove, factor, lower, mark, fields)| CommandKind::Outlier {
                    remove,
                    factor,
                    lower,
                    mark,
                    fields,
                }
            ),
    ]
}

fn stats() -> impl Strategy<Value = CommandKind> {
    let parts = (items(1), items(0), prop::option::of(period()));
    parts.prop_map(|(items, by, offset)| {
        let offset = offset.map(|period| (period, span()));
        CommandKind::Stats { items, by, offset }
    })
}

pub(super) fn plain() -> impl Strategy<Value = CommandKind> {
    prop_oneof![
        1 => items(1).prop_map(CommandKind::Fields),
        1 => items(1).prop_map(CommandKind::Display),
        4 => expr().prop_map(CommandKind::Filter),
        1 => stats(),
        1 => expr().prop_map(CommandKind::Pattern),
        1 => enclosed::aws(),
        1 => prop::collection::vec(key(), 1..3).prop_map(CommandKind::Sort),
        1 => (1..99_usize).prop_map(CommandKind::Limit),
        1 => (1..99_usize).prop_map(CommandKind::Tail),
        1 => names().prop_map(CommandKind::Dedup),
        2 => parse(),
        1 => (parse_source(), name()).prop_map(|(source, name)| CommandKind::Logfmt { source, name }),
        1 => (parse_source(), names()).prop_map(|(source, names)| CommandKind::Csv { source, names }),
        1 => (name(), "[a-z.\"]{0,4}", name()).prop_map(|(field, path, name)| {
            CommandKind::JsonField { field, path, name }
        }),
        1 => (expr(), name()).prop_map(|(list, name)| CommandKind::Unnest { list, name }),
        1 => name().prop_map(CommandKind::Expand),
        1 => Just(()).prop_map(|()| CommandKind::Unmask),
        1 => lookup().prop_map(CommandKind::FilterIndex),
        1 => prop::collection::vec(lookup(), 2..4)
            .prop_map(|all| CommandKind::FilterIndex(expr_of(ExprKind::And(all)))),
        6 => over_rows(),
        2 => saved_call(),
    ]
}

fn kind() -> impl Strategy<Value = CommandKind> {
    prop_oneof![20 => plain(), 1 => enclosed::join(), 1 => enclosed::append_cols()]
}

/// Whole queries.
pub(super) fn ast() -> impl Strategy<Value = Ast> {
    let source = prop::option::of(source_clause());
    (source, prop::collection::vec(kind(), 1..4)).prop_map(|(source, kinds)| whole(source, kinds))
}

pub(super) fn whole(source: Option<Source>, kinds: Vec<CommandKind>) -> Ast {
    let commands = kinds.into_iter().map(|kind| Command { span: span(), kind });
    Ast {
        source,
        commands: commands.collect(),
    }
}
