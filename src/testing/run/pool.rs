use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Told how many of how many are done.
pub type Progress<'a> = dyn Fn(usize, usize) + Sync + 'a;

/// Runs `work` for every number below `count`, on as many threads as there are processors; the answers stand in the
/// order of the numbers.
pub(in crate::testing) fn in_parallel<T: Send>(
    count: usize,
    progress: &Progress<'_>,
    work: &(dyn Fn(usize) -> T + Sync),
) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let done = AtomicUsize::new(0);
    let answers = Mutex::new(Vec::new());
    let worker = || {
        loop {
            let number = next.fetch_add(1, Ordering::SeqCst);
            if number >= count {
                return;
            }
            let answer = work(number);
            if let Ok(mut answers) = answers.lock() {
                answers.push((number, answer));
            }
            progress(done.fetch_add(1, Ordering::SeqCst) + 1, count);
        }
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..threads.min(count) {
            scope.spawn(worker);
        }
    });
    // A worker that panicked has ended the scope already.
    let mut answers = answers.into_inner().unwrap_or_default();
    answers.sort_by_key(|(number, _)| *number);
    answers.into_iter().map(|(_, answer)| answer).collect()
}

#[cfg(test)]
mod tests {
    use super::in_parallel;

    #[test]
    fn answers_stand_in_the_order_of_their_numbers() {
        let answers = in_parallel(100, &|_, _| {}, &|number| number * 2);
        assert_eq!(answers, (0..100).map(|n| n * 2).collect::<Vec<_>>());
        assert!(in_parallel(0, &|_, _| {}, &|number| number).is_empty());
    }
}
