use super::route::On::{self, Bucket, Object};

/// Operations of S3 that are not answered here, by what tells them: the address, the method and the parameter
/// (S3's API model). A parameter with two operations names both.
const REFUSED: &[(On, &str, &str, &str)] = &[
    (
        Bucket,
        "DELETE",
        "analytics",
        "DeleteBucketAnalyticsConfiguration",
    ),
    (Bucket, "DELETE", "cors", "DeleteBucketCors"),
    (
        Bucket,
        "DELETE",
        "intelligent-tiering",
        "DeleteBucketIntelligentTieringConfiguration",
    ),
    (
        Bucket,
        "DELETE",
        "inventory",
        "DeleteBucketInventoryConfiguration",
    ),
    (
        Bucket,
        "DELETE",
        "metadataConfiguration",
        "DeleteBucketMetadataConfiguration",
    ),
    (
        Bucket,
        "DELETE",
        "metadataTable",
        "DeleteBucketMetadataTableConfiguration",
    ),
    (
        Bucket,
        "DELETE",
        "metrics",
        "DeleteBucketMetricsConfiguration",
    ),
    (Bucket, "DELETE", "replication", "DeleteBucketReplication"),
    (Bucket, "DELETE", "website", "DeleteBucketWebsite"),
    (Bucket, "GET", "", "ListObjects"),
    (Bucket, "GET", "abac", "GetBucketAbac"),
    (
        Bucket,
        "GET",
        "accelerate",
        "GetBucketAccelerateConfiguration",
    ),
    (Bucket, "GET", "acl", "GetBucketAcl"),
    (
        Bucket,
        "GET",
        "analytics",
        "GetBucketAnalyticsConfiguration, ListBucketAnalyticsConfigurations",
    ),
    (Bucket, "GET", "cors", "GetBucketCors"),
    (
        Bucket,
        "GET",
        "intelligent-tiering",
        "GetBucketIntelligentTieringConfiguration, ListBucketIntelligentTieringConfigurations",
    ),
    (
        Bucket,
        "GET",
        "inventory",
        "GetBucketInventoryConfiguration, ListBucketInventoryConfigurations",
    ),
    (Bucket, "GET", "logging", "GetBucketLogging"),
    (
        Bucket,
        "GET",
        "metadataConfiguration",
        "GetBucketMetadataConfiguration",
    ),
    (
        Bucket,
        "GET",
        "metadataTable",
        "GetBucketMetadataTableConfiguration",
    ),
    (
        Bucket,
        "GET",
        "metrics",
        "GetBucketMetricsConfiguration, ListBucketMetricsConfigurations",
    ),
    (
        Bucket,
        "GET",
        "notification",
        "GetBucketNotificationConfiguration",
    ),
    (Bucket, "GET", "object-lock", "GetObjectLockConfiguration"),
    (Bucket, "GET", "policyStatus", "GetBucketPolicyStatus"),
    (Bucket, "GET", "replication", "GetBucketReplication"),
    (Bucket, "GET", "requestPayment", "GetBucketRequestPayment"),
    (Bucket, "GET", "session", "CreateSession"),
    (Bucket, "GET", "versioning", "GetBucketVersioning"),
    (Bucket, "GET", "versions", "ListObjectVersions"),
    (Bucket, "GET", "website", "GetBucketWebsite"),
    (
        Bucket,
        "POST",
        "metadataConfiguration",
        "CreateBucketMetadataConfiguration",
    ),
    (
        Bucket,
        "POST",
        "metadataTable",
        "CreateBucketMetadataTableConfiguration",
    ),
    (Bucket, "POST", "", "POST Object (forms of a browser)"),
    (Bucket, "PUT", "abac", "PutBucketAbac"),
    (
        Bucket,
        "PUT",
        "accelerate",
        "PutBucketAccelerateConfiguration",
    ),
    (Bucket, "PUT", "acl", "PutBucketAcl"),
    (
        Bucket,
        "PUT",
        "analytics",
        "PutBucketAnalyticsConfiguration",
    ),
    (Bucket, "PUT", "cors", "PutBucketCors"),
    (
        Bucket,
        "PUT",
        "intelligent-tiering",
        "PutBucketIntelligentTieringConfiguration",
    ),
    (
        Bucket,
        "PUT",
        "inventory",
        "PutBucketInventoryConfiguration",
    ),
    (Bucket, "PUT", "logging", "PutBucketLogging"),
    (
        Bucket,
        "PUT",
        "metadataInventoryTable",
        "UpdateBucketMetadataInventoryTableConfiguration",
    ),
    (
        Bucket,
        "PUT",
        "metadataJournalTable",
        "UpdateBucketMetadataJournalTableConfiguration",
    ),
    (Bucket, "PUT", "metrics", "PutBucketMetricsConfiguration"),
    (
        Bucket,
        "PUT",
        "notification",
        "PutBucketNotificationConfiguration",
    ),
    (Bucket, "PUT", "object-lock", "PutObjectLockConfiguration"),
    (Bucket, "PUT", "replication", "PutBucketReplication"),
    (Bucket, "PUT", "requestPayment", "PutBucketRequestPayment"),
    (Bucket, "PUT", "versioning", "PutBucketVersioning"),
    (Bucket, "PUT", "website", "PutBucketWebsite"),
    (Object, "DELETE", "tagging", "DeleteObjectTagging"),
    (Object, "GET", "acl", "GetObjectAcl"),
    (Object, "GET", "attributes", "GetObjectAttributes"),
    (Object, "GET", "legal-hold", "GetObjectLegalHold"),
    (Object, "GET", "retention", "GetObjectRetention"),
    (Object, "GET", "tagging", "GetObjectTagging"),
    (Object, "GET", "torrent", "GetObjectTorrent"),
    (Object, "POST", "restore", "RestoreObject"),
    (Object, "POST", "select", "SelectObjectContent"),
    (Object, "PUT", "acl", "PutObjectAcl"),
    (Object, "PUT", "encryption", "UpdateObjectEncryption"),
    (Object, "PUT", "legal-hold", "PutObjectLegalHold"),
    (Object, "PUT", "renameObject", "RenameObject"),
    (Object, "PUT", "retention", "PutObjectRetention"),
    (Object, "PUT", "tagging", "PutObjectTagging"),
];

/// Whether `parameter` is one that tells operations apart.
pub(super) fn is_subresource(parameter: &str) -> bool {
    !parameter.is_empty() && REFUSED.iter().any(|(_, _, name, _)| *name == parameter)
}

/// The name of a refused operation, where S3 has one for this request.
pub(super) fn name(on: On, method: &str, parameter: &str) -> Option<&'static str> {
    REFUSED
        .iter()
        .find(|(place, verb, name, _)| *place == on && *verb == method && *name == parameter)
        .map(|(_, _, _, operation)| *operation)
}
