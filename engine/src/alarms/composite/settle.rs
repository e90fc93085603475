use std::collections::BTreeMap;

use serde_json::json;

use super::order::order;
use super::{StoredComposite, Suppression, TriggeringChild};
use crate::alarms::reason::json_time;
use crate::alarms::{AlarmStore, ChangeOf, HistoryItem, StateChange, StateValue};
use crate::base::Millis;

/// Why a composite alarm is evaluated.
#[derive(Clone, Debug)]
pub(super) enum Cause {
    /// It is new.
    Created,
    /// Its configuration was replaced.
    Updated,
    /// These children have changed.
    Children(Vec<String>),
}

impl AlarmStore {
    /// Carries changes of state upwards: every composite alarm that reads a changed alarm is evaluated once,
    /// after all it reads, so that changes of one moment are seen together; then suppressors hold back what
    /// they must. All changes are noted in the history and returned, `changes` first.
    pub(in crate::alarms) fn settle(
        &mut self,
        mut changes: Vec<StateChange>,
        now: Millis,
    ) -> Vec<StateChange> {
        if !changes.is_empty() && !self.composites.is_empty() {
            self.climb(&mut changes, now);
            self.suppress(&mut changes, now);
        }
        for change in &changes {
            self.note(HistoryItem::state_update(change));
        }
        if let Some(timeline) = &mut self.timeline {
            let own = changes.iter().filter(|c| c.contributor().is_none());
            timeline.extend(own.cloned());
        }
        changes
    }

    /// The changes whose actions were held back until `now` or before, by time. The message is about the present
    /// state, whatever happened in between.
    pub fn release(&mut self, now: Millis) -> Vec<StateChange> {
        let mut released: Vec<_> = self
            .composites
            .values_mut()
            .filter_map(|stored| {
                let over = stored.suppression.take_if(|s| s.is_over(now))?;
                Some((over.until, stored.released(over)))
            })
            .collect();
        released.sort_by_key(|(until, _)| *until);
        released.into_iter().map(|(_, change)| change).collect()
    }

    /// When the next actions that are held back run, if nothing else happens.
    pub fn next_release(&self) -> Option<Millis> {
        let composites = self.composites.values();
        composites
            .filter_map(|stored| stored.suppression.as_ref()?.until)
            .min()
    }

    fn climb(&mut self, changes: &mut Vec<StateChange>, now: Millis) {
        let order = self.order.take().unwrap_or_else(|| self.evaluation_order());
        for name in &order {
            let Some(stored) = self.composites.get(name) else {
                continue;
            };
            let is_changed = |child: &String| {
                let mut own = changes.iter().filter(|c| c.contributor().is_none());
                own.any(|c| c.alarm.name() == child)
            };
            let mut children = self.children_of(stored);
            children.retain(is_changed);
            if children.is_empty() {
                continue;
            }
            changes.extend(self.judge_composite(name, &Cause::Children(children), now));
        }
        self.order = Some(order);
    }

    fn evaluation_order(&self) -> Vec<String> {
        let composites = self.composites.iter();
        let children: BTreeMap<_, _> = composites
            .map(|(name, stored)| (name.clone(), self.children_of(stored)))
            .collect();
        order(&children)
    }

    /// Evaluates one composite alarm, unless it is on a cycle.
    pub(super) fn evaluate_composite(
        &mut self,
        name: &str,
        cause: &Cause,
        now: Millis,
    ) -> Option<StateChange> {
        let order = self.order.take().unwrap_or_else(|| self.evaluation_order());
        let is_evaluated = order.iter().any(|evaluated| evaluated == name);
        self.order = Some(order);
        is_evaluated.then(|| self.judge_composite(name, cause, now))?
    }

