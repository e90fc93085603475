/// A dimension of Cost Explorer that exports carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// `us-east-1a`.
    Az,
    /// `t3.medium`.
    InstanceType,
    /// Twelve digits.
    LinkedAccount,
    /// The operation of the service's API.
    Operation,
    /// On demand, spot, reserved.
    PurchaseType,
    /// `us-east-1`.
    Region,
    /// `Amazon Elastic Container Service`.
    Service,
    /// `USE1-Fargate-vCPU-Hours:perCPU`.
    UsageType,
    /// Usage, tax, credit, refund.
    RecordType,
    /// Who sells it.
    LegalEntityName,
    /// Who sends the bill.
    InvoicingEntity,
    /// `AWS`, `AWS Marketplace`.
    BillingEntity,
    /// Its ARN or id.
    ResourceId,
}

/// Dimension, AWS's name, whether costs are grouped by it, what a line without it is grouped under.
const DIMENSIONS: &[(Dimension, &str, bool, &str)] = &[
    (Dimension::Az, "AZ", true, "NoAZ"),
    (
        Dimension::InstanceType,
        "INSTANCE_TYPE",
        true,
        "NoInstanceType",
    ),
    (
        Dimension::LinkedAccount,
        "LINKED_ACCOUNT",
        true,
        "NoLinkedAccount",
    ),
    (Dimension::Operation, "OPERATION", true, "NoOperation"),
    (
        Dimension::PurchaseType,
        "PURCHASE_TYPE",
        true,
        "NoPurchaseType",
    ),
    (Dimension::Region, "REGION", true, "NoRegion"),
    (Dimension::Service, "SERVICE", true, "NoService"),
    (Dimension::UsageType, "USAGE_TYPE", true, "NoUsageType"),
    (Dimension::RecordType, "RECORD_TYPE", true, "NoRecordType"),
    (
        Dimension::LegalEntityName,
        "LEGAL_ENTITY_NAME",
        true,
        "NoLegalEntityName",
    ),
    (
        Dimension::InvoicingEntity,
        "INVOICING_ENTITY",
        true,
        "NoInvoicingEntity",
    ),
    (
        Dimension::BillingEntity,
        "BILLING_ENTITY",
        false,
        "NoBillingEntity",
    ),
    (Dimension::ResourceId, "RESOURCE_ID", false, "NoResourceId"),
];

impl Dimension {
    /// By AWS's name.
    pub fn parse(name: &str) -> Option<Self> {
        let found = DIMENSIONS.iter().find(|(_, other, ..)| *other == name);
        found.map(|(dimension, ..)| *dimension)
    }

    /// AWS's name.
    pub fn name(self) -> &'static str {
        self.entry().1
    }

    /// Whether costs are grouped by it.
    pub fn groups(self) -> bool {
        self.entry().2
    }

    /// What a line without it is grouped under: Cost Explorer's own words for the first ones, the same form for others.
    pub fn absent(self) -> &'static str {
        self.entry().3
    }

    /// The names of all, or of those that group.
    pub fn names(grouping: bool) -> String {
        let names = DIMENSIONS.iter().filter(|entry| entry.2 || !grouping);
        let names: Vec<&str> = names.map(|entry| entry.1).collect();
        names.join(", ")
    }

    fn entry(self) -> &'static (Self, &'static str, bool, &'static str) {
        let found = DIMENSIONS.iter().find(|entry| entry.0 == self);
        found.unwrap_or(&DIMENSIONS[0])
    }
}
