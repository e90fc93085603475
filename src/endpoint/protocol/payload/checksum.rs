use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest as _, Sha256};

use super::crc::{CRC32, CRC32C, CRC64NVME};
use crate::endpoint::Fault;

/// A checksum that S3 takes with a body.
#[derive(Debug)]
pub(in crate::endpoint) struct Checksum {
    /// `x-amz-checksum-crc32`.
    pub(in crate::endpoint) header: &'static str,
    /// `ChecksumCRC32`.
    pub(in crate::endpoint) member: &'static str,
    /// `CRC32`.
    pub(in crate::endpoint) name: &'static str,
    digest: fn(&[u8]) -> Vec<u8>,
}

/// All of them.
pub(in crate::endpoint) static CHECKSUMS: &[Checksum] = &[
    Checksum {
        header: "x-amz-checksum-crc32",
        member: "ChecksumCRC32",
        name: "CRC32",
        digest: |bytes| CRC32.of(bytes),
    },
    Checksum {
        header: "x-amz-checksum-crc32c",
        member: "ChecksumCRC32C",
        name: "CRC32C",
        digest: |bytes| CRC32C.of(bytes),
    },
    Checksum {
        header: "x-amz-checksum-sha1",
        member: "ChecksumSHA1",
        name: "SHA1",
        digest: |bytes| Sha1::digest(bytes).to_vec(),
    },
    Checksum {
        header: "x-amz-checksum-sha256",
        member: "ChecksumSHA256",
        name: "SHA256",
        digest: |bytes| Sha256::digest(bytes).to_vec(),
    },
    Checksum {
        header: "x-amz-checksum-crc64nvme",
        member: "ChecksumCRC64NVME",
        name: "CRC64NVME",
        digest: |bytes| CRC64NVME.of(bytes),
    },
];

impl Checksum {
    /// Refuses a value that is none, and one that `bytes` do not have.
    pub(super) fn verify(&self, bytes: &[u8], given: &str) -> Result<(), Fault> {
        let wanted = (self.digest)(bytes);
        match STANDARD.decode(given.trim()) {
            Ok(given) if given == wanted => Ok(()),
            Ok(given) if given.len() == wanted.len() => Err(Fault::new(
                "BadDigest",
                format!(
                    "The {} you specified did not match the calculated checksum.",
                    self.name
                ),
            )),
            _ => Err(Fault::new(
                "InvalidRequest",
                format!("Value for {} header is invalid.", self.header),
            )),
        }
    }
}

/// Checks `Content-MD5`.
pub(super) fn verify_md5(bytes: &[u8], given: &str) -> Result<(), Fault> {
    match STANDARD.decode(given.trim()) {
        Ok(given) if given[..] == Md5::digest(bytes)[..] => Ok(()),
        Ok(given) if given.len() == 16 => Err(Fault::new(
            "BadDigest",
            "The Content-MD5 you specified did not match what we received.",
        )),
        _ => Err(Fault::new(
            "InvalidDigest",
            "The Content-MD5 you specified was invalid.",
        )),
    }
}

/// `bytes` in lower-case hexadecimal digits.
pub(in crate::endpoint) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a text does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The SHA-256 of `bytes`, in hexadecimal digits.
pub(in crate::endpoint) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// The MD5 of `bytes`.
pub(in crate::endpoint) fn md5(bytes: &[u8]) -> Vec<u8> {
    Md5::digest(bytes).to_vec()
}
