use serde_json::{Value, json};

use super::{Assumptions, Dimension, Estimate, Field, Subject};
use crate::cost::{Allowances, Usd};

/// The version of the JSON; it rises when a reader could be misled.
const VERSION: u32 = 2;

impl Estimate {
    /// For machines; amounts and quantities are decimal texts.
    pub fn json(&self, subject: &Subject, assumed: &Assumptions) -> Value {
        let sample = &subject.sample;
        let values = assumed
            .all()
            .map(|(row, value)| (row.key.to_owned(), text(value).into()));
        json!({
            "version": VERSION,
            "estimate": true,
            "currency": "USD",
            "region": self.region,
            "as_of": self.as_of,
            "free_tier": assumed.allowances == Allowances::Free,
            "rates": (0..self.rates.len()).map(|index| self.rate_json(index)).collect::<Vec<_>>(),
            "fields": self.fields.iter().map(field).collect::<Vec<_>>(),
            "dimensions": self.dimensions.iter().map(dimension).collect::<Vec<_>>(),
            "variants": self.variants.iter().map(|(variant, totals)| json!({
                "name": variant.name,
                "loses": variant.loses,
                "totals": totals.iter().map(|total| amount(*total)).collect::<Vec<_>>(),
            })).collect::<Vec<_>>(),
            "sample": {
                "name": sample.name,
                "lines": sample.lines,
                "requests": sample.requests,
                "bytes": sample.bytes,
                "bytes_per_request": text(sample.bytes_per_request().round_dp(3)),
                "gzip_ratio": text(sample.gzip_ratio().round_dp(4)),
            },
            "log_group": subject.log_group,
            "assumptions": Value::Object(values.collect()),
            "not_priced": self.unknown,
        })
    }

    fn rate_json(&self, index: usize) -> Value {
        let bill = &self.bills[index];
        let lines = bill.lines.iter().map(|line| {
            json!({
                "what": line.what,
                "service": line.service,
                "item": line.item,
                "quantity": text(line.quantity),
                "unit": line.unit,
                "amount": amount(line.amount),
                "certainty": line.certainty.name(),
            })
        });
        json!({
            "requests_per_second": text(self.rates[index]),
            "lines": lines.collect::<Vec<_>>(),
            "total": amount(bill.total()),
        })
    }
}

/// A field, its amounts in the order of the rates.
fn field(field: &Field) -> Value {
    json!({
        "name": field.name,
        "bytes_per_request": text(field.bytes.round_dp(3)),
        "amounts": field.amounts.iter().map(|one| amount(*one)).collect::<Vec<_>>(),
    })
}

fn dimension(dimension: &Dimension) -> Value {
    json!({
        "name": dimension.name,
        "metrics": text(dimension.metrics),
        "amount": amount(dimension.amount),
        "one_more_value": {
            "metrics": text(dimension.another_metrics),
            "amount": amount(dimension.another_amount),
        },
    })
}

fn amount(usd: Usd) -> String {
    text(usd.dollars().round_dp(6))
}

fn text(number: rust_decimal::Decimal) -> String {
    number.normalize().to_string()
}
