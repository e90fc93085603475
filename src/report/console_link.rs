use std::fmt::Write as _;

use belfry_engine::base::{Millis, TimeRange};

/// A Logs Insights query as the AWS console opens it from an address.
#[derive(Clone, Debug)]
pub struct QueryLink<'a> {
    /// `us-east-1`.
    pub region: &'a str,
    /// The query.
    pub text: &'a str,
    /// Names or ARNs.
    pub log_groups: &'a [String],
    /// When it looks.
    pub time: LinkTime,
    /// Whether the console shows times in UTC; else in the time of whoever opens it.
    pub utc: bool,
}

/// The console's two kinds of time range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkTime {
    /// So many seconds back from the moment the link is opened.
    Relative(i64),
    /// A range that stays.
    Absolute(TimeRange),
}

/// The address. AWS does not document its form; real links and the console's own encoding, JSURL, are the source:
/// `#logsV2:logs-insights?queryDetail=` with `$` for `%`, then one JSURL object with its keys in the console's order.
pub fn console_link(link: &QueryLink<'_>) -> String {
    let region = link.region;
    format!(
        "https://{region}.{}/cloudwatch/home?region={region}#logsV2:logs-insights$3FqueryDetail$3D{}",
        host(region),
        detail(link)
    )
}

/// The events of one log group that match a filter pattern, as the AWS console opens them from an address.
#[derive(Clone, Copy, Debug)]
pub struct EventsLink<'a> {
    /// `us-east-1`.
    pub region: &'a str,
    /// Its name.
    pub log_group: &'a str,
    /// In the language of metric filters.
    pub pattern: &'a str,
    /// When it looks.
    pub range: TimeRange,
}

/// The address, in the console's own form: `#logsV2:log-groups/log-group/NAME/log-events?filterPattern=…` where name and
/// query are percent-encoded twice and `$` stands for the outer `%`.
pub fn events_link(link: &EventsLink<'_>) -> String {
    let region = link.region;
    let twice = |text: &str| percent(&percent(text, '%'), '$');
    format!(
        "https://{region}.{}/cloudwatch/home?region={region}#logsV2:log-groups/log-group/{}/log-events\
         $3FfilterPattern$3D{}$26start$3D{}$26end$3D{}",
        host(region),
        twice(link.log_group),
        twice(link.pattern),
        link.range.start.0,
        link.range.end.0,
    )
}

/// Every byte that is not a plain letter or digit as `mark` and two digits.
fn percent(text: &str, mark: char) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"_.-~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "{mark}{byte:02X}");
        }
    }
    encoded
}

/// Consoles of the other partitions stand elsewhere.
fn host(region: &str) -> &'static str {
    if region.starts_with("cn-") {
        "console.amazonaws.cn"
    } else if region.starts_with("us-gov-") {
        "console.amazonaws-us-gov.com"
    } else {
        "console.aws.amazon.com"
    }
}

fn detail(link: &QueryLink<'_>) -> String {
    let mut text = String::from("~(");
    match link.time {
        LinkTime::Relative(seconds) => {
            let start = -seconds;
            let _ = write!(text, "end~0~start~{start}~timeType~'RELATIVE");
        }
        LinkTime::Absolute(range) => {
            let moment = |moment: Millis| string(&moment.to_rfc3339());
            let (end, start) = (moment(range.end), moment(range.start));
            let _ = write!(text, "end~{end}~start~{start}~timeType~'ABSOLUTE");
        }
    }
    text.push_str(if link.utc { "~tz~'UTC" } else { "~tz~'LOCAL" });
    if let LinkTime::Relative(_) = link.time {
        text.push_str("~unit~'seconds");
    }
    let groups: String = match link.log_groups {
        [] => "~".to_owned(),
        groups => groups
            .iter()
            .map(|group| format!("~{}", string(group)))
            .collect(),
    };
    let _ = write!(
        text,
        "~editorString~{}~source~({groups})~lang~'CWLI)",
        string(link.text)
    );
    text
}

/// A string of JSURL: `'`, then every UTF-16 unit that is not a plain letter or digit escaped.
fn string(text: &str) -> String {
    let mut encoded = String::from("'");
    for unit in text.encode_utf16() {
        match u8::try_from(unit) {
            Ok(b'$') => encoded.push('!'),
            Ok(byte) if byte.is_ascii_alphanumeric() || b"_.-".contains(&byte) => {
                encoded.push(char::from(byte));
            }
            Ok(byte) => {
                let _ = write!(encoded, "*{byte:02x}");
            }
            Err(_) => {
                let _ = write!(encoded, "**{unit:04x}");
            }
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relative_link_is_the_consoles_own() {
        let groups = ["/aws/lambda/my-fn".to_owned()];
        let link = QueryLink {
            region: "us-east-1",
            text: "fields @timestamp, @message\n| sort @timestamp desc\n| limit 20",
            log_groups: &groups,
            time: LinkTime::Relative(3600),
            utc: true,
        };
        assert_eq!(
            console_link(&link),
            "https://us-east-1.console.aws.amazon.com/cloudwatch/home?region=us-east-1#logsV2:logs-insights\
             $3FqueryDetail$3D~(end~0~start~-3600~timeType~'RELATIVE~tz~'UTC~unit~'seconds~editorString~\
             'fields*20*40timestamp*2c*20*40message*0a*7c*20sort*20*40timestamp*20desc*0a*7c*20limit*2020\
             ~source~(~'*2faws*2flambda*2fmy-fn)~lang~'CWLI)"
        );
    }

    #[test]
    fn an_absolute_link_carries_iso_texts() {
        let groups = ["arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/my-fn".to_owned()];
        let link = QueryLink {
            region: "us-east-1",
            text: "stats count(*) by bin(5m)",
            log_groups: &groups,
            time: LinkTime::Absolute(TimeRange {
                start: Millis(1_776_679_200_000),
                end: Millis(1_776_682_800_000),
            }),
            utc: true,
        };
        assert_eq!(
            detail(&link),
            "~(end~'2026-04-20T11*3a00*3a00.000Z~start~'2026-04-20T10*3a00*3a00.000Z~timeType~'ABSOLUTE~tz~'UTC\
             ~editorString~'stats*20count*28*2a*29*20by*20bin*285m*29~source~(~'arn*3aaws*3alogs*3aus-east-1\
             *3a123456789012*3alog-group*3a*2faws*2flambda*2fmy-fn)~lang~'CWLI)"
        );
    }

    #[test]
    fn events_of_a_group_are_opened_by_their_pattern() {
        let link = EventsLink {
            region: "eu-central-1",
            log_group: "/aws/lambda/my-fn",
            pattern: "{ $.level = \"ERROR\" }",
            range: TimeRange {
                start: Millis(1_776_679_200_000),
                end: Millis(1_776_682_800_000),
            },
        };
        assert_eq!(
            events_link(&link),
            "https://eu-central-1.console.aws.amazon.com/cloudwatch/home?region=eu-central-1#logsV2:log-groups/log-group\
             /$252Faws$252Flambda$252Fmy-fn/log-events$3FfilterPattern$3D$257B$2520$2524.level$2520$253D$2520$2522\
             ERROR$2522$2520$257D$26start$3D1776679200000$26end$3D1776682800000"
        );
    }

    #[test]
    fn dollars_and_letters_beyond_ascii_are_escaped_as_jsurl_does() {
        assert_eq!(string("cost = \"$5\""), "'cost*20*3d*20*22!5*22");
        assert_eq!(string("é"), "'*e9");
        assert_eq!(string("→😀"), "'**2192**d83d**de00");
    }
}
