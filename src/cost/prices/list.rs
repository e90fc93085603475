use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use super::file::read;
use super::{Item, Price, PriceError};

/// Prices of one region.
#[derive(Clone, Debug)]
pub struct PriceList {
    prices: Vec<Price>,
    region: String,
}

/// List prices of us-east-1, without tax, credits and discounts; each row names its day and its sources.
const BUILT_IN: &str = include_str!("../prices.json");

impl PriceList {
    /// The list that comes with Belfry.
    ///
    /// # Errors
    ///
    /// None, as a test holds; a damaged list is told all the same.
    pub fn built_in() -> Result<&'static Self, PriceError> {
        static LIST: OnceLock<PriceList> = OnceLock::new();
        if let Some(list) = LIST.get() {
            return Ok(list);
        }
        let list = Self::parse(BUILT_IN)?;
        Ok(LIST.get_or_init(|| list))
    }

    /// The list of a file: another region, other contracts.
    ///
    /// # Errors
    ///
    /// A file that cannot be read or is no price list.
    pub fn load(path: &Path) -> Result<Self, PriceError> {
        let text = fs::read_to_string(path).map_err(|source| PriceError::Read {
            path: path.to_owned(),
            source,
        })?;
        Self::parse(&text)
    }

    /// Reads a list's text.
    ///
    /// # Errors
    ///
    /// The first row that is wrong, by its number: unknown members, tiers that do not rise, a row that comes
    /// twice, rows of several regions.
    pub fn parse(text: &str) -> Result<Self, PriceError> {
        let prices = read(text)?;
        let region = prices
            .first()
            .map_or_else(String::new, |price| price.region.clone());
        for (index, price) in prices.iter().enumerate() {
            let before = &prices[..index];
            let reason = if price.region != region {
                format!(
                    "of `{}`, the rows before it are of `{region}`",
                    price.region
                )
            } else if before
                .iter()
                .any(|other| other.service == price.service && other.item == price.item)
            {
                "it comes twice".to_owned()
            } else {
                continue;
            };
            return Err(PriceError::Row {
                row: index + 1,
                service: price.service.clone(),
                item: price.item.clone(),
                reason,
            });
        }
        Ok(Self { prices, region })
    }

    /// All rows.
    pub fn prices(&self) -> &[Price] {
        &self.prices
    }

    /// Where the prices hold.
    pub fn region(&self) -> &str {
        &self.region
    }

    /// The newest day that a row names.
    pub fn as_of(&self) -> &str {
        let days = self.prices.iter().map(|price| price.as_of.as_str());
        days.max().unwrap_or_default()
    }

    /// The price of `item`, with the allowance that calculators know.
    ///
    /// # Errors
    ///
    /// No such row, a row that is sold in parts only, another unit, or another allowance than what is counted with.
    pub fn price(&self, item: &Item) -> Result<Price, PriceError> {
        let found = self
            .prices
            .iter()
            .find(|price| price.service == item.service && price.item == item.name);
        let Some(price) = found else {
            return Err(PriceError::Unknown {
                service: item.service.to_owned(),
                item: item.name.to_owned(),
                region: self.region.clone(),
            });
        };
        let mut price = price.clone();
        if let Some(reason) = contradiction(item, &price) {
            return Err(PriceError::Other {
                service: price.service,
                item: price.item,
                reason,
            });
        }
        price.allowance = item.allowance();
        Ok(price)
    }
}

