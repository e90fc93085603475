use std::collections::BTreeMap;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval};

use super::tell::Teller;
use crate::aws::{AlarmStanding, Session};

/// How often the alarms are looked at. They change at most once a minute.
const EVERY: Duration = Duration::from_secs(1);

/// How every alarm stands, by name.
pub type Standings = BTreeMap<String, AlarmStanding>;

/// Tells every change of an alarm's state, and publishes how all alarms stand. Runs until dropped.
pub async fn watch_alarms(session: Session, tell: Teller, standings: watch::Sender<Standings>) {
    let mut every = interval(EVERY);
    every.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut failing = false;
    loop {
        every.tick().await;
        match session.alarm_standings().await {
            Ok(now) => {
                failing = false;
                let now = by_name(now);
                for line in transitions(&standings.borrow(), &now) {
                    tell.say(line);
                }
                standings.send_replace(now);
            }
            Err(error) if !failing => {
                failing = true;
                tell.say(format_args!("alarms cannot be read: {error}"));
            }
            Err(_) => {}
        }
    }
}

fn by_name(standings: Vec<AlarmStanding>) -> Standings {
    let named = standings
        .into_iter()
        .map(|alarm| (alarm.name.clone(), alarm));
    named.collect()
}

/// One line for each alarm that stands differently than before. The first sight of an alarm is no change.
fn transitions(before: &Standings, now: &Standings) -> Vec<String> {
    let changed = now.values().filter_map(|alarm| {
        let old = before.get(&alarm.name)?;
        (old.state != alarm.state).then(|| {
            format!(
                "alarm {}: {} → {} ({})",
                alarm.name, old.state, alarm.state, alarm.reason
            )
        })
    });
    changed.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(name: &str, state: &str) -> AlarmStanding {
        AlarmStanding {
            name: name.to_owned(),
            state: state.to_owned(),
            reason: "because".to_owned(),
        }
    }

    #[test]
    fn a_change_of_state_is_told_and_the_first_sight_is_not() {
        let before = by_name(vec![standing("a", "OK"), standing("b", "OK")]);
        let now = by_name(vec![
            standing("a", "ALARM"),
            standing("b", "OK"),
            standing("c", "ALARM"),
        ]);
        assert_eq!(
            transitions(&before, &now),
            ["alarm a: OK → ALARM (because)"]
        );
    }
}
