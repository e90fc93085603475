use std::net::IpAddr;

/// An address and its port: `192.168.131.39:2817`. AWS writes IPv6 addresses without brackets, so that the last
/// colon divides; brackets of other writers stay with the host, as in AWS's Athena table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Address<'l> {
    /// The text in front of the last colon.
    pub host: &'l str,
    /// The number behind it.
    pub port: u16,
}

impl<'l> Address<'l> {
    /// Reads `host:port`; `None` where one of them is missing or the port is none.
    pub fn parse(text: &'l str) -> Option<Self> {
        let (host, port) = Self::split(text)?;
        let port = port.parse().ok()?;
        Some(Self { host, port })
    }

    /// Host and port as they are written.
    pub(super) fn split(text: &'l str) -> Option<(&'l str, &'l str)> {
        let (host, port) = text.rsplit_once(':')?;
        let digits = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
        (!host.is_empty() && digits).then_some((host, port))
    }

    /// The host as an IP address; `None` where it is a name.
    pub fn ip(&self) -> Option<IpAddr> {
        let inner = self
            .host
            .strip_prefix('[')
            .and_then(|host| host.strip_suffix(']'));
        inner.unwrap_or(self.host).parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_colon_divides_address_and_port() {
        for (text, ip, port) in [
            ("192.168.131.39:2817", "192.168.131.39", 2817),
            (
                "2001:41d0:701:1100::29c8:80",
                "2001:41d0:701:1100::29c8",
                80,
            ),
            ("[2001:db8::1]:443", "2001:db8::1", 443),
        ] {
            let address = Address::parse(text).unwrap();
            assert_eq!((address.ip(), address.port), (ip.parse().ok(), port));
        }
        for text in [
            "",
            "-",
            "10.0.0.1",
            ":80",
            "10.0.0.1:",
            "10.0.0.1:65536",
            "10.0.0.1:+1",
        ] {
            assert_eq!(Address::parse(text), None, "{text}");
        }
    }
}
