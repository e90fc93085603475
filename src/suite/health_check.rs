use belfry_engine::diag::{Diagnostic, Span, suite as codes};

use super::section::Section;
use crate::balancer::Matcher;

/// How the load balancer asks the tasks for their health: what the target groups of an environment are made with, and
/// what `belfry up` does on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HealthCheck {
    /// `/health`.
    pub path: String,
    /// Seconds from one question to the next, 5 to 300.
    pub interval: u32,
    /// Seconds that an answer may take, 2 to 120, below the interval.
    pub timeout: u32,
    /// Answers in a row that make a target healthy, 2 to 10.
    pub healthy_threshold: u32,
    /// Failures in a row that make a target unhealthy, 2 to 10.
    pub unhealthy_threshold: u32,
    /// The statuses that count as an answer: `200`, `200,202`, `200-299`.
    pub matcher: String,
}

/// The defaults of a target group of an Application Load Balancer for targets that are addresses (API reference,
/// CreateTargetGroup), but for the path.
impl Default for HealthCheck {
    fn default() -> Self {
        Self {
            path: "/health".to_owned(),
            interval: 30,
            timeout: 5,
            healthy_threshold: 5,
            unhealthy_threshold: 2,
            matcher: "200".to_owned(),
        }
    }
}

impl HealthCheck {
    /// Reads `[health_check]`; keys that are left out have the defaults. The limits are those of CreateTargetGroup.
    pub(super) fn read(cx: &mut Vec<Diagnostic>, mut section: Section<'_>) -> Self {
        let default = Self::default();
        let mut whole = |key, least, most, default| {
            let Some((value, at)) = section.integer(cx, key) else {
                return default;
            };
            let fitting = u32::try_from(value).ok();
            fitting
                .filter(|value| (least..=most).contains(value))
                .unwrap_or_else(|| {
                    let message = format!("`{key}` is {value}, expected {least} to {most}");
                    cx.push(Diagnostic::error(&codes::WRONG_VALUE, at, message));
                    default
                })
        };
        let interval = whole("interval", 5, 300, default.interval);
        let timeout = whole("timeout", 2, 120, default.timeout);
        let healthy_threshold = whole("healthy_threshold", 2, 10, default.healthy_threshold);
        let unhealthy_threshold = whole("unhealthy_threshold", 2, 10, default.unhealthy_threshold);
        let at = section.at_key("timeout");
        if timeout >= interval {
            let message = format!(
                "`timeout` is {timeout} seconds, expected less than the `interval` of {interval}"
            );
            cx.push(Diagnostic::error(&codes::WRONG_VALUE, at, message));
        }
        let path = text(cx, &mut section, "path", default.path, |path| {
            let fits = path.starts_with('/') && path.len() <= 1024 && path.is_ascii();
            (!fits).then(|| format!("the path is `{path}`, expected one that begins with `/`"))
        });
        let matcher = text(cx, &mut section, "matcher", default.matcher, |text| {
            text.parse::<Matcher>().err()
        });
        section.finish(cx);
        Self {
            path,
            interval,
            timeout,
            healthy_threshold,
            unhealthy_threshold,
            matcher,
        }
    }
}

/// A text that fits, or the default.
fn text(
    cx: &mut Vec<Diagnostic>,
    section: &mut Section<'_>,
    key: &'static str,
    default: String,
    problem: impl Fn(&str) -> Option<String>,
) -> String {
    let Some(text) = section.string(cx, key) else {
        return default;
    };
    match problem(&text.value) {
        None => text.value,
        Some(problem) => {
            let at: Span = text.at;
            cx.push(Diagnostic::error(&codes::WRONG_VALUE, at, problem));
            default
        }
    }
}

#[cfg(test)]
mod tests {
    use toml::de::DeTable;

    use super::*;

    fn read(text: &str) -> (HealthCheck, Vec<String>) {
        let document = DeTable::parse(text).unwrap();
        let mut cx = Vec::new();
        let section = Section::new("[health_check]", document.get_ref(), Span::new(0, 0));
        let check = HealthCheck::read(&mut cx, section);
        (check, cx.into_iter().map(|wrong| wrong.message).collect())
    }

    #[test]
    fn what_is_left_out_is_as_a_target_group_has_it() {
        assert_eq!(read(""), (HealthCheck::default(), vec![]));
        let (check, wrong) = read("interval = 10\nmatcher = '200-299'\npath = '/up'");
        assert_eq!(
            (check.interval, check.matcher.as_str(), check.path.as_str()),
            (10, "200-299", "/up")
        );
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    #[test]
    fn numbers_that_no_target_group_takes_are_named() {
        for (text, expected) in [
            ("interval = 4", "`interval` is 4, expected 5 to 300"),
            (
                "healthy_threshold = 1",
                "`healthy_threshold` is 1, expected 2 to 10",
            ),
            (
                "interval = 5",
                "`timeout` is 5 seconds, expected less than the `interval` of 5",
            ),
            (
                "matcher = '2xx'",
                "the matcher is `2xx`, expected statuses of 200 to 499 such as `200`, `200,202` or `200-299`",
            ),
            (
                "path = 'health'",
                "the path is `health`, expected one that begins with `/`",
            ),
        ] {
            let (_, wrong) = read(text);
            assert!(wrong.iter().any(|found| found == expected), "{wrong:?}");
        }
        assert_eq!(read("intervall = 10").1.len(), 1);
    }
}
