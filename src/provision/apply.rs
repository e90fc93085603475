use super::{Action, Address, Change, Cloud, Plan};

/// What became of a change.
#[derive(Debug)]
pub enum Applied<E> {
    /// Made.
    Done,
    /// The account refused it.
    Failed(E),
    /// Not tried, because what it refers to is not there.
    Skipped(Address),
}

/// What became of a plan, change by change in its order.
#[derive(Debug)]
pub struct Outcome<E> {
    /// Every change of the plan.
    pub results: Vec<(Address, Action, Applied<E>)>,
}

impl<E> Outcome<E> {
    /// How many changes were made.
    pub fn done(&self) -> usize {
        let is_done = |applied: &Applied<E>| matches!(applied, Applied::Done);
        self.results.iter().filter(|(_, _, a)| is_done(a)).count()
    }

    /// Whether every change was made.
    pub fn is_complete(&self) -> bool {
        self.done() == self.results.len()
    }
}

/// Who is told how it goes.
pub trait Progress<E> {
    /// A change is about to be made.
    fn started(&mut self, change: &Change);
    /// What became of it.
    fn finished(&mut self, change: &Change, applied: &Applied<E>);
}

/// Nobody is told.
#[derive(Clone, Copy, Debug)]
pub struct Silent;

impl<E> Progress<E> for Silent {
    fn started(&mut self, _change: &Change) {}
    fn finished(&mut self, _change: &Change, _applied: &Applied<E>) {}
}

/// Makes the changes of `plan` in order. A failure leaves out what depends on it and goes on with the
/// rest; applying again later does what is still to be done.
pub async fn apply<C: Cloud>(
    cloud: &C,
    plan: &Plan,
    progress: &mut (dyn Progress<C::Error> + Send),
) -> Outcome<C::Error> {
    let mut missing: Vec<Address> = Vec::new();
    let mut results = Vec::new();
    for change in &plan.changes {
        progress.started(change);
        let lacks = change
            .references()
            .into_iter()
            .find(|a| missing.contains(a));
        let applied = match lacks {
            Some(address) => Applied::Skipped(address),
            None => match cloud.change(change).await {
                Ok(()) => Applied::Done,
                Err(error) => Applied::Failed(error),
            },
        };
        if !matches!(applied, Applied::Done) {
            missing.push(change.address.clone());
        }
        progress.finished(change, &applied);
        results.push((change.address.clone(), change.action, applied));
    }
    Outcome { results }
}