fn contradiction(item: &Item, price: &Price) -> Option<String> {
    if price.tiers.is_empty() {
        return Some("it is sold as the sum of its parts".to_owned());
    }
    if price.unit != item.unit {
        let (found, expected) = (&price.unit, item.unit);
        return Some(format!("its unit is `{found}`, expected `{expected}`"));
    }
    match item.free {
        Some((_, words)) if !price.free.starts_with(words) => {
            let found = &price.free;
            Some(format!("its allowance is `{found}`, expected `{words}`"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cost::prices::{Allowances, item};

    fn row(changes: &[(&str, serde_json::Value)]) -> String {
        let mut row = serde_json::json!({
            "service": "S", "item": "I", "unit": "GB", "tiers": [{"up_to": null, "price": 0.1}],
            "free": "none", "region": "us-east-1", "as_of": "2026-08-06", "sources": ["A"],
            "certainty": "confirmed", "note": "", "free_in_tiers": false
        });
        for (name, value) in changes {
            row[*name] = value.clone();
        }
        row.to_string()
    }

    fn refusal(text: &str) -> String {
        match PriceList::parse(text) {
            Ok(_) => "accepted".to_owned(),
            Err(PriceError::Shape(error)) => error.to_string(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn every_item_is_in_the_list_with_its_unit_and_allowance() {
        let list = PriceList::built_in().unwrap();
        assert_eq!(list.prices().len(), 87);
        for item in item::ALL {
            let price = list.price(item).unwrap_or_else(|e| panic!("{e}"));
            assert!(price.cost(1.into(), Allowances::Used) >= crate::cost::Usd::ZERO);
        }
    }

    #[test]
    fn what_is_not_in_the_list_has_no_price() {
        let list = PriceList::built_in().unwrap();
        let windows = Item::new("Fargate", "vCPU, Windows", "vCPU-hour");
        let told = list.price(&windows).unwrap_err().to_string();
        assert_eq!(
            told,
            "the price of `vCPU, Windows` of `Fargate` is unknown: the price list of us-east-1 has no such row"
        );
        let composite = Item::new("CloudWatch Logs", "Embedded metric format", "composite");
        let told = list.price(&composite).unwrap_err().to_string();
        assert!(
            told.ends_with("it is sold as the sum of its parts"),
            "{told}"
        );
        let other = Item::new("Athena", "SQL query, per-query billing", "GB scanned");
        let told = list.price(&other).unwrap_err().to_string();
        assert!(
            told.ends_with("its unit is `TB scanned`, expected `GB scanned`"),
            "{told}"
        );
    }

    #[test]
    fn rows_that_are_not_understood_are_refused() {
        use serde_json::json;
        let tiers = |value| refusal(&format!("[{}]", row(&[("tiers", value)])));
        assert!(
            refusal(&format!("[{}]", row(&[("vat", json!(1))]))).contains("unknown field `vat`")
        );
        assert!(refusal("[{}]").contains("missing field"));
        assert!(tiers(json!([])).ends_with("no tier; expected one at least"));
        assert!(tiers(json!([{"up_to": 1, "price": 1}])).contains("the last tier has a bound"));
        let falling = json!([{"up_to": 2, "price": 1}, {"up_to": 1, "price": 1}, {"up_to": null, "price": 1}]);
        assert!(tiers(falling).ends_with("the bound 1 does not rise"));
        assert!(tiers(json!([{"up_to": null, "price": -1}])).contains("`-1` is no price"));
        assert!(tiers(json!([{"up_to": null, "price": "0.1"}])).contains("is no price"));
        let free = json!([{"up_to": 1, "price": 0}, {"up_to": null, "price": 1}]);
        assert!(tiers(free).contains("`free_in_tiers`"));
        assert!(refusal(&format!("[{0},{0}]", row(&[]))).ends_with("it comes twice"));
        let abroad = row(&[("item", json!("J")), ("region", json!("eu-west-1"))]);
        assert!(refusal(&format!("[{},{abroad}]", row(&[]))).contains("the rows before it are of"));
        assert!(refusal(&format!("[{}]", row(&[("as_of", json!("soon"))]))).contains("is no date"));
        assert!(
            refusal(&format!("[{}]", row(&[("certainty", json!("sure"))])))
                .contains("unknown variant")
        );
    }

    #[test]
    fn a_quantity_pays_each_tier_for_its_own_part() {
        let list = PriceList::built_in().unwrap();
        let metrics = list.price(&item::METRIC).unwrap();
        let cost = |count: i64| metrics.cost(count.into(), Allowances::Used).cents();
        assert_eq!(cost(10_000), "3,000.00");
        assert_eq!(cost(10_001), "3,000.10");
        assert_eq!(cost(1_000_001), "64,500.02");
        assert!(metrics.cost(10.into(), Allowances::Free).is_zero());
        let from = metrics.cost_between(9_999.into(), 10_001.into(), Allowances::Used);
        assert_eq!(from.cents(), "0.40");
    }

    #[test]
    fn an_allowance_in_the_tiers_is_taken_off_once_or_not_at_all() {
        let list = PriceList::built_in().unwrap();
        let out = list.price(&item::TRANSFER_OUT).unwrap();
        assert_eq!(out.cost(101.into(), Allowances::Free).cents(), "0.09");
        assert_eq!(out.cost(101.into(), Allowances::Used).cents(), "9.09");
        assert_eq!(out.cost(10_340.into(), Allowances::Free).cents(), "921.60");
        assert_eq!(out.cost(10_240.into(), Allowances::Used).cents(), "921.60");
    }
}
