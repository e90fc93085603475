use aws_sdk_s3::primitives::ByteStream;

use super::{CloudError, Session};
use crate::iam::{Action, LOCALLY, On};

/// What this file asks of AWS.
pub(super) const ACTIONS: &[Action] = &[Action::new(
    "put_object",
    "s3:PutObject",
    On::Everything(DELIVERY),
    LOCALLY,
)];

/// On AWS load balancers deliver their logs themselves.
const DELIVERY: &str = "only the load balancer of `belfry up` calls it";

impl Session {
    /// Puts an object into a bucket of S3.
    pub async fn put_object(
        &self,
        bucket: &str,
        key: &str,
        bytes: Vec<u8>,
    ) -> Result<(), CloudError> {
        let request = self.s3().put_object().bucket(bucket).key(key);
        let put = request.body(ByteStream::from(bytes)).send().await;
        put.map_err(|e| CloudError::from_sdk("PutObject", &format!("s3://{bucket}/{key}"), &e))?;
        Ok(())
    }
}
