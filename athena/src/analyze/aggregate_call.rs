use belfry_engine::diag::Span;

use super::call::unexpected;
use super::expression::mismatch;
use super::judge::Judge;
use super::scope::Scope;
use crate::aggregate;
use crate::func::fit;
use crate::plan::{AggregateCall, Node, Scalar, SortKey};
use crate::refusal::{Judged, Refusal};
use crate::sql::ast::{Call, SortItem};
use crate::types::Type;

impl Judge<'_> {
    /// A call of an aggregate function about the rows of a scope.
    pub(super) fn aggregate_call(
        &mut self,
        call: &Call,
        (at, _): (Span, Span),
        scope: &Scope,
    ) -> Judged<AggregateCall> {
        let name = call.name.key();
        if call.star && name != "count" {
            return Err(unexpected(&name, &[], &[], at));
        }
        // Inside an aggregate function names are those of the rows, also in ORDER BY.
        let aliases = std::mem::take(&mut self.aliases);
        let arguments = self.exprs(&call.arguments, scope);
        self.aliases = aliases;
        let arguments = arguments?;
        let types: Vec<Type> = arguments
            .iter()
            .map(|argument| argument.of.clone())
            .collect();
        let overloads = aggregate::find(&name);
        let fitting = |exact: bool| {
            overloads.iter().find_map(|overload| {
                let parameters = overload.parameters;
                let types = (parameters.len() == types.len())
                    .then(|| fit(parameters, &types, exact))
                    .flatten()?;
                Some((*overload, types))
            })
        };
        let Some((function, wanted)) = fitting(true).or_else(|| fitting(false)) else {
            let expected: Vec<String> = overloads
                .iter()
                .map(|overload| format!("{overload:?}"))
                .collect();
            return Err(unexpected(&name, &types, &expected, at));
        };
        if matches!(name.as_str(), "min" | "max")
            && wanted.first().is_some_and(|of| !of.is_orderable())
        {
            return Err(unexpected(&name, &types, &["T orderable".to_owned()], at));
        }
        self.notes.extend(function.note);
        let result = (function.result)(&wanted);
        let arguments: Vec<Scalar> = arguments
            .into_iter()
            .zip(&wanted)
            .map(|(argument, of)| Self::coerced(argument, of))
            .collect();
        if arguments
            .iter()
            .any(|argument| argument.any(&|part| matches!(part.node, Node::Aggregate(_))))
        {
            let message = format!("Cannot nest aggregations inside aggregation '{name}'");
            return Err(Refusal::athena("NESTED_AGGREGATION", at, message));
        }
        let filter = call
            .filter
            .as_ref()
            .map(|filter| self.truth(filter, "FILTER expression", scope))
            .transpose()?;
        let order = self.sort_keys(&call.order, scope)?;
        Ok(AggregateCall {
            function,
            arguments,
            result,
            distinct: call.distinct,
            order,
            filter,
        })
    }

    pub(super) fn sort_keys(&mut self, items: &[SortItem], scope: &Scope) -> Judged<Vec<SortKey>> {
        let key = |item: &SortItem| {
            let by = self.expr(&item.expr, scope)?;
            sort_key(by, item)
        };
        items.iter().map(key).collect()
    }
}

/// A key of an order, if its type has one.
pub(super) fn sort_key(by: Scalar, item: &SortItem) -> Judged<SortKey> {
    if !by.of.is_orderable() {
        let message = format!(
            "Type {} is not orderable, and therefore cannot be used in ORDER BY",
            by.of
        );
        return Err(mismatch(item.expr.at, message));
    }
    Ok(SortKey {
        by,
        descending: item.descending,
        nulls_first: item.nulls_first,
    })
}
