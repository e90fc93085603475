use std::collections::BTreeMap;

use super::csv::Mistake;
use super::field::Fields;
use super::{CostLine, Dimension, Measure};

/// Columns without which a file is no FOCUS 1.x export.
pub(super) const REQUIRED: &[&str] = &[
    "BilledCost",
    "EffectiveCost",
    "BillingCurrency",
    "ChargeCategory",
    "ChargePeriodStart",
    "ChargePeriodEnd",
    "ServiceName",
];

/// Dimension and the columns that may say it. FOCUS has no usage type and no operation: AWS adds its own under `x_`.
const COLUMNS: &[(Dimension, &[&str])] = &[
    (Dimension::Az, &["AvailabilityZone"]),
    (Dimension::LinkedAccount, &["SubAccountId"]),
    (Dimension::Operation, &["x_Operation"]),
    (Dimension::PurchaseType, &["PricingCategory"]),
    (Dimension::Region, &["RegionId", "Region"]),
    (Dimension::Service, &["ServiceName"]),
    (Dimension::UsageType, &["x_UsageType"]),
    (Dimension::RecordType, &["ChargeCategory"]),
    (Dimension::LegalEntityName, &["PublisherName"]),
    (
        Dimension::InvoicingEntity,
        &["InvoiceIssuerName", "InvoiceIssuer"],
    ),
    (Dimension::BillingEntity, &["ProviderName", "Provider"]),
    (Dimension::ResourceId, &["ResourceId"]),
];

/// A row of FOCUS: BilledCost is the unblended cost, EffectiveCost the amortised one, ConsumedQuantity the usage.
/// Blended and net costs are not in FOCUS.
pub(super) fn line(fields: &Fields<'_>) -> Result<CostLine, Mistake> {
    let currency = fields.text("BillingCurrency").unwrap_or_default();
    if currency != "USD" {
        let reason = format!("the currency is `{currency}`; Cost Explorer answers in USD alone");
        return Err(fields.mistake("BillingCurrency", reason));
    }
    let (day, hour) = fields.period("ChargePeriodStart", "ChargePeriodEnd")?;
    let mut measures = BTreeMap::from([
        (
            Measure::UnblendedCost,
            fields.required_number("BilledCost")?,
        ),
        (
            Measure::AmortizedCost,
            fields.required_number("EffectiveCost")?,
        ),
    ]);
    let used = fields.number("ConsumedQuantity")?;
    measures.insert(Measure::UsageQuantity, used.unwrap_or_default());
    let dimensions = COLUMNS.iter().filter_map(|(dimension, columns)| {
        let text = columns.iter().find_map(|column| fields.text(column))?;
        Some((*dimension, text.to_owned()))
    });
    let tags = fields.map("Tags")?.into_iter();
    Ok(CostLine {
        day,
        hour,
        dimensions: dimensions.collect(),
        tags: tags
            .map(|(key, value)| {
                (
                    key.strip_prefix("user:").map_or(key.clone(), str::to_owned),
                    value,
                )
            })
            .collect(),
        categories: BTreeMap::new(),
        measures,
        unit: fields.text("ConsumedUnit").unwrap_or_default().to_owned(),
        estimated: false,
    })
}
