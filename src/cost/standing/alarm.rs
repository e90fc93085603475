use super::{Charge, Class};

/// One entry of what an alarm watches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WatchedShape<'a> {
    /// A metric, with its period in seconds.
    Metric(i64),
    /// Metric math, an anomaly band or a query.
    Expression(&'a str),
}

/// What an alarm's price depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlarmShape<'a> {
    /// Its name, for what cannot be told.
    pub name: &'a str,
    /// What it names: one metric, or metrics and expressions.
    pub watched: Vec<WatchedShape<'a>>,
}

impl AlarmShape<'_> {
    /// What the alarm is charged: every metric that it references, three for an anomaly band, every metric that a
    /// Metrics Insights query matches (CloudWatch's billing page).
    pub fn charge(&self) -> Charge {
        let unknown = |reason: &str| Charge::Unknown(format!("alarm `{}`: {reason}", self.name));
        let periods = || {
            self.watched.iter().filter_map(|watched| match watched {
                WatchedShape::Metric(period) => Some(*period),
                WatchedShape::Expression(_) => None,
            })
        };
        let metrics = periods().count();
        let fast = periods().any(|period| period < 60);
        if self.has(is_query) {
            return unknown(
                "it pays for each metric that its query matches, which only the account can count",
            );
        }
        if self.has(is_band) {
            return match (metrics, fast) {
                (1, false) => Charge::of(Class::AlarmAnomaly, 1),
                (1, true) => Charge::of(Class::AlarmAnomalyHighResolution, 1),
                _ => unknown("the price of an anomaly band over several metrics is not published"),
            };
        }
        if metrics == 0 {
            return unknown("it names no metric");
        }
        let class = if fast {
            Class::AlarmHighResolution
        } else {
            Class::Alarm
        };
        Charge::of(class, metrics)
    }

    fn has(&self, test: fn(&str) -> bool) -> bool {
        self.watched.iter().any(|watched| match watched {
            WatchedShape::Expression(text) => test(text),
            WatchedShape::Metric(_) => false,
        })
    }
}

fn is_query(expression: &str) -> bool {
    let word = expression.split_whitespace().next().unwrap_or_default();
    word.eq_ignore_ascii_case("select")
}

fn is_band(expression: &str) -> bool {
    expression.contains("ANOMALY_DETECTION_BAND")
}

#[cfg(test)]
mod tests {
    use super::WatchedShape::{Expression, Metric};
    use super::*;

    fn charge(watched: &[WatchedShape<'_>]) -> Charge {
        let watched = watched.to_vec();
        AlarmShape { name: "a", watched }.charge()
    }

    #[test]
    fn math_pays_for_every_metric_and_fast_alarms_three_times() {
        assert_eq!(charge(&[Metric(60)]), Charge::of(Class::Alarm, 1));
        let math = [Metric(60), Metric(60), Expression("m1 / m2")];
        assert_eq!(charge(&math), Charge::of(Class::Alarm, 2));
        assert_eq!(
            charge(&[Metric(10)]),
            Charge::of(Class::AlarmHighResolution, 1)
        );
        let band = [Metric(300), Expression("ANOMALY_DETECTION_BAND(m1, 2)")];
        assert_eq!(charge(&band), Charge::of(Class::AlarmAnomaly, 1));
    }

    #[test]
    fn what_only_the_account_can_count_has_no_price() {
        let query = [Expression("SELECT AVG(CPUUtilization) FROM \"AWS/EC2\"")];
        assert!(matches!(charge(&query), Charge::Unknown(_)));
        let bands = [
            Metric(60),
            Metric(60),
            Expression("ANOMALY_DETECTION_BAND(m1 + m2)"),
        ];
        assert!(matches!(charge(&bands), Charge::Unknown(_)));
    }
}
