/// A cyclic redundancy check of reflected bits that starts and ends with all ones, as all that S3 takes do.
#[derive(Clone, Copy, Debug)]
pub(super) struct Crc {
    /// The polynomial, its bits reversed.
    pub(super) polynomial: u64,
    /// 32 or 64.
    pub(super) bits: u32,
}

/// ISO 3309, as in gzip.
pub(super) const CRC32: Crc = Crc {
    polynomial: 0xEDB8_8320,
    bits: 32,
};

/// Castagnoli, as in iSCSI.
pub(super) const CRC32C: Crc = Crc {
    polynomial: 0x82F6_3B78,
    bits: 32,
};

/// The one of NVM Express, 64 bits.
pub(super) const CRC64NVME: Crc = Crc {
    polynomial: 0x9A6C_9329_AC4B_C9B5,
    bits: 64,
};

impl Crc {
    /// The check of `bytes`, most significant byte first.
    pub(super) fn of(self, bytes: &[u8]) -> Vec<u8> {
        let table = self.table();
        let ones = u64::MAX >> (64 - self.bits);
        let sum = bytes.iter().fold(ones, |sum, byte| {
            let [low, ..] = sum.to_le_bytes();
            table[usize::from(low ^ byte)] ^ (sum >> 8)
        }) ^ ones;
        let skipped = if self.bits == 64 { 0 } else { 4 };
        sum.to_be_bytes()[skipped..].to_vec()
    }

    fn table(self) -> [u64; 256] {
        let mut table = [0; 256];
        for (byte, entry) in (0_u64..).zip(table.iter_mut()) {
            *entry = (0..8).fold(byte, |sum, _| {
                let feedback = if sum & 1 == 1 { self.polynomial } else { 0 };
                (sum >> 1) ^ feedback
            });
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The check values of the catalogue of CRC algorithms: those of `123456789`.
    #[test]
    fn the_checks_are_those_of_the_catalogue() {
        let digits = b"123456789";
        assert_eq!(CRC32.of(digits), 0xCBF4_3926_u32.to_be_bytes());
        assert_eq!(CRC32C.of(digits), 0xE306_9283_u32.to_be_bytes());
        assert_eq!(
            CRC64NVME.of(digits),
            0xAE8B_1486_0A79_9888_u64.to_be_bytes()
        );
    }
}
