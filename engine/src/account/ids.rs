use std::collections::BTreeMap;

use crate::base::Millis;

/// Makes UUID-shaped ids from a counter for each kind of thing, so that the same calls at the same times
/// give the same ids. The moment goes in too: a counter that starts again never repeats an id.
#[derive(Clone, Debug)]
pub struct Ids {
    seed: u64,
    made: BTreeMap<&'static str, u64>,
}

impl Ids {
    /// Ids of one account in one region.
    pub fn new(account: &str, region: &str) -> Self {
        let seed = mix_text(mix_text(0, account), region);
        Self {
            seed,
            made: BTreeMap::new(),
        }
    }

    /// The next id of a `kind` of thing, such as `query-definition`: 36 characters in the shape of a UUID of
    /// version 4. Kinds do not disturb one another.
    pub fn next(&mut self, kind: &'static str, now: Millis) -> String {
        let made = self.made.entry(kind).or_default();
        *made += 1;
        let base = mix(mix_text(self.seed, kind) ^ *made) ^ now.0.unsigned_abs();
        let (high, low) = (mix(base), mix(base ^ 0x9e37_79b9_7f4a_7c15));
        let bits = (u128::from(high) << 64) | u128::from(low);
        shape(bits)
    }
}

fn shape(bits: u128) -> String {
    let version = (bits & !(0xf << 76)) | (4 << 76);
    let variant = (version & !(0b11 << 62)) | (0b10 << 62);
    let hex = format!("{variant:032x}");
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    [
        part(0, 8),
        part(8, 12),
        part(12, 16),
        part(16, 20),
        part(20, 32),
    ]
    .join("-")
}

/// The finisher of SplitMix64: spreads every bit over all.
fn mix(value: u64) -> u64 {
    let mut z = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

fn mix_text(seed: u64, text: &str) -> u64 {
    text.bytes()
        .fold(mix(seed), |state, byte| mix(state ^ u64::from(byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Millis = Millis(1_776_679_200_000);

    #[test]
    fn the_same_calls_give_the_same_ids() {
        let ids = || {
            let mut ids = Ids::new("000000000000", "us-east-1");
            [ids.next("query", NOW), ids.next("query", NOW)]
        };
        assert_eq!(ids(), ids());
        assert_ne!(ids()[0], ids()[1]);
    }

    #[test]
    fn kinds_do_not_disturb_one_another() {
        let mut alone = Ids::new("000000000000", "us-east-1");
        let mut mixed = Ids::new("000000000000", "us-east-1");
        mixed.next("query", NOW);
        assert_eq!(alone.next("definition", NOW), mixed.next("definition", NOW));
    }

    #[test]
    fn an_id_has_the_shape_of_a_uuid() {
        let id = Ids::new("000000000000", "us-east-1").next("query", NOW);
        let lengths: Vec<_> = id.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12]);
        assert_eq!(id.as_bytes().get(14), Some(&b'4'));
    }
}
