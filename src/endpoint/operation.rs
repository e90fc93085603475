use belfry_engine::account::Account;
use belfry_engine::base::Millis;

use super::document::Document;
use super::fault::Fault;
use super::input::{Input, Words};
use super::stores::Stores;

/// What an operation works on.
#[derive(Debug)]
pub struct Context<'a> {
    /// The account in the region of the request, advanced to `now`.
    pub account: &'a mut Account,
    /// What the other services keep, of all regions.
    pub stores: &'a mut Stores,
    /// The moment of the request.
    pub now: Millis,
    /// `us-east-1`.
    pub region: &'a str,
    /// Twelve digits.
    pub account_id: &'a str,
}

/// One operation of a service; each has a file of its own.
#[derive(Debug)]
pub struct Operation {
    /// `PutMetricData`.
    pub name: &'static str,
    /// Whether it changes the account: then it is written to the journal.
    pub mutates: bool,
    /// The members of the request that are understood; any other is refused by name.
    pub members: &'static [&'static str],
    /// What it does.
    pub call: fn(&mut Context<'_>, &Input<'_>) -> Result<Document, Fault>,
}

impl Operation {
    /// Checks the members' names, then calls.
    pub fn run(&self, cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
        input.only(self.members)?;
        (self.call)(cx, input)
    }
}

/// A service: how requests for it are told from others, and the table of its operations.
#[derive(Debug)]
pub struct Service {
    /// The name in the SigV4 credential scope: `monitoring`, `logs`, `sns`, `sts`.
    pub name: &'static str,
    /// What follows `X-Amz-Target:` up to the dot; also rpc-v2-cbor's service name.
    pub target: &'static str,
    /// Query/XML's `Version`.
    pub version: &'static str,
    /// Query/XML's name space.
    pub namespace: &'static str,
    /// The Smithy name space of its shapes: `com.amazonaws.cloudwatch`.
    pub shapes: &'static str,
    /// Error codes whose shape has another name: `(code, shape)`.
    pub fault_shapes: &'static [(&'static str, &'static str)],
    /// Whether JSON and CBOR answers carry `x-amzn-query-error` (Smithy's `awsQueryCompatible`).
    pub query_compatible: bool,
    /// How it words its refusals.
    pub words: &'static Words,
    /// The operations.
    pub operations: &'static [&'static Operation],
}

impl Service {
    /// The operation `name`, or nothing.
    pub fn operation(&self, name: &str) -> Option<&'static Operation> {
        self.operations
            .iter()
            .find(|operation| operation.name == name)
            .copied()
    }

    /// The names of all operations, for refusals.
    pub fn operation_names(&self) -> String {
        let names: Vec<&str> = self.operations.iter().map(|o| o.name).collect();
        names.join(", ")
    }
}
