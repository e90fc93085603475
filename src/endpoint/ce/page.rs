use crate::endpoint::{Fault, Input};

/// Where an answer goes on: `OFFSET.CHECK`, where the check is of everything else that was asked.
pub(super) struct Page {
    pub(super) offset: usize,
    check: String,
}

impl Page {
    /// The member `NextPageToken`. `asked` is the rest of the request in one text.
    pub(super) fn read(input: &Input<'_>, asked: &str) -> Result<Self, Fault> {
        let check = format!("{:016x}", check(asked));
        let Some(token) = input.optional_str("NextPageToken")? else {
            return Ok(Self { offset: 0, check });
        };
        let parts = token.split_once('.');
        let offset = parts.and_then(|(offset, _)| offset.parse().ok());
        let (Some(offset), Some((_, found))) = (offset, parts) else {
            return Err(unknown());
        };
        if found != check {
            let message = "the request is not the one that the NextPageToken was given for";
            return Err(Fault::new("RequestChangedException", message));
        }
        Ok(Self { offset, check })
    }

    /// Whether it is a place among `all` items.
    pub(super) fn check(&self, all: usize) -> Result<(), Fault> {
        match self.offset == 0 || self.offset < all {
            true => Ok(()),
            false => Err(unknown()),
        }
    }

    /// The token of what follows `shown` items, where there are more.
    pub(super) fn next(&self, shown: usize, all: usize) -> Option<String> {
        let offset = self.offset.saturating_add(shown);
        (offset < all).then(|| format!("{offset}.{}", self.check))
    }
}

fn unknown() -> Fault {
    let message = "the NextPageToken is none that this endpoint gave";
    Fault::new("InvalidNextTokenException", message)
}

/// FNV-1a: it tells requests apart, and keeps nothing secret.
fn check(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The member `BillingViewArn`: the account's primary view is everything it has.
pub(super) fn billing_view(input: &Input<'_>) -> Result<(), Fault> {
    match input.optional_str("BillingViewArn")? {
        None => Ok(()),
        Some(arn) if arn.ends_with(":billingview/primary") => Ok(()),
        Some(arn) => Err(Fault::new(
            "ResourceNotFoundException",
            format!("no billing view is called `{arn}`; the account has its primary view alone"),
        )),
    }
}
