use std::future::Future;

use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};

/// Calls on their way at the same time.
const AT_ONCE: usize = 8;

/// The answers of `calls`, several of which are on their way at a time, in the order of the calls; or the first error.
pub(super) async fn side_by_side<T, E>(
    calls: Vec<impl Future<Output = Result<T, E>>>,
) -> Result<Vec<T>, E> {
    stream::iter(calls).buffered(AT_ONCE).try_collect().await
}

/// The same, whatever became of each.
pub(super) async fn side_by_side_all<T, E>(
    calls: Vec<impl Future<Output = Result<T, E>>>,
) -> Vec<Result<T, E>> {
    stream::iter(calls).buffered(AT_ONCE).collect().await
}
