use std::fmt;

/// A statistic by its name: `Sum`, `Average`, `p99`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Statistic {
    /// How many samples.
    SampleCount,
    /// Sum by count.
    Average,
    /// The sum.
    Sum,
    /// The least.
    Minimum,
    /// The greatest.
    Maximum,
    /// `p99.9`: 0 to 100.
    Percentile(f64),
    /// `tm90`, `TM(10%:90%)`, `IQM`: the mean of what lies within.
    TrimmedMean(Bounds),
    /// `wm90`, `WM(10%:90%)`: the mean with what lies beyond drawn to the edge.
    WinsorizedMean(Bounds),
    /// `tc90`, `TC(0.01:10)`: how many lie within.
    TrimmedCount(Bounds),
    /// `ts90`, `TS(80%:)`: the sum of what lies within.
    TrimmedSum(Bounds),
    /// `PR(:300)`: the share in percent of what lies within.
    PercentileRank(Bounds),
}

/// A range, lower edge outside, upper edge inside; an edge left out is open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// The lower edge.
    pub low: Option<f64>,
    /// The upper edge.
    pub high: Option<f64>,
    /// Whether the edges are percentiles, not values.
    pub percent: bool,
}

const PLAIN: &[(&str, Statistic)] = &[
    ("SampleCount", Statistic::SampleCount),
    ("Average", Statistic::Average),
    ("Sum", Statistic::Sum),
    ("Minimum", Statistic::Minimum),
    ("Maximum", Statistic::Maximum),
];

type Trimmed = fn(Bounds) -> Statistic;

/// Lower-case form, upper-case form.
const TRIMMED: &[(&str, &str, Trimmed)] = &[
    ("tm", "TM", Statistic::TrimmedMean),
    ("wm", "WM", Statistic::WinsorizedMean),
    ("tc", "TC", Statistic::TrimmedCount),
    ("ts", "TS", Statistic::TrimmedSum),
];

/// The interquartile mean, a name for `TM(25%:75%)`.
const IQM: Statistic = Statistic::TrimmedMean(Bounds {
    low: Some(25.0),
    high: Some(75.0),
    percent: true,
});

impl Statistic {
    /// Reads AWS's name of a statistic; the error says what is wrong. Names as in "CloudWatch statistics
    /// definitions" of the user guide.
    pub fn parse(text: &str) -> Result<Self, String> {
        if let Some((_, statistic)) = PLAIN.iter().find(|(name, _)| *name == text) {
            return Ok(*statistic);
        }
        if text == "IQM" {
            return Ok(IQM);
        }
        let short = |prefix| text.strip_prefix(prefix).and_then(percentile);
        if let Some(p) = short("p") {
            return Ok(Self::Percentile(p));
        }
        for (lower, upper, make) in TRIMMED {
            if let Some(high) = short(lower) {
                return Ok(make(Bounds {
                    low: None,
                    high: Some(high),
                    percent: true,
                }));
            }
            if let Some(bounds) = in_parentheses(text, upper).and_then(bounds) {
                return Ok(make(bounds));
            }
        }
        match in_parentheses(text, "PR").and_then(bounds) {
            Some(bounds) if !bounds.percent => Ok(Self::PercentileRank(bounds)),
            _ => Err(refusal(text)),
        }
    }

    /// Whether it needs the single values: statistic sets and negative values leave it without an answer.
    pub fn needs_values(self) -> bool {
        !matches!(
            self,
            Self::SampleCount | Self::Average | Self::Sum | Self::Minimum | Self::Maximum
        )
    }
}

fn refusal(text: &str) -> String {
    let near = crate::diag::nearest(text, PLAIN.iter().map(|(name, _)| *name));
    let hint = near
        .map(|name| format!("; did you mean `{name}`?"))
        .unwrap_or_default();
    format!(
        "`{text}` is not a statistic: expected SampleCount, Average, Sum, Minimum, Maximum, IQM, a percentile such as p99.9, \
         tm90, wm90, tc90, ts90, TM(10%:90%), WM(…), TC(…), TS(…) or PR(:300){hint}"
    )
}

