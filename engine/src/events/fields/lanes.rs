/// How many bytes are looked at at once.
pub(super) const LANES: usize = 16;

/// Which of sixteen bytes do not stand in a JSON string as they are (quotes, backslashes and control characters):
/// one bit for each, the first byte's lowest.
#[inline]
pub(super) fn string_stops(bytes: &[u8; LANES]) -> u32 {
    of_processor::string_stops(bytes)
}

/// Which of sixteen bytes are digits, one bit for each, the first byte's lowest.
#[inline]
pub(super) fn digits(bytes: &[u8; LANES]) -> u32 {
    of_processor::digits(bytes)
}

#[cfg(target_arch = "x86_64")]
#[expect(
    unsafe_code,
    reason = "the compiler asks for it although every x86-64 has SSE2"
)]
mod of_processor {
    use std::arch::x86_64::{
        __m128i, _mm_cmpeq_epi8, _mm_min_epu8, _mm_movemask_epi8, _mm_or_si128, _mm_set_epi64x,
        _mm_set1_epi8, _mm_sub_epi8, _mm_xor_si128,
    };

    use super::LANES;

    #[inline]
    pub(super) fn string_stops(bytes: &[u8; LANES]) -> u32 {
        // SAFETY: SSE2 is part of x86-64.
        unsafe { string_stops_sse2(bytes) }
    }

    #[inline]
    pub(super) fn digits(bytes: &[u8; LANES]) -> u32 {
        // SAFETY: SSE2 is part of x86-64.
        unsafe { digits_sse2(bytes) }
    }

    #[inline]
    #[target_feature(enable = "sse2")]
    fn string_stops_sse2(bytes: &[u8; LANES]) -> u32 {
        let bytes = load(bytes);
        // A quote becomes the first value above the control characters, which stay below it.
        let turned = _mm_xor_si128(bytes, every(b'"' ^ b' '));
        let low = _mm_cmpeq_epi8(_mm_min_epu8(turned, every(b' ')), turned);
        let backslashes = _mm_cmpeq_epi8(bytes, every(b'\\'));
        bits(_mm_or_si128(low, backslashes))
    }

    #[inline]
    #[target_feature(enable = "sse2")]
    fn digits_sse2(bytes: &[u8; LANES]) -> u32 {
        let values = _mm_sub_epi8(load(bytes), every(b'0'));
        bits(_mm_cmpeq_epi8(_mm_min_epu8(values, every(9)), values))
    }

    #[inline]
    #[target_feature(enable = "sse2")]
    fn load(bytes: &[u8; LANES]) -> __m128i {
        let (low, high) = bytes.split_at(LANES / 2);
        let word = |half: &[u8]| {
            half.first_chunk()
                .map_or(0, |half| i64::from_le_bytes(*half))
        };
        _mm_set_epi64x(word(high), word(low))
    }

    #[inline]
    #[target_feature(enable = "sse2")]
    fn every(byte: u8) -> __m128i {
        _mm_set1_epi8(byte.cast_signed())
    }

    #[inline]
    #[target_feature(enable = "sse2")]
    fn bits(lanes: __m128i) -> u32 {
        _mm_movemask_epi8(lanes).cast_unsigned()
    }
}

#[cfg(not(target_arch = "x86_64"))]
use plain as of_processor;

/// The same for processors whose instructions are not named here.
#[cfg(any(test, not(target_arch = "x86_64")))]
mod plain {
    use super::LANES;

    pub(super) fn string_stops(bytes: &[u8; LANES]) -> u32 {
        bits(bytes, |byte| byte < 0x20 || byte == b'"' || byte == b'\\')
    }

    pub(super) fn digits(bytes: &[u8; LANES]) -> u32 {
        bits(bytes, |byte| byte.is_ascii_digit())
    }

    fn bits(bytes: &[u8; LANES], is: impl Fn(u8) -> bool) -> u32 {
        let bits = bytes.iter().enumerate();
        bits.fold(0, |bits, (at, byte)| bits | u32::from(is(*byte)) << at)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_byte_is_classed_as_the_plain_way_classes_it() {
        for byte in 0..=u8::MAX {
            let bytes = [byte; LANES];
            assert_eq!(string_stops(&bytes), plain::string_stops(&bytes), "{byte}");
            assert_eq!(digits(&bytes), plain::digits(&bytes), "{byte}");
        }
    }

    proptest! {
        #[test]
        fn each_byte_has_its_own_bit(bytes: [u8; LANES]) {
            prop_assert_eq!(string_stops(&bytes), plain::string_stops(&bytes));
            prop_assert_eq!(digits(&bytes), plain::digits(&bytes));
        }
    }
}
