use super::{Call, Function, text};
use crate::insights::value::{Value, parse_structure};

pub(super) const FUNCTION: Function = Function {
    name: "jsonParse",
    aliases: &[],
    summary: "the map or list that a JSON text spells; missing for anything else",
    signature: "jsonParse(text)",
    examples: &[
        (
            "jsonParse(\"{\\\"a\\\": [1.0, true]}\")",
            Some("{\"a\":[1.0,true]}"),
        ),
        ("jsonParse(\"{\\\"a\\\": [1.0, true]}\").a[1]", Some("1")),
        ("jsonParse(\"7\")", None),
    ],
    arguments: (1, 1),
    call: Call::Values(json_parse),
};

fn json_parse<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    let structure = text(arguments, 0).and_then(|text| parse_structure(&text));
    structure.map_or(Value::Null, Value::Structure)
}
