use std::collections::BTreeMap;

use crate::endpoint::{Context, Document, Fault, Input, Page};

/// Tags of resources, by ARN.
pub(super) type Tagged = BTreeMap<String, BTreeMap<String, String>>;

/// Where AWS answers for what belongs to no region.
const GLOBAL: &str = "us-east-1";

/// Every resource of the region that carries a tag. One that carries none any more is left out: "GetResources does not return
/// untagged resources" (API reference).
pub(super) fn tagged(cx: &Context<'_>) -> Tagged {
    let own = cx.account.tags.all();
    let mut all: Tagged = own
        .map(|(arn, tags)| (arn.to_owned(), tags.clone()))
        .collect();
    let buckets = cx.stores.s3.buckets();
    let buckets = buckets.filter(|bucket| bucket.region == cx.region);
    all.extend(buckets.map(|bucket| {
        let arn = format!("arn:aws:s3:::{}", bucket.name);
        (arn, bucket.tags.clone())
    }));
    if cx.region == GLOBAL {
        let budgets = cx.stores.budgets.tagged();
        all.extend(budgets.map(|(arn, tags)| (arn.to_owned(), tags.clone())));
    }
    all.retain(|_, tags| !tags.is_empty());
    all
}

/// The page of `all` that the request asks for, and the token of the next one, empty on the last.
pub(super) fn page(
    input: &Input<'_>,
    all: Vec<(String, Document)>,
    limit: usize,
) -> Result<(Document, Document), Fault> {
    let token = input.optional_str("PaginationToken")?;
    let page = Page::of(all, token.filter(|token| !token.is_empty()), limit);
    let page = page.ok_or_else(|| input.invalid("Invalid PaginationToken"))?;
    let next = page.next.unwrap_or_default();
    Ok((Document::List(page.items), next.into()))
}
