use super::route::Route;
use super::{
    abort_multipart_upload, complete_multipart_upload, copy_object, create_bucket,
    create_multipart_upload, delete_bucket, delete_bucket_encryption, delete_bucket_lifecycle,
    delete_bucket_ownership_controls, delete_bucket_policy, delete_bucket_tagging, delete_object,
    delete_objects, delete_public_access_block, get_bucket_encryption,
    get_bucket_lifecycle_configuration, get_bucket_location, get_bucket_ownership_controls,
    get_bucket_policy, get_bucket_tagging, get_object, get_public_access_block, head_bucket,
    head_object, list_buckets, list_multipart_uploads, list_objects_v2, list_parts,
    put_bucket_encryption, put_bucket_lifecycle_configuration, put_bucket_ownership_controls,
    put_bucket_policy, put_bucket_tagging, put_object, put_public_access_block, upload_part,
};
use crate::endpoint::{Service, Words};

/// S3. Its protocol knows it by its routes, not by a target or a version.
pub static SERVICE: Service = Service {
    name: "s3",
    target: "AmazonS3",
    version: "2006-03-01",
    namespace: "http://s3.amazonaws.com/doc/2006-03-01/",
    shapes: "com.amazonaws.s3",
    fault_shapes: &[],
    query_compatible: false,
    words: &Words {
        validation: "MalformedXML",
    },
    operations: &[
        &list_buckets::OPERATION,
        &create_bucket::OPERATION,
        &head_bucket::OPERATION,
        &delete_bucket::OPERATION,
        &get_bucket_location::OPERATION,
        &put_bucket_policy::OPERATION,
        &get_bucket_policy::OPERATION,
        &delete_bucket_policy::OPERATION,
        &put_bucket_encryption::OPERATION,
        &get_bucket_encryption::OPERATION,
        &delete_bucket_encryption::OPERATION,
        &put_public_access_block::OPERATION,
        &get_public_access_block::OPERATION,
        &delete_public_access_block::OPERATION,
        &put_bucket_lifecycle_configuration::OPERATION,
        &get_bucket_lifecycle_configuration::OPERATION,
        &delete_bucket_lifecycle::OPERATION,
        &put_bucket_tagging::OPERATION,
        &get_bucket_tagging::OPERATION,
        &delete_bucket_tagging::OPERATION,
        &put_bucket_ownership_controls::OPERATION,
        &get_bucket_ownership_controls::OPERATION,
        &delete_bucket_ownership_controls::OPERATION,
        &list_objects_v2::OPERATION,
        &put_object::OPERATION,
        &copy_object::OPERATION,
        &get_object::OPERATION,
        &head_object::OPERATION,
        &delete_object::OPERATION,
        &delete_objects::OPERATION,
        &create_multipart_upload::OPERATION,
        &upload_part::OPERATION,
        &complete_multipart_upload::OPERATION,
        &abort_multipart_upload::OPERATION,
        &list_parts::OPERATION,
        &list_multipart_uploads::OPERATION,
    ],
};

/// How the operations stand in HTTP.
pub(super) static ROUTES: &[&Route] = &[
    &list_buckets::ROUTE,
    &create_bucket::ROUTE,
    &head_bucket::ROUTE,
    &delete_bucket::ROUTE,
    &get_bucket_location::ROUTE,
    &put_bucket_policy::ROUTE,
    &get_bucket_policy::ROUTE,
    &delete_bucket_policy::ROUTE,
    &put_bucket_encryption::ROUTE,
    &get_bucket_encryption::ROUTE,
    &delete_bucket_encryption::ROUTE,
    &put_public_access_block::ROUTE,
    &get_public_access_block::ROUTE,
    &delete_public_access_block::ROUTE,
    &put_bucket_lifecycle_configuration::ROUTE,
    &get_bucket_lifecycle_configuration::ROUTE,
    &delete_bucket_lifecycle::ROUTE,
    &put_bucket_tagging::ROUTE,
    &get_bucket_tagging::ROUTE,
    &delete_bucket_tagging::ROUTE,
    &put_bucket_ownership_controls::ROUTE,
    &get_bucket_ownership_controls::ROUTE,
    &delete_bucket_ownership_controls::ROUTE,
    &list_objects_v2::ROUTE,
    &put_object::ROUTE,
    &copy_object::ROUTE,
    &get_object::ROUTE,
    &head_object::ROUTE,
    &delete_object::ROUTE,
    &delete_objects::ROUTE,
    &create_multipart_upload::ROUTE,
    &upload_part::ROUTE,
    &complete_multipart_upload::ROUTE,
    &abort_multipart_upload::ROUTE,
    &list_parts::ROUTE,
    &list_multipart_uploads::ROUTE,
];

/// How the operation `name` stands in HTTP.
pub(in crate::endpoint) fn route_of(name: &str) -> Option<&'static Route> {
    ROUTES
        .iter()
        .find(|route| route.operation.name == name)
        .copied()
}
