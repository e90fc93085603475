//! The planner's laws, over a cloud that is a map.

use std::collections::BTreeMap;
use std::sync::Mutex;

use proptest::prelude::*;

use super::resources::{
    DashboardResource, LogGroupResource, MetricFilterResource, QueryResource, TopicResource,
};
use super::{
    Action, Address, Applied, Change, Cloud, Desired, Kind, Observed, Ownership, Plan, Resource,
    Scope, Silent, apply, diff,
};

#[derive(Debug, Default)]
struct ModelCloud {
    held: Mutex<BTreeMap<Address, Resource>>,
    refuses: Option<Address>,
}

#[derive(Debug, thiserror::Error)]
#[error("refused")]
struct Refused;

impl Cloud for ModelCloud {
    type Error = Refused;

    async fn observe(&self, _scope: &Scope<'_>) -> Result<Observed, Refused> {
        let mut observed = Observed::default();
        for resource in self.held.lock().unwrap().values() {
            observed.insert(resource.clone(), Ownership::Ours, None);
        }
        Ok(observed)
    }

    async fn change(&self, change: &Change) -> Result<(), Refused> {
        if self.refuses.as_ref() == Some(&change.address) {
            return Err(Refused);
        }
        let mut held = self.held.lock().unwrap();
        for needed in change.references() {
            assert!(
                held.contains_key(&needed),
                "{} before {needed}",
                change.address
            );
        }
        match &change.after {
            Some(resource) => held.insert(change.address.clone(), resource.clone()),
            None => held.remove(&change.address),
        };
        Ok(())
    }
}

fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
        .block_on(future)
}

fn observe(cloud: &ModelCloud, desired: &Desired) -> Observed {
    let scope = Scope {
        suite: "s",
        prefix: "",
        desired,
    };
    run(cloud.observe(&scope)).unwrap()
}

fn group(name: &str, retention_days: Option<i64>) -> Resource {
    Resource::LogGroup(LogGroupResource {
        name: name.to_owned(),
        retention_days,
        class: "STANDARD".to_owned(),
        tags: None,
    })
}

fn filter(name: &str, pattern: &str) -> Resource {
    Resource::MetricFilter(MetricFilterResource {
        name: name.to_owned(),
        log_group: "g0".to_owned(),
        pattern: pattern.to_owned(),
        namespace: "N".to_owned(),
        metric: "M".to_owned(),
        value: "1".to_owned(),
        default: None,
        unit: "None".to_owned(),
        dimensions: BTreeMap::new(),
        selection: None,
        other: BTreeMap::new(),
    })
}

fn query(name: &str, text: &str) -> Resource {
    Resource::Query(QueryResource::new(
        name.to_owned(),
        vec!["g0".to_owned()],
        text.to_owned(),
        [],
    ))
}

fn any_resource() -> impl Strategy<Value = Resource> {
    let name = "[a-c]";
    prop_oneof![
        name.prop_map(|name| {
            Resource::Topic(TopicResource {
                name,
                region: None,
                policy: serde_json::Value::Null,
            })
        }),
        ("g[0-2]", proptest::option::of(1_i64..9)).prop_map(|(n, days)| group(&n, days)),
        (name, "[xy]").prop_map(|(n, pattern)| filter(&n, &pattern)),
        (name, "[xy]").prop_map(|(n, text)| query(&n, &text)),
        (name, 0..3).prop_map(|(n, i)| {
            Resource::Dashboard(DashboardResource::new(n, format!("{{\"a\": {i}}}")))
        }),
    ]
}

/// Always with the group that filters and queries refer to, as a checked suite has it.
fn any_desired() -> impl Strategy<Value = Desired> {
    proptest::collection::vec(any_resource(), 0..12)
        .prop_map(|all| [group("g0", Some(30))].into_iter().chain(all).collect())
}

proptest! {
    #[test]
    fn a_resource_does_not_differ_from_itself(resource in any_resource()) {
        prop_assert!(diff(Some(&resource), Some(&resource)).is_empty());
    }

    #[test]
    fn applying_the_plan_makes_the_second_plan_empty(first in any_desired(), second in any_desired()) {
        let cloud = ModelCloud::default();
        for desired in [&first, &second] {
            let plan = Plan::new(desired, &observe(&cloud, desired));
            let outcome = run(apply(&cloud, &plan, &mut Silent));
            prop_assert!(outcome.is_complete());
            let again = Plan::new(desired, &observe(&cloud, desired));
            prop_assert!(again.is_empty(), "{again:?}");
        }
    }

    #[test]
    fn what_holds_data_is_kept_and_listed(desired in any_desired()) {
        let cloud = ModelCloud::default();
        let plan = Plan::new(&desired, &observe(&cloud, &desired));
        run(apply(&cloud, &plan, &mut Silent));
        let nothing = Desired::default();
        let plan = Plan::new(&nothing, &observe(&cloud, &nothing));
        let data = |kind| matches!(kind, Kind::LogGroup | Kind::Topic);
        prop_assert!(plan.changes.iter().all(|c| !data(c.address.kind)));
        prop_assert!(plan.kept.iter().all(|a| data(a.kind)));
        prop_assert_eq!(plan.kept.len() + plan.changes.len(), desired.resources.len());
    }
}

#[test]
fn what_is_not_ours_is_a_conflict_and_never_a_change() {
    let desired: Desired = [group("g0", Some(30))].into_iter().collect();
    let mut observed = Observed::default();
    let foreign = Ownership::Foreign("it carries no tag".to_owned());
    observed.insert(group("g0", None), foreign.clone(), None);
    observed.insert(filter("theirs", "x"), foreign, None);
    let plan = Plan::new(&desired, &observed);
    assert!(plan.changes.is_empty());
    assert_eq!(plan.conflicts.len(), 1);
}

#[test]
fn a_failure_leaves_out_what_depends_on_it_and_the_next_run_converges() {
    let desired: Desired = [group("g0", None), group("g1", None), filter("f", "x")]
        .into_iter()
        .collect();
    let mut cloud = ModelCloud {
        refuses: Some(Address::new(Kind::LogGroup, "g0")),
        ..ModelCloud::default()
    };
    let plan = Plan::new(&desired, &observe(&cloud, &desired));
    let outcome = run(apply(&cloud, &plan, &mut Silent));
    let words: Vec<_> = outcome
        .results
        .iter()
        .map(|(address, _, applied)| {
            let word = match applied {
                Applied::Done => "done",
                Applied::Failed(_) => "failed",
                Applied::Skipped(_) => "skipped",
            };
            format!("{address} {word}")
        })
        .collect();
    assert_eq!(
        words,
        [
            "log_group.g0 failed",
            "log_group.g1 done",
            "metric_filter.g0:f skipped"
        ]
    );
    cloud.refuses = None;
    let plan = Plan::new(&desired, &observe(&cloud, &desired));
    assert_eq!(plan.count(Action::Create), 2);
    assert!(run(apply(&cloud, &plan, &mut Silent)).is_complete());
}
