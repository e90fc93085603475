use crate::cost::asked::{CostAnomaly, CostMonitor};

/// Who answers for an anomaly, with what says so: the tag or the cost category that its monitor looks at, else the linked
/// account that it is in. A monitor of services says nothing of owners.
pub fn owner(anomaly: &CostAnomaly, monitors: &[CostMonitor]) -> Option<String> {
    let monitor = monitors.iter().find(|one| one.arn == anomaly.monitor);
    let looked = monitor.filter(|monitor| !monitor.kind.is_empty());
    let value = looked.and_then(|monitor| match monitor.values.as_slice() {
        // It looks at each value by itself, and says of which the anomaly is.
        [] => Some(anomaly.dimension.clone()).filter(|value| !value.is_empty()),
        values => Some(values.join(", ")),
    });
    let by_monitor = looked.zip(value).map(|(monitor, value)| {
        let key = Some(&monitor.key).filter(|key| !key.is_empty());
        let key = key.map_or_else(String::new, |key| format!(" {key}"));
        format!("{value} ({}{key})", monitor.kind)
    });
    let account = Some(&anomaly.account).filter(|account| !account.is_empty());
    by_monitor.or_else(|| account.map(|account| format!("{account} (linked account)")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(kind: &str, key: &str, values: &[&str], account: &str) -> Option<String> {
        let monitor = CostMonitor {
            arn: "m".to_owned(),
            kind: kind.to_owned(),
            key: key.to_owned(),
            values: values.iter().map(|value| (*value).to_owned()).collect(),
        };
        let anomaly = CostAnomaly {
            monitor: "m".to_owned(),
            dimension: "risk".to_owned(),
            account: account.to_owned(),
            ..CostAnomaly::default()
        };
        owner(&anomaly, &[monitor])
    }

    #[test]
    fn an_owner_is_who_the_monitor_looks_at_or_whose_account_it_is() {
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            told("tag", "team", &["fraud"], "a"),
            some("fraud (tag team)")
        );
        assert_eq!(told("tag", "team", &[], ""), some("risk (tag team)"));
        assert_eq!(
            told("cost category", "Team", &["A", "B"], ""),
            some("A, B (cost category Team)")
        );
        assert_eq!(
            told("linked account", "", &[], ""),
            some("risk (linked account)")
        );
        assert_eq!(told("", "", &[], "live"), some("live (linked account)"));
        assert_eq!(told("", "", &[], ""), None);
    }
}
