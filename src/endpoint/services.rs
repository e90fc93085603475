use super::operation::Service;
use super::{athena, budgets, ce, cloudwatch, elb, logs, s3, sns, sts, tagging, vended};

/// Every service this endpoint knows.
pub(super) static SERVICES: &[&Service] = &[
    &ce::SERVICE,
    &cloudwatch::SERVICE,
    &elb::SERVICE,
    &logs::SERVICE,
    &s3::SERVICE,
    &sns::SERVICE,
    &sts::SERVICE,
    &athena::SERVICE,
    &budgets::SERVICE,
    &tagging::SERVICE,
];

/// The service whose `X-Amz-Target` prefix or rpc-v2-cbor name is `target`.
pub(super) fn by_target(target: &str) -> Option<&'static Service> {
    SERVICES.iter().find(|s| s.target == target).copied()
}

/// The service with this query/XML `Version`.
pub(super) fn by_version(version: &str) -> Option<&'static Service> {
    SERVICES.iter().find(|s| s.version == version).copied()
}

/// The service with this name, as the journal names it; also the one that no request reaches.
pub(super) fn by_name(name: &str) -> Option<&'static Service> {
    let mut all = SERVICES.iter().copied().chain([&vended::SERVICE]);
    all.find(|s| s.name == name)
}
