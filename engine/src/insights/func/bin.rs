use super::{Call, Function};

pub(super) const FUNCTION: Function = Function {
    name: "bin",
    aliases: &[],
    summary: "the start of the bucket of `@timestamp`",
    signature: "bin(period)",
    examples: &[("bin(1h)", Some("2026-04-20 10:00:00.000"))],
    arguments: (1, 1),
    call: Call::Bin,
};
