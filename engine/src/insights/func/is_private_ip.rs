use super::address::{Class, class};
use super::{Call, Function};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "isPrivateIP",
    aliases: &[],
    summary: "whether the address is private: RFC 1918, or a unique local IPv6 address",
    signature: "isPrivateIP(text)",
    examples: &[
        ("isPrivateIP(\"192.168.1.1\")", Some("1")),
        ("isPrivateIP(\"fd00::1\")", Some("1")),
        ("isPrivateIP(\"8.8.8.8\")", Some("0")),
        ("isPrivateIP(missing)", Some("0")),
    ],
    arguments: (1, 1),
    call: Call::Values(is_private),
};

fn is_private<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    Value::boolean(class(arguments) == Some(Class::Private))
}
