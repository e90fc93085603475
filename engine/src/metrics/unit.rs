use std::fmt;

/// CloudWatch's unit names, in alphabetical order: that order decides which unit GetMetricData answers with
/// where a metric has several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// `Bits`.
    Bits,
    /// `Bits/Second`.
    BitsPerSecond,
    /// `Bytes`.
    Bytes,
    /// `Bytes/Second`.
    BytesPerSecond,
    /// `Count`.
    Count,
    /// `Count/Second`.
    CountPerSecond,
    /// `Gigabits`.
    Gigabits,
    /// `Gigabits/Second`.
    GigabitsPerSecond,
    /// `Gigabytes`.
    Gigabytes,
    /// `Gigabytes/Second`.
    GigabytesPerSecond,
    /// `Kilobits`.
    Kilobits,
    /// `Kilobits/Second`.
    KilobitsPerSecond,
    /// `Kilobytes`.
    Kilobytes,
    /// `Kilobytes/Second`.
    KilobytesPerSecond,
    /// `Megabits`.
    Megabits,
    /// `Megabits/Second`.
    MegabitsPerSecond,
    /// `Megabytes`.
    Megabytes,
    /// `Megabytes/Second`.
    MegabytesPerSecond,
    /// `Microseconds`.
    Microseconds,
    /// `Milliseconds`.
    Milliseconds,
    /// `None`.
    #[default]
    None,
    /// `Percent`.
    Percent,
    /// `Seconds`.
    Seconds,
    /// `Terabits`.
    Terabits,
    /// `Terabits/Second`.
    TerabitsPerSecond,
    /// `Terabytes`.
    Terabytes,
    /// `Terabytes/Second`.
    TerabytesPerSecond,
}

/// Every unit and its name.
const NAMES: &[(Unit, &str)] = &[
    (Unit::Bits, "Bits"),
    (Unit::BitsPerSecond, "Bits/Second"),
    (Unit::Bytes, "Bytes"),
    (Unit::BytesPerSecond, "Bytes/Second"),
    (Unit::Count, "Count"),
    (Unit::CountPerSecond, "Count/Second"),
    (Unit::Gigabits, "Gigabits"),
    (Unit::GigabitsPerSecond, "Gigabits/Second"),
    (Unit::Gigabytes, "Gigabytes"),
    (Unit::GigabytesPerSecond, "Gigabytes/Second"),
    (Unit::Kilobits, "Kilobits"),
    (Unit::KilobitsPerSecond, "Kilobits/Second"),
    (Unit::Kilobytes, "Kilobytes"),
    (Unit::KilobytesPerSecond, "Kilobytes/Second"),
    (Unit::Megabits, "Megabits"),
    (Unit::MegabitsPerSecond, "Megabits/Second"),
    (Unit::Megabytes, "Megabytes"),
    (Unit::MegabytesPerSecond, "Megabytes/Second"),
    (Unit::Microseconds, "Microseconds"),
    (Unit::Milliseconds, "Milliseconds"),
    (Unit::None, "None"),
    (Unit::Percent, "Percent"),
    (Unit::Seconds, "Seconds"),
    (Unit::Terabits, "Terabits"),
    (Unit::TerabitsPerSecond, "Terabits/Second"),
    (Unit::Terabytes, "Terabytes"),
    (Unit::TerabytesPerSecond, "Terabytes/Second"),
];

impl Unit {
    /// The unit of that name, letter case included; `None` where there is none.
    pub fn parse(name: &str) -> Option<Self> {
        NAMES
            .iter()
            .find(|(_, n)| *n == name)
            .map(|(unit, _)| *unit)
    }

    /// AWS's name.
    pub fn as_str(self) -> &'static str {
        NAMES
            .iter()
            .find(|(unit, _)| *unit == self)
            .map_or("None", |(_, name)| name)
    }

    /// All units in alphabetical order.
    pub fn all() -> impl Iterator<Item = Self> {
        NAMES.iter().map(|(unit, _)| *unit)
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_ordered_as_their_names_are() {
        assert!(NAMES.is_sorted_by(|a, b| a.0 < b.0 && a.1 < b.1));
        assert_eq!(NAMES.len(), 27);
    }

    #[test]
    fn a_unit_reads_back_from_its_name() {
        assert!(Unit::all().all(|unit| Unit::parse(unit.as_str()) == Some(unit)));
        assert_eq!(Unit::parse("milliseconds"), None);
    }
}
