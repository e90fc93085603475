use super::{Call, Function};
use crate::base::Millis;
use crate::insights::period::Period;

pub(super) const FUNCTION: Function = Function {
    name: "datefloor",
    aliases: &[],
    summary: "the start of the bucket of a moment",
    signature: "datefloor(moment, period)",
    examples: &[("datefloor(@timestamp, 1d)", Some("2026-04-20 00:00:00.000"))],
    arguments: (2, 2),
    call: Call::Moment(datefloor),
};

fn datefloor(at: Millis, period: Period) -> Millis {
    period.floor(at)
}
