use belfry_engine::base::{Millis, TimeRange};

/// How far from the moment of a trace id its lines may lie: a request may be under way for long.
const BEFORE: i64 = 60_000;
const AFTER: i64 = 15 * 60_000;

/// The time in which the lines of a trace that was made at `made` are looked for.
pub(super) fn around(made: Millis) -> TimeRange {
    TimeRange {
        start: made.plus(-BEFORE).floor_to(1000),
        end: made.plus(AFTER).floor_to(1000).plus(999),
    }
}

/// The folders of the days in which files of access logs for `range` are delivered:
/// `PREFIX/AWSLogs/ACCOUNT/elasticloadbalancing/REGION/yyyy/mm/dd/`.
pub(super) fn folders(prefix: &str, account: &str, region: &str, range: TimeRange) -> Vec<String> {
    const DAY: i64 = 86_400_000;
    let prefix = match prefix.trim_matches('/') {
        "" => String::new(),
        prefix => format!("{prefix}/"),
    };
    let (first, last) = (
        range.start.floor_to(DAY),
        range.end.plus(AFTER).floor_to(DAY),
    );
    let days = std::iter::successors(Some(first), |day| Some(day.plus(DAY)));
    days.take_while(|day| *day <= last)
        .map(|day| {
            let day = day.strftime("%Y/%m/%d");
            format!("{prefix}AWSLogs/{account}/elasticloadbalancing/{region}/{day}/")
        })
        .collect()
}

/// Whether a file may hold lines of `range`: the time in its name, the end of its interval, is not before the range
/// and not long behind it. `balancer` is the load balancer's name, as files name it.
pub(super) fn may_hold(key: &str, balancer: &str, range: TimeRange) -> bool {
    let name = key.rsplit('/').next().unwrap_or(key);
    let of_balancer = format!("_app.{balancer}.");
    let Some((_, rest)) = name.split_once(&of_balancer) else {
        return false;
    };
    let mut parts = rest.split('_');
    let end = parts.nth(1).and_then(end);
    end.is_some_and(|end| range.start <= end && end <= range.end.plus(AFTER))
}

/// `20260420T1000Z`.
fn end(text: &str) -> Option<Millis> {
    let part = |from, to| text.get(from..to);
    let written = format!(
        "{}-{}-{}T{}:{}:00Z",
        part(0, 4)?,
        part(4, 6)?,
        part(6, 8)?,
        part(9, 11)?,
        part(11, 13)?
    );
    let is_whole = text.len() == 14 && text.get(8..9) == Some("T") && text.ends_with('Z');
    Millis::parse_rfc3339(&written).filter(|_| is_whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Millis = Millis(1_776_686_400_000);

    #[test]
    fn files_are_chosen_by_balancer_and_end_of_interval() {
        let range = around(NOON);
        let key = |time: &str| {
            format!(
                "AWSLogs/1/elasticloadbalancing/us-east-1/2026/04/20/1_elasticloadbalancing_us-east-1_app.fraud-detection-alb.0f_{time}_10.0.0.1_x.log.gz"
            )
        };
        let holds = |time| may_hold(&key(time), "fraud-detection-alb", range);
        assert!(holds("20260420T1200Z") && holds("20260420T1205Z") && holds("20260420T1230Z"));
        assert!(!holds("20260420T1155Z") && !holds("20260420T1231Z") && !holds("soon"));
        assert!(!may_hold(&key("20260420T1200Z"), "other", range));
        assert!(!may_hold(
            "AWSLogs/1/ELBAccessLogTestFile",
            "fraud-detection-alb",
            range
        ));
    }

    #[test]
    fn a_request_before_midnight_may_be_delivered_the_day_after() {
        let range = around(Millis(1_776_729_000_000));
        assert_eq!(
            folders("/alb/", "1", "us-east-1", range),
            [
                "alb/AWSLogs/1/elasticloadbalancing/us-east-1/2026/04/20/",
                "alb/AWSLogs/1/elasticloadbalancing/us-east-1/2026/04/21/",
            ]
        );
    }
}