    fn judge_composite(&mut self, name: &str, cause: &Cause, now: Millis) -> Option<StateChange> {
        let stored = self.composites.get(name)?;
        let value = stored.alarm.rule.evaluate(&|alarm| {
            let state = self.state_of(self.name_of(alarm));
            state.map_or(StateValue::InsufficientData, |state| state.value)
        });
        if value == stored.state.value {
            return None;
        }
        let names = match cause {
            Cause::Created | Cause::Updated => self.children_of(stored),
            Cause::Children(children) => children.clone(),
        };
        let children: Vec<_> = names.iter().filter_map(|name| self.child(name)).collect();
        let arn = self.arn(name);
        let reason = match (cause, children.first()) {
            (Cause::Children(_), Some(child)) => transitioned(child),
            (Cause::Created, _) => format!(
                "{arn} was created and its alarm rule evaluates to {}",
                value.as_str()
            ),
            _ => format!(
                "{arn} was updated and its alarm rule evaluates to {}",
                value.as_str()
            ),
        };
        let data = reason_data(&children);
        let stored = self.composites.get_mut(name)?;
        stored.turn(value, reason, Some(data), children, now)
    }

    fn child(&self, name: &str) -> Option<TriggeringChild> {
        let state = self.state_of(name)?;
        Some(TriggeringChild {
            arn: self.arn(name),
            value: state.value,
            transitioned: state.transitioned,
        })
    }

    /// First what the suppressors did, then what the composite alarms did: a suppressor that goes into ALARM at
    /// the same moment suppresses at once.
    fn suppress(&mut self, changes: &mut [StateChange], now: Millis) {
        let turned: BTreeMap<String, bool> = changes
            .iter()
            .filter(|c| c.contributor().is_none())
            .filter(|c| (c.old.value == StateValue::Alarm) != (c.new.value == StateValue::Alarm))
            .map(|c| (c.alarm.name().to_owned(), c.new.value == StateValue::Alarm))
            .collect();
        let names: Vec<String> = self.composites.keys().cloned().collect();
        for name in names {
            let Some(suppressor) = self.composites[&name].alarm.suppressor.clone() else {
                continue;
            };
            let suppressor_name = self.name_of(&suppressor.alarm);
            let is_in_alarm = self
                .state_of(suppressor_name)
                .is_some_and(|state| state.value == StateValue::Alarm);
            let turn = turned.get(suppressor_name).copied();
            let Some(stored) = self.composites.get_mut(&name) else {
                continue;
            };
            if let (Some(suppression), Some(turn)) = (&mut stored.suppression, turn) {
                suppression.turn(&suppressor, turn, now);
            }
            if let Some(change) = changes.iter_mut().find(|c| c.alarm.name() == name) {
                change.suppressed = true;
                stored.suppression = Some(Suppression::of_change(
                    &suppressor,
                    is_in_alarm,
                    change.old.clone(),
                    change.triggering_children.clone(),
                    now,
                ));
            }
        }
    }
}

impl StoredComposite {
    /// Takes a state; the change where the value is a new one.
    pub(in crate::alarms) fn turn(
        &mut self,
        value: StateValue,
        reason: String,
        reason_data: Option<String>,
        triggering_children: Vec<TriggeringChild>,
        now: Millis,
    ) -> Option<StateChange> {
        let states = self.state.take(value, reason, reason_data, now)?;
        Some(StateChange {
            triggering_children,
            ..StateChange::of_alarm(self.as_alarm(), self.configured, states)
        })
    }

    fn released(&self, over: Suppression) -> StateChange {
        StateChange {
            alarm: self.as_alarm(),
            configured: self.configured,
            old: over.old,
            new: self.state.clone(),
            triggering_children: over.triggering_children,
            suppressed: false,
            of: ChangeOf::Alarm,
            query_execution: None,
        }
    }
}

/// `ARN transitioned to ALARM at Friday 22 July, 2022 15:57:45 UTC`.
fn transitioned(child: &TriggeringChild) -> String {
    format!(
        "{} transitioned to {} at {}",
        child.arn,
        child.value.as_str(),
        child.transitioned.strftime("%A %d %B, %Y %H:%M:%S UTC")
    )
}

fn reason_data(children: &[TriggeringChild]) -> String {
    let child = |child: &TriggeringChild| {
        json!({
            "arn": child.arn,
            "state": {
                "value": child.value.as_str(),
                "timestamp": json_time(child.transitioned),
            },
        })
    };
    let children: Vec<_> = children.iter().map(child).collect();
    json!({ "triggeringAlarms": children }).to_string()
}
