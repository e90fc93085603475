use super::read::{owner_id, xml_time};
use super::refusals::invalid_argument;
use super::route::{Gives, On, Route};
use super::store::Bucket;
use crate::endpoint::{Context, Document, Fault, Input, Operation, Page};

/// `ListBuckets`: of all regions, by name. Regions and ARNs stand in answers to requests that ask for a page or choose.
pub(super) const OPERATION: Operation = Operation {
    name: "ListBuckets",
    mutates: false,
    members: &["MaxBuckets", "ContinuationToken", "Prefix", "BucketRegion"],
    call,
};

pub(super) const ROUTE: Route = Route::new("GET", On::Service, &OPERATION)
    .parameters(&[
        ("max-buckets", "MaxBuckets"),
        ("continuation-token", "ContinuationToken"),
        ("prefix", "Prefix"),
        ("bucket-region", "BucketRegion"),
    ])
    .gives(Gives::Root("ListAllMyBucketsResult"));

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let prefix = input.optional_str("Prefix")?;
    let region = input.optional_str("BucketRegion")?;
    let most = input.optional_i64("MaxBuckets")?;
    let limit = match most.unwrap_or(10_000) {
        limit @ 1..=10_000 => usize::try_from(limit).unwrap_or(10_000),
        other => {
            let message = "Argument max-buckets must be an integer between 1 and 10000";
            return Err(invalid_argument(message, "max-buckets", &other.to_string()));
        }
    };
    let token = input.optional_str("ContinuationToken")?;
    let is_chosen = |bucket: &&Bucket| {
        prefix.is_none_or(|prefix| bucket.name.starts_with(prefix))
            && region.is_none_or(|region| bucket.region == region)
    };
    let buckets = cx.stores.s3.buckets().filter(is_chosen);
    let named = buckets.map(|bucket| (bucket.name.clone(), bucket));
    let page = Page::of(named.collect(), token, limit).ok_or_else(|| {
        let message = "The continuation token provided is incorrect";
        invalid_argument(message, "continuation-token", token.unwrap_or_default())
    })?;
    let is_detailed = [
        most.is_some(),
        prefix.is_some(),
        region.is_some(),
        token.is_some(),
    ]
    .contains(&true);
    let shown = page.items.iter().map(|bucket| show(bucket, is_detailed));
    Ok(Document::structure([
        ("Owner", owner(cx.account_id)),
        ("Buckets", Document::List(shown.collect())),
        ("Prefix", prefix.into()),
        ("ContinuationToken", page.next.into()),
    ]))
}

fn owner(account_id: &str) -> Document {
    Document::structure([("ID", owner_id(account_id).into())])
}

fn show(bucket: &Bucket, is_detailed: bool) -> Document {
    let arn = format!("arn:aws:s3:::{}", bucket.name);
    Document::structure([
        ("Name", Document::from(&bucket.name)),
        ("CreationDate", xml_time(bucket.created).into()),
        ("BucketRegion", is_detailed.then_some(&bucket.region).into()),
        ("BucketArn", is_detailed.then_some(arn).into()),
    ])
}
