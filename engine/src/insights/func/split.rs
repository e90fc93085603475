use super::{Call, Function, text};
use crate::insights::value::{Part, Structure, Value};

pub(super) const FUNCTION: Function = Function {
    name: "split",
    aliases: &[],
    summary: "the list of the parts of a text between delimiters",
    signature: "split(text, delimiter)",
    examples: &[
        ("split(\"a,b,\", \",\")", Some("[\"a\",\"b\",\"\"]")),
        ("split(\"a--b\", \"--\")[1]", Some("b")),
        ("split(\"ab\", \"\")", None),
    ],
    arguments: (2, 2),
    call: Call::Values(split),
};

/// An empty delimiter gives no answer: the user guide does not say what it would be.
fn split<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    let (Some(text), Some(delimiter)) = (text(arguments, 0), text(arguments, 1)) else {
        return Value::Null;
    };
    if delimiter.is_empty() {
        return Value::Null;
    }
    let parts = text.split(&*delimiter);
    let parts = parts.map(|part| Part::Text(part.into()));
    Value::Structure(Structure::list(parts))
}
