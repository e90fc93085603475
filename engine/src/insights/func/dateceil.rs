use super::{Call, Function};
use crate::base::Millis;
use crate::insights::period::Period;

pub(super) const FUNCTION: Function = Function {
    name: "dateceil",
    aliases: &[],
    summary: "the start of the next bucket, or the moment itself where a bucket starts",
    signature: "dateceil(moment, period)",
    examples: &[
        ("dateceil(@timestamp, 1d)", Some("2026-04-21 00:00:00.000")),
        (
            "dateceil(fromMillis(0), 1h)",
            Some("1970-01-01 00:00:00.000"),
        ),
    ],
    arguments: (2, 2),
    call: Call::Moment(dateceil),
};

fn dateceil(at: Millis, period: Period) -> Millis {
    period.ceil(at)
}
