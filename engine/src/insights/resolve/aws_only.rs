use super::expr::{Resolver, resolve_condition};
use crate::diag::{Diagnostic, Span, query};
use crate::insights::ast::AwsOnly;
use crate::insights::parse::AWS_ONLY;

/// A command that only AWS runs: what it says is checked, and what follows it may name columns of its own.
pub(super) fn resolve(resolver: &mut Resolver, command: &AwsOnly, span: Span) {
    if let AwsOnly::RelevantFields { fields, condition } = command {
        for field in fields {
            resolver.read_name(field);
        }
        resolve_condition(resolver, condition);
    }
    resolver.scope.open = true;
    resolver.aws_only.push(refusal(command, span));
}

fn refusal(command: &AwsOnly, span: Span) -> Diagnostic {
    let name = match command {
        AwsOnly::Anomaly => "anomaly",
        AwsOnly::RelevantFields { .. } => "relevantfields",
        AwsOnly::LogCompare(_) => "logcompare",
        AwsOnly::Estimate => "estimate",
    };
    let listed = AWS_ONLY.iter().find(|(listed, ..)| *listed == name);
    let (reason, instead) = listed.map_or(("", ""), |(_, reason, instead)| (*reason, *instead));
    let message = format!("the command `{name}` runs on AWS only: {reason}");
    Diagnostic::error(&query::AWS_ONLY, span, message)
        .help(format!("`--env aws` runs it; {instead}"))
}

/// Nothing follows `estimate`.
pub(super) fn check_last(resolver: &mut Resolver, span: Span) {
    if let Some(estimate) = resolver.order.estimate {
        let message = "`estimate` stands at the end of a query";
        let error = Diagnostic::error(&query::COMMAND_ORDER, span, message);
        resolver
            .diagnostics
            .push(error.also(estimate, "`estimate` is here"));
    }
}
