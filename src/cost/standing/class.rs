use crate::cost::Item;
use crate::cost::prices::item;

/// A kind of thing that is paid by the month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// A metric of an alarm of standard resolution.
    Alarm,
    /// A metric of an alarm whose period is below a minute.
    AlarmHighResolution,
    /// An alarm on an anomaly band: its metric and two edges.
    AlarmAnomaly,
    /// The same with a period below a minute.
    AlarmAnomalyHighResolution,
    /// An alarm over alarms.
    AlarmComposite,
    /// An alarm on a Logs Insights query; its scans are paid by use.
    AlarmLog,
    /// A namespace, a name and a set of dimensions.
    Metric,
    /// A dashboard, whatever its size.
    Dashboard,
}

/// Class, row of the price list, one of it, several of it.
const CLASSES: &[(Class, Item, &str, &str)] = &[
    (Class::Alarm, item::ALARM, "alarm metric", "alarm metrics"),
    (
        Class::AlarmHighResolution,
        item::ALARM_HIGH_RESOLUTION,
        "high-resolution alarm metric",
        "high-resolution alarm metrics",
    ),
    (
        Class::AlarmAnomaly,
        item::ALARM_ANOMALY,
        "anomaly alarm",
        "anomaly alarms",
    ),
    (
        Class::AlarmAnomalyHighResolution,
        item::ALARM_ANOMALY_HIGH_RESOLUTION,
        "high-resolution anomaly alarm",
        "high-resolution anomaly alarms",
    ),
    (
        Class::AlarmComposite,
        item::ALARM_COMPOSITE,
        "composite alarm",
        "composite alarms",
    ),
    (Class::AlarmLog, item::ALARM_LOG, "log alarm", "log alarms"),
    (
        Class::Metric,
        item::METRIC,
        "custom metric",
        "custom metrics",
    ),
    (Class::Dashboard, item::DASHBOARD, "dashboard", "dashboards"),
];

impl Class {
    /// All, in the order in which they are shown.
    pub fn all() -> impl Iterator<Item = Self> {
        CLASSES.iter().map(|(class, ..)| *class)
    }

    /// Its row in the price list.
    pub fn item(self) -> &'static Item {
        &self.entry().1
    }

    /// `1 alarm metric`, `2 dashboards`.
    pub fn counted(self, count: i64) -> String {
        let (_, _, one, several) = self.entry();
        let word = if count.abs() == 1 { one } else { several };
        format!("{count} {word}")
    }

    fn entry(self) -> &'static (Self, Item, &'static str, &'static str) {
        let found = CLASSES.iter().find(|(class, ..)| *class == self);
        found.unwrap_or(&CLASSES[0])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_has_its_own_row() {
        assert_eq!(Class::Dashboard.item().name, "Dashboard");
        assert_eq!(Class::Metric.counted(-1), "-1 custom metric");
        assert_eq!(Class::AlarmComposite.counted(2), "2 composite alarms");
        let mut items: Vec<_> = Class::all().map(|class| class.item().name).collect();
        items.dedup();
        assert_eq!(items.len(), CLASSES.len());
    }
}
