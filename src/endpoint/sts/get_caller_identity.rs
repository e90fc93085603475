use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `GetCallerIdentity`: every caller is the user `belfry` of this endpoint's account.
pub(super) const OPERATION: Operation = Operation {
    name: "GetCallerIdentity",
    mutates: false,
    members: &[],
    call,
};

fn call(cx: &mut Context<'_>, _input: &Input<'_>) -> Result<Document, Fault> {
    Ok(Document::structure([
        ("UserId", Document::from("AIDABELFRYLOCALUSER00")),
        ("Account", cx.account_id.into()),
        (
            "Arn",
            format!("arn:aws:iam::{}:user/belfry", cx.account_id).into(),
        ),
    ]))
}
