use super::error::UpError;
use super::tell::Teller;
use crate::provision::{
    self, Applied, Change, Cloud, Desired, Observed, Place, Plan, Progress, Scope,
};
use crate::suite::Suite;

/// Makes the endpoint hold what the suite declares, exactly as `belfry apply` does.
pub(super) async fn deploy<C: Cloud>(
    cloud: &C,
    place: &Place,
    suite: &Suite,
    tell: &Teller,
) -> Result<(), UpError> {
    let desired = Desired::of(suite, place);
    let scope = Scope {
        suite: &suite.name,
        prefix: &suite.prefix,
        desired: &desired,
    };
    let refused = |error: C::Error| UpError::Deploy(error.to_string());
    let observed: Observed = cloud.observe(&scope).await.map_err(refused)?;
    let plan = Plan::new(&desired, &observed);
    if let Some(conflict) = plan.conflicts.first() {
        return Err(UpError::Deploy(format!(
            "{} stands in the way: {}",
            conflict.address, conflict.reason
        )));
    }
    let mut failures = Failures(Vec::new());
    let outcome = provision::apply(cloud, &plan, &mut failures).await;
    if let Some(first) = failures.0.first() {
        return Err(UpError::Deploy(first.clone()));
    }
    let waiting = match plan.waiting.len() {
        0 => String::new(),
        count => format!(", {count} waiting (`belfry plan` says for what)"),
    };
    tell.say(format_args!(
        "suite applied: {} made, {} as they were{waiting}",
        outcome.done(),
        plan.unchanged
    ));
    Ok(())
}

/// Keeps what failed.
struct Failures(Vec<String>);

impl<E: std::error::Error> Progress<E> for Failures {
    fn started(&mut self, _: &Change) {}

    fn finished(&mut self, change: &Change, applied: &Applied<E>) {
        if let Applied::Failed(error) = applied {
            self.0.push(format!("{}: {error}", change.address));
        }
    }
}
