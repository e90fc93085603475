use std::str::FromStr;

/// The statuses of a healthy answer as a target group writes them: `200`, `200,202` or `200-299`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matcher(Vec<(u16, u16)>);

/// A target group's default: 200 alone.
impl Default for Matcher {
    fn default() -> Self {
        Self(vec![(200, 200)])
    }
}

impl Matcher {
    /// Whether a status counts as healthy.
    pub fn matches(&self, status: u16) -> bool {
        let mut ranges = self.0.iter();
        ranges.any(|(from, to)| (*from..=*to).contains(&status))
    }
}

/// The `HttpCode` of a target group's matcher. An Application Load Balancer takes 200 to 499 (API reference, Matcher).
impl FromStr for Matcher {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let ranges = text.split(',').map(|part| {
            let (from, to) = part.split_once('-').unwrap_or((part, part));
            let range = (status(from)?, status(to)?);
            (range.0 <= range.1).then_some(range)
        });
        let ranges: Option<Vec<_>> = ranges.collect();
        ranges.map(Self).ok_or_else(|| {
            format!("the matcher is `{text}`, expected statuses of 200 to 499 such as `200`, `200,202` or `200-299`")
        })
    }
}

fn status(text: &str) -> Option<u16> {
    let is_plain = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_digit());
    let status: u16 = text.parse().ok().filter(|_| is_plain)?;
    (200..=499).contains(&status).then_some(status)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_matcher_is_a_status_a_list_or_a_range() {
        let matches = |matcher: &str, status| matcher.parse::<Matcher>().unwrap().matches(status);
        assert!(matches("200", 200) && !matches("200", 201));
        assert!(matches("200,202", 202) && !matches("200,202", 201));
        assert!(matches("200-299", 299) && !matches("200-299", 300));
        assert!(matches("200-204,301", 301));
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "", "2xx", "200,", "299-200", "199", "500", "+200", "200 ,201", "0200",
        ] {
            assert!(text.parse::<Matcher>().is_err(), "{text}");
        }
    }
}