fn in_parentheses<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.strip_prefix(name)?
        .strip_prefix('(')?
        .strip_suffix(')')
}

/// A number of 0 to 100 with at most ten decimals.
fn percentile(text: &str) -> Option<f64> {
    number(text).filter(|p| (0.0..=100.0).contains(p))
}

fn number(text: &str) -> Option<f64> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    let fits = digits(whole) && digits(decimals) && decimals.len() <= 10;
    fits.then(|| text.parse().ok()).flatten()
}

fn bounds(text: &str) -> Option<Bounds> {
    let (low, high) = text.split_once(':')?;
    let percent = low.ends_with('%') || high.ends_with('%');
    let low = edge(low, percent)?;
    let high = edge(high, percent)?;
    let is_range = match (low, high) {
        (Some(low), Some(high)) => low < high,
        (None, None) => false,
        _ => true,
    };
    is_range.then_some(Bounds { low, high, percent })
}

/// `Some(None)` for an edge left out.
fn edge(text: &str, percent: bool) -> Option<Option<f64>> {
    match text {
        "" => Some(None),
        text if percent => text.strip_suffix('%').and_then(percentile).map(Some),
        text => number(text).map(Some),
    }
}

impl fmt::Display for Statistic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Percentile(p) => write!(f, "p{p}"),
            Self::TrimmedMean(_) if *self == IQM => f.write_str("IQM"),
            Self::TrimmedMean(bounds) => bounds.write(f, "tm", "TM"),
            Self::WinsorizedMean(bounds) => bounds.write(f, "wm", "WM"),
            Self::TrimmedCount(bounds) => bounds.write(f, "tc", "TC"),
            Self::TrimmedSum(bounds) => bounds.write(f, "ts", "TS"),
            Self::PercentileRank(bounds) => bounds.write(f, "", "PR"),
            Self::SampleCount => f.write_str("SampleCount"),
            Self::Average => f.write_str("Average"),
            Self::Sum => f.write_str("Sum"),
            Self::Minimum => f.write_str("Minimum"),
            Self::Maximum => f.write_str("Maximum"),
        }
    }
}

impl Bounds {
    fn write(&self, f: &mut fmt::Formatter<'_>, lower: &str, upper: &str) -> fmt::Result {
        if let Self {
            low: None,
            high: Some(high),
            percent: true,
        } = self
        {
            return write!(f, "{lower}{high}");
        }
        let edge = |edge: Option<f64>| match (edge, self.percent) {
            (None, _) => String::new(),
            (Some(edge), true) => format!("{edge}%"),
            (Some(edge), false) => edge.to_string(),
        };
        write!(f, "{upper}({}:{})", edge(self.low), edge(self.high))
    }
}

#[cfg(test)]
mod tests {
    use super::Statistic;

    #[test]
    fn a_statistic_prints_and_reads_back() {
        let names = [
            "SampleCount",
            "Average",
            "Sum",
            "Minimum",
            "Maximum",
            "p0",
            "p99.9",
            "p100",
            "IQM",
            "tm90",
            "wm98.5",
            "tc5",
            "ts99",
            "TM(10%:90%)",
            "TM(0.005:2)",
            "WM(:15)",
            "TC(80%:)",
            "TS(2:)",
            "PR(:300)",
            "PR(10:20)",
        ];
        for name in names {
            assert_eq!(Statistic::parse(name).unwrap().to_string(), name);
        }
        assert_eq!(Statistic::parse("TM(25%:75%)"), Statistic::parse("IQM"));
        assert_eq!(Statistic::parse("TM(:90%)"), Statistic::parse("tm90"));
    }

    #[test]
    fn what_is_no_statistic_is_refused() {
        for name in [
            "",
            "sum",
            "p",
            "p101",
            "p99.",
            "p99.12345678901",
            "p-1",
            "P99",
            "TM(10%:90)",
            "TM(:)",
            "TM(90%:10%)",
            "PR(10%:)",
            "tm",
        ] {
            assert!(Statistic::parse(name).is_err(), "{name}");
        }
        assert!(
            Statistic::parse("Averge")
                .unwrap_err()
                .ends_with("did you mean `Average`?")
        );
    }
}
