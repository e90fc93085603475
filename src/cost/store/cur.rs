use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::csv::Mistake;
use super::field::Fields;
use super::{CostLine, Dimension, Measure};

/// Columns without which a file is no CUR 2.0 export.
pub(super) const REQUIRED: &[&str] = &[
    "line_item_line_item_type",
    "line_item_product_code",
    "line_item_unblended_cost",
    "line_item_usage_start_date",
    "line_item_usage_end_date",
    "line_item_currency_code",
];

const COLUMNS: &[(Dimension, &[&str])] = &[
    (Dimension::Az, &["line_item_availability_zone"]),
    (Dimension::InstanceType, &["product_instance_type"]),
    (Dimension::LinkedAccount, &["line_item_usage_account_id"]),
    (Dimension::Operation, &["line_item_operation"]),
    (Dimension::PurchaseType, &["pricing_purchase_option"]),
    (Dimension::Region, &["product_region_code"]),
    (Dimension::UsageType, &["line_item_usage_type"]),
    (Dimension::RecordType, &["line_item_line_item_type"]),
    (Dimension::LegalEntityName, &["line_item_legal_entity"]),
    (Dimension::InvoicingEntity, &["bill_invoicing_entity"]),
    (Dimension::BillingEntity, &["bill_billing_entity"]),
    (Dimension::ResourceId, &["line_item_resource_id"]),
];

const NUMBERS: &[(Measure, &str)] = &[
    (Measure::BlendedCost, "line_item_blended_cost"),
    (Measure::NetUnblendedCost, "line_item_net_unblended_cost"),
    (
        Measure::NormalizedUsageAmount,
        "line_item_normalized_usage_amount",
    ),
];

/// Product codes whose name in Cost Explorer is another than the product's.
const SERVICES: &[(&str, &str)] = &[
    ("AmazonCloudWatch", "AmazonCloudWatch"),
    ("AmazonECS", "Amazon Elastic Container Service"),
    ("AWSELB", "Amazon Elastic Load Balancing"),
    ("AmazonS3", "Amazon Simple Storage Service"),
    ("AmazonAthena", "Amazon Athena"),
    ("AmazonSNS", "Amazon Simple Notification Service"),
    ("AWSCostExplorer", "AWS Cost Explorer"),
    ("AmazonVPC", "Amazon Virtual Private Cloud"),
    ("AWSSecretsManager", "AWS Secrets Manager"),
    ("awskms", "AWS Key Management Service"),
];

/// A row of the Cost and Usage Report 2.0.
pub(super) fn line(fields: &Fields<'_>) -> Result<CostLine, Mistake> {
    let currency = fields.text("line_item_currency_code").unwrap_or_default();
    if currency != "USD" {
        let reason = format!("the currency is `{currency}`; Cost Explorer answers in USD alone");
        return Err(fields.mistake("line_item_currency_code", reason));
    }
    let (day, hour) = fields.period("line_item_usage_start_date", "line_item_usage_end_date")?;
    let unblended = fields.required_number("line_item_unblended_cost")?;
    let used = fields.number("line_item_usage_amount")?.unwrap_or_default();
    let mut measures = BTreeMap::from([
        (Measure::UnblendedCost, unblended),
        (Measure::UsageQuantity, used),
    ]);
    for (measure, column) in NUMBERS {
        if let Some(number) = fields.number(column)? {
            measures.insert(*measure, number);
        }
    }
    if let Some(amortized) = amortized(fields, unblended)? {
        measures.insert(Measure::AmortizedCost, amortized);
    }
    let mut dimensions: BTreeMap<Dimension, String> = COLUMNS
        .iter()
        .filter_map(|(dimension, columns)| {
            let text = columns.iter().find_map(|column| fields.text(column))?;
            Some((*dimension, text.to_owned()))
        })
        .collect();
    let product = fields.map("product")?;
    dimensions.insert(Dimension::Service, service(fields, &product));
    if let (None, Some(kind)) = (
        dimensions.get(&Dimension::InstanceType),
        product.get("instance_type"),
    ) {
        dimensions.insert(Dimension::InstanceType, kind.clone());
    }
    Ok(CostLine {
        day,
        hour,
        dimensions,
        tags: without_prefix(fields.map("resource_tags")?),
        categories: fields.map("cost_category")?,
        measures,
        unit: fields.text("pricing_unit").unwrap_or_default().to_owned(),
        estimated: false,
    })
}

/// Cost Explorer's name: the product's own, which CUR keeps in its map, but for those that have another.
fn service(fields: &Fields<'_>, product: &BTreeMap<String, String>) -> String {
    let code = fields.text("line_item_product_code").unwrap_or_default();
    let known = SERVICES.iter().find(|(other, _)| *other == code);
    let name = known.map(|(_, name)| (*name).to_owned());
    name.or_else(|| product.get("product_name").cloned())
        .unwrap_or_else(|| code.to_owned())
}

/// CUR writes a tag that a person made as `user_team`.
fn without_prefix(tags: BTreeMap<String, String>) -> BTreeMap<String, String> {
    let tags = tags.into_iter();
    tags.map(|(key, value)| match key.strip_prefix("user_") {
        Some(own) => (own.to_owned(), value),
        None => (key, value),
    })
    .collect()
}

/// The amortised cost as AWS's guide to CUR adds it up; nothing where a column it needs is not exported.
fn amortized(fields: &Fields<'_>, unblended: Decimal) -> Result<Option<Decimal>, Mistake> {
    let sum = |columns: [&str; 2]| -> Result<Option<Decimal>, Mistake> {
        let (first, second) = (fields.number(columns[0])?, fields.number(columns[1])?);
        Ok(first.and_then(|first| Some(first + second?)))
    };
    let kind = fields.text("line_item_line_item_type").unwrap_or_default();
    Ok(match kind {
        "SavingsPlanCoveredUsage" => fields.number("savings_plan_savings_plan_effective_cost")?,
        "SavingsPlanRecurringFee" => {
            let all = fields.number("savings_plan_total_commitment_to_date")?;
            let used = fields.number("savings_plan_used_commitment")?;
            all.and_then(|all| Some(all - used?))
        }
        "SavingsPlanNegation" | "SavingsPlanUpfrontFee" => Some(Decimal::ZERO),
        "DiscountedUsage" => fields.number("reservation_effective_cost")?,
        "RIFee" => sum([
            "reservation_unused_amortized_upfront_fee_for_billing_period",
            "reservation_unused_recurring_fee",
        ])?,
        "Fee" if fields.text("reservation_reservation_a_r_n").is_some() => Some(Decimal::ZERO),
        _ => Some(unblended),
    })
}
