use super::overload::{BIGINT, Overload, Parameter, VARCHAR, at, plain};
use crate::refusal::Refusal;
use crate::types::Type;
use crate::value::Value;

const N: Parameter = Parameter::BigInt;

pub(super) const TABLE: &[Overload] = &[
    plain("bitwise_and", &[N, N], BIGINT, |args, _| {
        Ok(Value::Whole(
            at(args, 0).as_whole() & at(args, 1).as_whole(),
        ))
    }),
    plain("bitwise_or", &[N, N], BIGINT, |args, _| {
        Ok(Value::Whole(
            at(args, 0).as_whole() | at(args, 1).as_whole(),
        ))
    }),
    plain("bitwise_xor", &[N, N], BIGINT, |args, _| {
        Ok(Value::Whole(
            at(args, 0).as_whole() ^ at(args, 1).as_whole(),
        ))
    }),
    plain("bitwise_not", &[N], BIGINT, |args, _| {
        Ok(Value::Whole(!at(args, 0).as_whole()))
    }),
    plain(
        "to_hex",
        &[Parameter::Varbinary],
        VARCHAR,
        |args, _| match at(args, 0) {
            Value::Varbinary(bytes) => {
                let text: String = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
                Ok(Value::text(&text))
            }
            _ => Ok(Value::Null),
        },
    ),
    plain(
        "from_hex",
        &[Parameter::Varchar],
        |_| Type::Varbinary,
        |args, _| {
            let digits: Option<Vec<u32>> = at(args, 0)
                .as_str()
                .chars()
                .map(|digit| digit.to_digit(16))
                .collect();
            let pairs = digits.filter(|digits| digits.len() % 2 == 0);
            let bytes = pairs.map(|digits| {
                let byte = |pair: &[u32]| {
                    u8::try_from(pair.iter().fold(0, |all, digit| all * 16 + digit)).unwrap_or(0)
                };
                digits.chunks(2).map(byte).collect::<Vec<u8>>()
            });
            bytes
                .map(|bytes| Value::Varbinary(bytes.into()))
                .ok_or_else(|| {
                    Refusal::argument(
                        "invalid input: an even number of hexadecimal digits is needed",
                    )
                })
        },
    ),
];
