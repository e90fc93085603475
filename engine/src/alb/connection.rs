use super::entry::Entry;
use super::error::LineError;
use super::layout::CONNECTION;
use crate::base::Millis;

/// One connection of a client, as a connection log tells it. `conn_trace_id` is that of its requests in the access log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectionLogEntry<'l>(Entry<'l>);

impl<'l> ConnectionLogEntry<'l> {
    /// Reads a line of a connection log.
    pub fn parse(line: &'l str) -> Result<Self, LineError> {
        Entry::parse(&CONNECTION, line).map(Self)
    }

    /// The fields by name and place.
    pub fn entry(&self) -> &Entry<'l> {
        &self.0
    }

    /// When the connection was made, or was not.
    pub fn time(&self) -> Option<Millis> {
        Millis::parse_rfc3339(self.0.value("timestamp")?)
    }

    /// From and to when the client's certificate is valid, as it is written in the line.
    pub fn client_certificate_validity(&self) -> Option<(&'l str, &'l str)> {
        let written = self.0.value("leaf_client_cert_validity")?;
        let (from, to) = written.split_once(';')?;
        Some((
            from.strip_prefix("NotBefore=")?,
            to.strip_prefix("NotAfter=")?,
        ))
    }

    /// Why the client's certificate was refused: the code behind `Failed:`.
    pub fn refusal(&self) -> Option<&'l str> {
        self.0.value("tls_verify_status")?.strip_prefix("Failed:")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REFUSED: &str = "2026-04-20T10:00:00.250000Z 203.0.113.7 36280 443 TLSv1.2 ECDHE-RSA-AES128-GCM-SHA256 - \"CN=client,O=Example\" NotBefore=2025-01-01T00:00:00Z;NotAfter=2026-01-01T00:00:00Z FEF257372D5C14D4 Failed:ClientCertExpired TID_3180a73013c8ca4bac2f731159d4b0fe";

    #[test]
    fn a_refused_certificate_is_told_with_its_code() {
        let entry = ConnectionLogEntry::parse(REFUSED).unwrap();
        assert_eq!(entry.refusal(), Some("ClientCertExpired"));
        assert_eq!(
            entry.client_certificate_validity(),
            Some(("2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z"))
        );
        assert_eq!(entry.time(), Some(Millis(1_776_679_200_250)));
    }

    #[test]
    fn connections_without_tls_and_newer_fields_are_read() {
        let line = "2026-04-20T10:00:00.250000Z 2001:db8::1 36280 80 - - - \"-\" - - - TID_1 x25519 app/lb/1 10.0.0.1 new";
        let entry = ConnectionLogEntry::parse(line).unwrap();
        assert_eq!(entry.entry().value("tls_keyexchange"), Some("x25519"));
        assert_eq!(entry.entry().value("field_16"), Some("new"));
        assert_eq!(entry.refusal(), None);
        let wrong = line.replace("2001:db8::1", "client");
        assert_eq!(
            ConnectionLogEntry::parse(&wrong).unwrap_err().to_string(),
            "byte 28: `client_ip` is `client`, expected an IP address"
        );
    }
}
