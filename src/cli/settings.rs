use jiff::tz::TimeZone;

/// What the environment says, read once when the process begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// `AWS_ENDPOINT_URL`: where all AWS calls go instead of AWS.
    pub endpoint_url: Option<String>,
    /// Whether that variable is there and empty, which the SDK takes as an address.
    pub endpoint_is_empty: bool,
    /// `AWS_REGION`, else `AWS_DEFAULT_REGION`.
    pub region: Option<String>,
    /// `AWS_PROFILE`.
    pub profile: Option<String>,
    /// The machine's time zone: `TZ`, else `/etc/localtime`, else UTC.
    pub zone: TimeZone,
}

impl Settings {
    /// From the environment of the process. A variable that is empty counts as not set, as in the
    /// AWS tools.
    pub(super) fn from_environment() -> Self {
        Self::from_lookup(variable, TimeZone::system())
    }

    fn from_lookup(variable: impl Fn(&str) -> Option<String>, zone: TimeZone) -> Self {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        Self {
            endpoint_url: set("AWS_ENDPOINT_URL"),
            endpoint_is_empty: variable("AWS_ENDPOINT_URL").is_some_and(|url| url.is_empty()),
            region: set("AWS_REGION").or_else(|| set("AWS_DEFAULT_REGION")),
            profile: set("AWS_PROFILE"),
            zone,
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place where settings come in"
)]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::Settings;

    #[test]
    fn an_empty_variable_counts_as_not_set() {
        let lookup = |name: &str| match name {
            "AWS_REGION" => Some(String::new()),
            "AWS_DEFAULT_REGION" => Some("eu-central-1".to_owned()),
            _ => None,
        };
        let settings = Settings::from_lookup(lookup, TimeZone::UTC);
        assert_eq!(settings.region.as_deref(), Some("eu-central-1"));
        assert_eq!(settings.endpoint_url, None);
    }
}
