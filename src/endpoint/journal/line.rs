use flate2::Crc;
use serde_json::Value;
use serde_json::value::RawValue;

/// One line of the journal: `{"crc":…,"entry":…}`, the checksum (CRC-32) being that of the entry's text.
pub(super) fn write(entry: &Value) -> Vec<u8> {
    let entry = entry.to_string();
    format!("{{\"crc\":{},\"entry\":{entry}}}\n", checksum(&entry)).into_bytes()
}

/// Reads a line; the error says what is wrong with it.
pub(super) fn read(line: &[u8]) -> Result<Value, String> {
    #[derive(serde::Deserialize)]
    struct Line<'a> {
        crc: u32,
        #[serde(borrow)]
        entry: &'a RawValue,
    }
    let line: Line<'_> = serde_json::from_slice(line)
        .map_err(|error| format!("it is not a line of a journal: {error}"))?;
    let text = line.entry.get();
    if checksum(text) != line.crc {
        return Err("its checksum does not fit".to_owned());
    }
    serde_json::from_str(text).map_err(|error| error.to_string())
}

fn checksum(text: &str) -> u32 {
    let mut crc = Crc::new();
    crc.update(text.as_bytes());
    crc.sum()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_line_reads_back() {
        let entry = json!({"b": 1, "a": "é\n"});
        assert_eq!(read(&write(&entry)).unwrap(), entry);
    }

    #[test]
    fn a_changed_byte_is_found() {
        let mut line = write(&json!({"a": 1000}));
        let at = line.len() - 4;
        line[at] = b'9';
        assert_eq!(read(&line).unwrap_err(), "its checksum does not fit");
    }
}
