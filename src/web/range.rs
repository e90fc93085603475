use belfry_engine::base::Millis;
use belfry_engine::dashboard::RangeStart;

/// The ranges that a page offers, with the start that each means.
const CHOICES: [(&str, &str); 6] = [
    ("15m", "-PT15M"),
    ("1h", "-PT1H"),
    ("3h", "-PT3H"),
    ("1d", "-P1D"),
    ("1w", "-P1W"),
    ("30d", "-P30D"),
];

/// The time that a dashboard shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Range {
    /// The choice, where the reader made one.
    chosen: Option<&'static str>,
    pub(super) start: Millis,
    pub(super) end: Millis,
}

impl Range {
    /// The reader's choice, else the dashboard's own, else three hours as in CloudWatch's console.
    pub(super) fn new(chosen: Option<&str>, own: Option<RangeStart>, now: Millis) -> Self {
        let choice = CHOICES.iter().find(|(name, _)| Some(*name) == chosen);
        let start = choice
            .and_then(|(_, start)| RangeStart::parse(start))
            .or(own)
            .unwrap_or(RangeStart::Relative(3 * 3_600_000));
        Self {
            chosen: choice.map(|(name, _)| *name),
            start: start.at(now).min(now.plus(-60_000)),
            end: now,
        }
    }

    /// `?range=1h` where the reader chose.
    pub(super) fn query(&self) -> String {
        self.chosen
            .map_or_else(String::new, |c| format!("?range={c}"))
    }

    /// Links to all choices.
    pub(super) fn links(&self) -> String {
        let link = |(name, _): &(&'static str, &str)| {
            let class = if self.chosen == Some(*name) {
                " class=\"chosen\""
            } else {
                ""
            };
            format!("<a{class} href=\"?range={name}\">{name}</a>")
        };
        CHOICES.iter().map(link).collect::<Vec<_>>().join(" ")
    }

    /// For a reader: `2026-04-20 10:00 to 11:00 UTC`.
    pub(super) fn words(&self) -> String {
        let end = match self.start.strftime("%F") == self.end.strftime("%F") {
            true => "%H:%M",
            false => "%F %H:%M",
        };
        let start = self.start.strftime("%F %H:%M");
        format!("{start} to {} UTC", self.end.strftime(end))
    }
}
