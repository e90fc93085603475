use belfry_engine::base::Millis;
use belfry_engine::diag::{Diagnostic, check as codes};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::Finding;
use crate::suite::{Allowance, FILE_NAME};

/// A finding that belfry.toml allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowed {
    /// What was found.
    pub finding: Finding,
    /// Why it may stay.
    pub reason: String,
    /// The last day on which it may, in UTC.
    pub until: Date,
}

/// Takes out what is allowed at `now`. An allowance that ended, or that no finding needs, is a finding itself.
pub(super) fn judge(
    allowances: &[Allowance],
    findings: Vec<Finding>,
    now: Millis,
) -> (Vec<Finding>, Vec<Allowed>) {
    let today = day(now);
    let mut kept = Vec::new();
    let mut allowed = Vec::new();
    let own = |allowance: &Allowance| of_allowance(allowance, &findings, today);
    let about: Vec<Finding> = allowances.iter().filter_map(own).collect();
    for finding in findings {
        let mut all = allowances.iter();
        match all.find(|one| one.until >= today && is_meant(one, &finding)) {
            Some(one) => allowed.push(Allowed {
                finding,
                reason: one.reason.clone(),
                until: one.until,
            }),
            None => kept.push(finding),
        }
    }
    kept.extend(about);
    (kept, allowed)
}

fn is_meant(allowance: &Allowance, finding: &Finding) -> bool {
    allowance.code == finding.diagnostic.code.name && allowance.on == finding.on
}

fn of_allowance(allowance: &Allowance, findings: &[Finding], today: Date) -> Option<Finding> {
    let Allowance { code, on, .. } = allowance;
    let is_needed = findings.iter().any(|finding| is_meant(allowance, finding));
    let diagnostic = if !is_needed {
        let message = format!("`{code}` is allowed on `{on}`, where it is not found");
        Diagnostic::warning(&codes::IDLE_ALLOWANCE, allowance.place(), message)
            .help("delete the [[allow]]")
    } else if allowance.until < today {
        let message = format!(
            "`{code}` was allowed on `{on}` until {}: {}",
            allowance.until, allowance.reason
        );
        Diagnostic::error(&codes::ENDED_ALLOWANCE, allowance.place_of_end(), message)
            .help("mend what is found, or name a later day")
    } else {
        return None;
    };
    Some(Finding {
        path: FILE_NAME.to_owned(),
        on: format!("allow.{code}"),
        diagnostic,
    })
}

/// The day in UTC.
fn day(now: Millis) -> Date {
    let now = Timestamp::from_millisecond(now.0).unwrap_or_default();
    now.to_zoned(TimeZone::UTC).date()
}

#[cfg(test)]
mod tests {
    use belfry_engine::diag::Span;

    use super::*;
    use crate::suite::Suite;

    const TOML: &str = "[suite]\nname = \"demo\"\nowner = \"team\"\nprefix = \"demo-\"\n\n[[allow]]\ncode = \"C0102\"\non = \"alarm.demo-a\"\nreason = \"nobody is on call yet\"\nuntil = \"2027-03-01\"\n";

    fn allowances() -> Vec<Allowance> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE_NAME), TOML).unwrap();
        let request = crate::suite::Request {
            folder: folder.path(),
            environment: "local",
            region: None,
        };
        Suite::load(&request).unwrap().allowances
    }

    fn silent(name: &str) -> Finding {
        Finding {
            path: FILE_NAME.to_owned(),
            on: format!("alarm.{name}"),
            diagnostic: Diagnostic::warning(&codes::SILENT_ALARM, Span::default(), "silent"),
        }
    }

    /// The codes that stay, and how many findings are allowed.
    fn at(time: &str, findings: Vec<Finding>) -> (Vec<&'static str>, usize) {
        let now: Timestamp = time.parse().unwrap();
        let (kept, allowed) = judge(&allowances(), findings, Millis(now.as_millisecond()));
        let codes = kept.iter().map(|finding| finding.diagnostic.code.name);
        (codes.collect(), allowed.len())
    }

    #[test]
    fn an_allowance_holds_to_the_end_of_its_last_day() {
        let found = at("2027-03-01T23:59:59Z", vec![silent("demo-a")]);
        assert_eq!(found, (vec![], 1));
    }

    #[test]
    fn a_day_later_the_finding_is_back_and_the_allowance_is_one_too() {
        let found = at("2027-03-02T00:00:00Z", vec![silent("demo-a")]);
        assert_eq!(found, (vec!["C0102", "C0104"], 0));
    }

    #[test]
    fn an_allowance_covers_one_subject_alone() {
        let found = at("2027-01-01T00:00:00Z", vec![silent("demo-b")]);
        assert_eq!(found, (vec!["C0102", "C0105"], 0));
    }
}
