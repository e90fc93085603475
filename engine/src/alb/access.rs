use super::address::Address;
use super::entry::Entry;
use super::error::LineError;
use super::layout::ACCESS;
use super::request::RequestLine;
use crate::base::Millis;

/// One request, as an access log tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessLogEntry<'l>(Entry<'l>);

impl<'l> AccessLogEntry<'l> {
    /// Reads a line of an access log.
    pub fn parse(line: &'l str) -> Result<Self, LineError> {
        Entry::parse(&ACCESS, line).map(Self)
    }

    /// The fields by name and place.
    pub fn entry(&self) -> &Entry<'l> {
        &self.0
    }

    /// When the answer was sent; for web sockets, when the connection was closed.
    pub fn time(&self) -> Option<Millis> {
        Millis::parse_rfc3339(self.0.value("time")?)
    }

    /// Who asked.
    pub fn client(&self) -> Option<Address<'l>> {
        Address::parse(self.0.value("client:port")?)
    }

    /// Who answered; none where no target did, and for Lambda functions.
    pub fn target(&self) -> Option<Address<'l>> {
        Address::parse(self.0.value("target:port")?)
    }

    /// What was asked for.
    pub fn request(&self) -> RequestLine<'l> {
        RequestLine::split(self.0.value("request").unwrap_or("-"))
    }

    /// What the load balancer did: `waf`, `forward`, `redirect` and so on, in this order.
    pub fn actions(&self) -> impl Iterator<Item = &'l str> {
        self.0
            .value("actions_executed")
            .into_iter()
            .flat_map(|actions| actions.split(','))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_that_no_target_answered_has_a_client_only() {
        let line = "h2 2026-04-20T10:00:00.186641Z app/lb/50dc6c495c0c9188 2001:db8::1:2817 - -1 -1 -1 403 - 34 366 \"GET https://a:443/?q=a b HTTP/2.0\" \"-\" TLS_AES_128_GCM_SHA256 TLSv1.3 - \"-\" \"-\" \"-\" 0 - \"waf,forward\"";
        let entry = AccessLogEntry::parse(line).unwrap();
        assert_eq!(entry.time(), Some(Millis(1_776_679_200_186)));
        assert_eq!(
            entry.client().and_then(|client| client.ip()),
            "2001:db8::1".parse().ok()
        );
        assert_eq!(entry.target(), None);
        assert_eq!(entry.request().url, Some("https://a:443/?q=a b"));
        assert_eq!(entry.actions().collect::<Vec<_>>(), ["waf", "forward"]);
        assert_eq!(entry.entry().value("user_agent"), None);
    }
}
