use super::ast::{Node, NodeKind, Operator};
use super::calculate::{Environment, MathError};
use super::functions::{Argument, Call, find};
use super::operators::{combine, negate};
use super::value::Value;
use crate::diag::{Diagnostic, metric_math as codes};

/// Works out `node`. Names and numbers of arguments have been checked.
pub(super) fn evaluate(node: &Node, environment: &dyn Environment) -> Result<Value, MathError> {
    match &node.kind {
        NodeKind::Number(number) => Ok(Value::Scalar(*number)),
        NodeKind::Text(text) => Ok(Value::Text(text.clone())),
        NodeKind::Keyword(word) => Ok(Value::Keyword(word)),
        NodeKind::Id(id) => environment.query(id, node.span),
        NodeKind::Negate(inner) => {
            let value = evaluate(inner, environment)?;
            let wrong = |value: &Value| type_error(node, Operator::Subtract, value);
            negate(value).map_err(|value| wrong(&value).into())
        }
        NodeKind::Binary {
            operator,
            left,
            right,
        } => {
            let left = evaluate(left, environment)?;
            let right = evaluate(right, environment)?;
            combine(*operator, &left, &right)
                .ok_or_else(|| operand_error(node, *operator, &left, &right).into())
        }
        NodeKind::Call {
            name, arguments, ..
        } => call(node, name, arguments, environment),
        NodeKind::Array(nodes) => array(nodes, environment),
    }
}

fn call(
    node: &Node,
    name: &str,
    arguments: &[Node],
    environment: &dyn Environment,
) -> Result<Value, MathError> {
    let Some(function) = find(name) else {
        let message = format!("unknown function `{name}`");
        return Err(Diagnostic::error(&codes::UNKNOWN_FUNCTION, node.span, message).into());
    };
    let evaluated = arguments
        .iter()
        .map(|a| {
            Ok(Argument {
                value: evaluate(a, environment)?,
                span: a.span,
            })
        })
        .collect::<Result<Vec<_>, MathError>>()?;
    (function.call)(&Call {
        name: function.name,
        arguments: evaluated,
        span: node.span,
        environment,
    })
}

/// Series, and the series of arrays, in one array.
fn array(nodes: &[Node], environment: &dyn Environment) -> Result<Value, MathError> {
    let mut series = Vec::new();
    for node in nodes {
        match evaluate(node, environment)? {
            Value::Series(one) => series.push(one),
            Value::Array(several) => series.extend(several),
            other => {
                let message = format!("an array holds time series, found {}", other.kind());
                return Err(Diagnostic::error(&codes::WRONG_TYPE, node.span, message).into());
            }
        }
    }
    Ok(Value::Array(series))
}

fn operand_error(node: &Node, operator: Operator, left: &Value, right: &Value) -> Diagnostic {
    let message = format!(
        "`{}` does not take {} and {}",
        operator.as_str(),
        left.kind(),
        right.kind()
    );
    Diagnostic::error(&codes::WRONG_TYPE, node.span, message)
}

fn type_error(node: &Node, operator: Operator, value: &Value) -> Diagnostic {
    let message = format!("`{}` does not take {}", operator.as_str(), value.kind());
    Diagnostic::error(&codes::WRONG_TYPE, node.span, message)
}
