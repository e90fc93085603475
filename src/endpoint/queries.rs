use std::io::{Cursor, Error, Read};
use std::sync::{Arc, Weak};
use std::thread;

use belfry_athena::scan::{Object, ObjectError, Objects};

use super::athena::Job;
use super::s3::S3Store;
use super::server::Endpoint;

/// Runs queries of Athena, each on a thread of its own, while the endpoint answers other calls.
pub(super) fn start(endpoint: &Arc<Endpoint>, jobs: Vec<Job>) {
    for job in jobs {
        let buckets = Buckets(Arc::downgrade(endpoint));
        let clock = endpoint.clock();
        thread::spawn(move || {
            let mut end = job.run(&buckets, &*clock);
            if let Some(endpoint) = buckets.0.upgrade() {
                // If it cannot be written down, the endpoint is broken, and every request is told so.
                let _ = endpoint.write_down(&job.region, &mut end);
            }
        });
    }
}

/// The local S3 as the engine of queries sees it: locked for as long as one look takes. A query does not keep an endpoint
/// that nobody needs any more.
struct Buckets(Weak<Endpoint>);

impl Buckets {
    fn look<T>(&self, look: impl FnOnce(&S3Store) -> T) -> Option<T> {
        self.0.upgrade()?.look_at_objects(look)
    }
}

fn parts(address: &str) -> (&str, &str) {
    let path = address.strip_prefix("s3://").unwrap_or(address);
    path.split_once('/').unwrap_or((path, ""))
}

impl Objects for Buckets {
    fn list(&self, folder: &str) -> Result<Vec<Object>, ObjectError> {
        let (bucket, prefix) = parts(folder);
        let keys = self.look(|store| store.keys(bucket, prefix));
        let keys = keys.flatten().ok_or_else(|| ObjectError {
            address: folder.to_owned(),
            source: Error::other(format!("the bucket `{bucket}` does not exist")),
        })?;
        let object = |(key, size): (String, u64)| Object {
            address: format!("s3://{bucket}/{key}"),
            size,
        };
        Ok(keys.into_iter().map(object).collect())
    }

    fn open(&self, address: &str) -> Result<Box<dyn Read + Send>, ObjectError> {
        let (bucket, key) = parts(address);
        let wrong = |reason: &str| ObjectError {
            address: address.to_owned(),
            source: Error::other(reason.to_owned()),
        };
        match self.look(|store| store.get(bucket, key)) {
            Some(Ok(Some(bytes))) => Ok(Box::new(Cursor::new(bytes))),
            Some(Ok(None)) => Err(wrong("there is no such object")),
            Some(Err(fault)) => Err(wrong(&fault.message)),
            None => Err(wrong(
                "the endpoint has ended, or an earlier request failed half-way",
            )),
        }
    }
}
