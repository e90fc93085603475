use crate::backtest::{Budget, IncidentReport, Report, VersionReport};
use crate::report::plural;
use crate::why::number;

/// `2026-11-22 00:17` of RFC 3339, with seconds where they are not zero.
pub(super) fn moment(text: &str) -> String {
    let minutes = text.get(..16).unwrap_or(text).replace('T', " ");
    match text.get(16..19) {
        Some(":00") | None => minutes,
        Some(seconds) => format!("{minutes}{seconds}"),
    }
}

/// `2 d 3 h`, `4 min`, `30 s`: the two largest parts.
pub(super) fn length(seconds: i64) -> String {
    const UNITS: &[(i64, &str)] = &[(86_400, "d"), (3600, "h"), (60, "min"), (1, "s")];
    let mut rest = seconds;
    let mut parts = Vec::new();
    for (unit, name) in UNITS {
        if rest >= *unit && parts.len() < 2 {
            parts.push(format!("{} {name}", rest / unit));
            rest %= unit;
        }
    }
    match parts.is_empty() {
        true => "0 s".to_owned(),
        false => parts.join(" "),
    }
}

/// `3 pages, 4.2 a week`.
pub(super) fn pages(version: &VersionReport) -> String {
    format!(
        "{}, {} a week",
        plural(version.pages, "page"),
        rounded(version.pages_per_week)
    )
}

/// One decimal.
pub(super) fn rounded(value: f64) -> String {
    format!("{value:.1}")
}

pub(super) fn budget(budget: &Budget) -> String {
    let verdict = if budget.kept { "within" } else { "over" };
    format!(
        "{} pages a week, {verdict} the budget of {}",
        rounded(budget.pages_per_week),
        number(budget.max_pages_per_week)
    )
}

/// `detected after 2 min by fraud-error-count`, `missed`.
pub(super) fn incident(report: &IncidentReport) -> String {
    let mut text = match (report.seconds_to_detect, report.by.first()) {
        (Some(0), Some(first)) => format!("detected at once: {} was on", first.alarm),
        (Some(seconds), Some(first)) => {
            format!("detected after {} by {}", length(seconds), first.alarm)
        }
        _ => "missed".to_owned(),
    };
    let also: Vec<String> = report
        .by
        .iter()
        .skip(1)
        .map(|detection| format!("{} after {}", detection.alarm, length(detection.seconds)))
        .collect();
    let quiet = report.by.iter().filter(|detection| !detection.paged);
    let quiet: Vec<&str> = quiet.map(|detection| detection.alarm.as_str()).collect();
    for (word, list) in [
        ("also", also.join(", ")),
        ("silent", report.silent.join(", ")),
        ("not expected", report.others.join(", ")),
        ("told nobody", quiet.join(", ")),
    ] {
        if !list.is_empty() {
            text = format!("{text}; {word}: {list}");
        }
    }
    text
}

/// `from … to …, 7 d`.
pub(super) fn range(report: &Report) -> String {
    format!(
        "{} to {} UTC, {}",
        moment(&report.from),
        moment(&report.to),
        length(report.seconds)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_show_their_two_largest_parts() {
        for (seconds, text) in [
            (0, "0 s"),
            (59, "59 s"),
            (120, "2 min"),
            (3_725, "1 h 2 min"),
            (604_800, "7 d"),
        ] {
            assert_eq!(length(seconds), text);
        }
        assert_eq!(moment("2026-04-20T10:00:00.000Z"), "2026-04-20 10:00");
        assert_eq!(moment("2026-04-20T10:00:10.000Z"), "2026-04-20 10:00:10");
    }
}
