use super::env::Env;
use super::eval::eval;
use crate::plan::{Node, Scalar};

/// Replaces what is the same for all rows by its value. What fails stays: only a row that needs it is refused.
pub(crate) fn fold_constants(scalar: Scalar, env: &Env<'_>) -> Scalar {
    let folded = scalar.replaced::<std::convert::Infallible>(&mut |part| {
        if matches!(part.node, Node::Constant(_)) || part.any(&is_of_a_row) {
            return Ok(None);
        }
        let value = eval(part, &[], env).map(|value| value.into_owned());
        Ok(value
            .ok()
            .map(|value| Scalar::constant(value, part.of.clone(), part.span)))
    });
    match folded {
        Ok(folded) => folded,
        Err(never) => match never {},
    }
}

fn is_of_a_row(part: &Scalar) -> bool {
    matches!(
        part.node,
        Node::Column(_)
            | Node::Handed(_)
            | Node::Bound(_)
            | Node::Subquery(..)
            | Node::Aggregate(_)
            | Node::Window(_)
            | Node::Grouping(_)
    )
}
