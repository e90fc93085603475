use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;

use super::schedule::{Schedule, Step};
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

/// Changes being made at the same time. AWS's rates per operation are kept below this, call by call.
const AT_ONCE: usize = 8;

/// Makes the changes of `plan`: several at a time, each after those that it needs. A failure leaves out what
/// depends on it and goes on with the rest; applying again later does what is still to be done. However they
/// end, `progress` hears of the ends in the plan's order.
pub async fn apply<C: Cloud>(
    cloud: &C,
    plan: &Plan,
    progress: &mut (dyn Progress<C::Error> + Send),
) -> Outcome<C::Error> {
    let mut schedule = Schedule::new(&plan.changes);
    let mut ends = Ends::new(&plan.changes);
    let mut running = FuturesUnordered::new();
    loop {
        while running.len() < AT_ONCE {
            match schedule.next() {
                None => break,
                Some(Step::Skip(index, lacking)) => ends.add(index, Applied::Skipped(lacking)),
                Some(Step::Make(index)) => {
                    let change = &plan.changes[index];
                    progress.started(change);
                    running.push(async move { (index, cloud.change(change).await) });
                }
            }
        }
        ends.tell(progress);
        let Some((index, result)) = running.next().await else {
            break;
        };
        schedule.finish(index, result.is_ok());
        ends.add(
            index,
            result.map_or_else(Applied::Failed, |()| Applied::Done),
        );
    }
    ends.outcome()
}

/// How changes ended, told in the order of the plan.
struct Ends<'p, E> {
    changes: &'p [Change],
    ended: Vec<Option<Applied<E>>>,
    told: usize,
}

impl<'p, E> Ends<'p, E> {
    fn new(changes: &'p [Change]) -> Self {
        Self {
            changes,
            ended: changes.iter().map(|_| None).collect(),
            told: 0,
        }
    }

    fn add(&mut self, index: usize, applied: Applied<E>) {
        self.ended[index] = Some(applied);
    }

    fn tell(&mut self, progress: &mut (dyn Progress<E> + Send)) {
        while let Some(Some(applied)) = self.ended.get(self.told) {
            progress.finished(&self.changes[self.told], applied);
            self.told += 1;
        }
    }

    fn outcome(self) -> Outcome<E> {
        let ends = self.changes.iter().zip(self.ended);
        let results = ends.filter_map(|(change, applied)| {
            applied.map(|applied| (change.address.clone(), change.action, applied))
        });
        Outcome {
            results: results.collect(),
        }
    }
}
