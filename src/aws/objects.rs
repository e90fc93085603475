use aws_sdk_s3::primitives::ByteStream;

use super::{CloudError, Session};
use crate::iam::{Action, LOCALLY, On, WATCH};

/// What this file asks of AWS, where load balancers deliver their logs themselves.
pub(super) const ACTIONS: &[Action] = &[
    Action::new("put_object", "s3:PutObject", On::ObjectsOfBuckets, LOCALLY),
    Action::new("list_objects_v2", "s3:ListBucket", On::Buckets, WATCH),
    Action::new("get_object", "s3:GetObject", On::ObjectsOfBuckets, WATCH),
];

impl Session {
    /// Puts an object into a bucket of S3.
    pub async fn put_object(
        &self,
        bucket: &str,
        key: &str,
        bytes: Vec<u8>,
    ) -> Result<(), CloudError> {
        let client = self.s3();
        let request = client.put_object().bucket(bucket).key(key);
        let put = request.body(ByteStream::from(bytes)).send().await;
        put.map_err(|e| CloudError::from_sdk("PutObject", &place(bucket, key), &e))?;
        Ok(())
    }

    /// The keys of all objects of a bucket that begin with `prefix`, in order.
    pub async fn object_keys(&self, bucket: &str, prefix: &str) -> Result<Vec<String>, CloudError> {
        let client = self.s3();
        let request = client.list_objects_v2().bucket(bucket).prefix(prefix);
        let mut pages = request.into_paginator().send();
        let mut keys = Vec::new();
        while let Some(page) = pages.next().await {
            let page = page
                .map_err(|e| CloudError::from_sdk("ListObjectsV2", &place(bucket, prefix), &e))?;
            let found = page.contents().iter().filter_map(|object| object.key());
            keys.extend(found.map(str::to_owned));
        }
        Ok(keys)
    }

    /// An object's bytes.
    pub async fn object(&self, bucket: &str, key: &str) -> Result<Vec<u8>, CloudError> {
        let client = self.s3();
        let got = client.get_object().bucket(bucket).key(key).send().await;
        let got = got.map_err(|e| CloudError::from_sdk("GetObject", &place(bucket, key), &e))?;
        let bytes = got.body.collect().await;
        let bytes =
            bytes.map_err(|e| CloudError::local("GetObject", place(bucket, key), e.to_string()))?;
        Ok(bytes.to_vec())
    }
}

fn place(bucket: &str, key: &str) -> String {
    format!("{bucket}/{key}")
}
