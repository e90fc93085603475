//! Warnings on what is valid and surely means something else than was meant.

use super::expr::Resolver;
use crate::diag::{Diagnostic, Span, query};
use crate::insights::ast::{Arithmetic, Expr, ExprKind, Name, Pattern};
use crate::insights::value::parse_number;

impl Resolver {
    fn warn(&mut self, span: Span, message: &str, help: &str) {
        let warning = Diagnostic::warning(&query::NOT_WHAT_IT_SEEMS, span, message);
        self.diagnostics.push(warning.help(help));
    }

    /// `a = b` and its like: a moment beside a text, a star where none has a meaning.
    pub(super) fn suspect_comparison(&mut self, a: &Expr, b: &Expr) {
        for (one, other) in [(a, b), (b, a)] {
            let ExprKind::Text(text) = &one.kind else {
                continue;
            };
            if is_moment(other) {
                self.warn(
                    one.span,
                    "a moment is not compared with a text: the condition never holds",
                    "the time range stands beside the query; within it, `toMillis(@timestamp) >= 1776679200000` compares",
                );
            } else if text.len() > 1 && (text.starts_with('*') || text.ends_with('*')) {
                self.warn(
                    one.span,
                    "`*` is no wildcard here: the text is compared as it is written",
                    "`like \"text\"` finds a part of a text, `like /^text/` its beginning",
                );
            }
        }
    }

    /// `a like p`: wildcards of SQL, a regex in quotes.
    pub(super) fn suspect_pattern(&mut self, pattern: &Pattern, span: Span) {
        let Pattern::Text(text) = pattern else { return };
        let behind_digit = text
            .trim_end_matches('%')
            .ends_with(|c: char| c.is_ascii_digit());
        let inside = text
            .strip_prefix('/')
            .and_then(|text| text.strip_suffix('/'));
        if text.len() > 1 && (text.starts_with('%') || (text.ends_with('%') && !behind_digit)) {
            self.warn(
                span,
                "`%` is no wildcard in `like`: it is looked for as it is written",
                "`like \"text\"` finds a text anywhere without wildcards, `like /^text/` at the beginning",
            );
        } else if inside
            .is_some_and(|inside| inside.contains(['\\', '*', '+', '?', '|', '^', '$', '[']))
        {
            self.warn(
                span,
                "the slashes are part of the text, which is looked for as it is written",
                "a regex stands between slashes without quotes: `like /regex/`",
            );
        }
    }

    /// `a + "x"`
    pub(super) fn suspect_sum(&mut self, op: Arithmetic, a: &Expr, b: &Expr) {
        for one in [a, b] {
            if let (Arithmetic::Add, ExprKind::Text(text)) = (op, &one.kind)
                && parse_number(text).is_none()
            {
                let message = "`+` adds numbers: with a text the result is always missing";
                self.warn(one.span, message, "`concat(a, b)` joins texts");
            }
        }
    }

    /// A member of a map that the same command has made.
    pub(super) fn suspect_member(&mut self, name: &Name, cut: usize) {
        let map = name.name.get(..cut).unwrap_or_default();
        if self.fresh.iter().any(|fresh| fresh == map) {
            let message = format!(
                "CloudWatch was seen to leave out members of `{map}` in the command that makes it"
            );
            let help = format!(
                "read them in a command of their own: `… as {map} | fields {}`",
                name.name
            );
            self.warn(name.span, &message, &help);
        }
    }

    /// A text where the name of a field or key is expected.
    pub(super) fn suspect_text(&mut self, expr: &Expr) {
        if matches!(expr.kind, ExprKind::Text(_)) {
            let message = "a text in quotes is itself, not the field of that name";
            let help =
                "names stand without quotes; one with spaces or other characters in backticks";
            self.warn(expr.span, message, help);
        }
    }
}

fn is_moment(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Field(name) => name.name == "@timestamp" || name.name == "@ingestionTime",
        ExprKind::Call { name, .. } => ["bin", "datefloor", "dateceil", "fromMillis"]
            .iter()
            .any(|function| function.eq_ignore_ascii_case(&name.name)),
        _ => false,
    }
}
