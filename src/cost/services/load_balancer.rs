use rust_decimal::Decimal;

use crate::cost::Usd;
use crate::cost::prices::{Allowances, PriceError, PriceList, item};

/// What a load balancer does on average over an hour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LoadBalancerUse {
    /// New connections a second.
    pub new_connections: Decimal,
    /// Connections that are open at a time, sampled by the minute: new connections times the seconds each lasts.
    pub active_connections: Decimal,
    /// Gigabytes an hour to and from instances, containers and addresses.
    pub gigabytes: Decimal,
    /// Gigabytes an hour to and from Lambda functions.
    pub lambda_gigabytes: Decimal,
    /// Requests a second.
    pub requests: Decimal,
    /// Rules that a request is held against; ten of them are free.
    pub rules: Decimal,
    /// Clients show certificates: an LCU carries half the active connections.
    pub mutual_tls: bool,
    /// Trust stores.
    pub trust_stores: Decimal,
    /// How long.
    pub hours: Decimal,
}

/// LCUs by their four dimensions; the largest is billed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoadUnits {
    /// New connections: 25 a second.
    pub new: Decimal,
    /// Active connections: 3,000 a minute, 1,500 with mutual TLS.
    pub active: Decimal,
    /// Processed bytes: 1 GB an hour, 0.4 GB to Lambda.
    pub bytes: Decimal,
    /// Rule evaluations: 1,000 a second.
    pub rules: Decimal,
}

impl LoadUnits {
    /// The dimension that is billed.
    pub fn billed(&self) -> Decimal {
        self.new.max(self.active).max(self.bytes).max(self.rules)
    }

    /// Its name.
    pub fn dimension(&self) -> &'static str {
        let billed = self.billed();
        let all = [
            (self.new, "new connections"),
            (self.active, "active connections"),
            (self.bytes, "processed bytes"),
            (self.rules, "rule evaluations"),
        ];
        let found = all.iter().find(|(units, _)| *units == billed);
        found.map_or("", |(_, name)| name)
    }
}

/// What it costs, by part, unrounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoadBalancerCost {
    /// Load balancer hours: begun hours are whole ones.
    pub balancer: Usd,
    /// LCU-hours.
    pub units: Usd,
    /// Trust store hours.
    pub trust_stores: Usd,
}

impl LoadBalancerCost {
    /// The exact sum.
    pub fn total(&self) -> Usd {
        self.balancer + self.units + self.trust_stores
    }
}

impl LoadBalancerUse {
    /// The LCUs of an hour (Elastic Load Balancing's pricing page).
    pub fn units(&self) -> LoadUnits {
        let connections = if self.mutual_tls { 1500 } else { 3000 };
        let rules = (self.rules - Decimal::TEN).max(Decimal::ZERO);
        LoadUnits {
            new: self.new_connections / Decimal::from(25),
            active: self.active_connections / Decimal::from(connections),
            bytes: self.gigabytes + self.lambda_gigabytes / Decimal::new(4, 1),
            rules: self.requests * rules / Decimal::from(1000),
        }
    }
}

/// What one load balancer costs.
///
/// # Errors
///
/// A price that the list lacks.
pub fn load_balancer(
    list: &PriceList,
    usage: &LoadBalancerUse,
) -> Result<LoadBalancerCost, PriceError> {
    let cost = |item, quantity| -> Result<Usd, PriceError> {
        Ok(list.price(item)?.cost(quantity, Allowances::Used))
    };
    Ok(LoadBalancerCost {
        balancer: cost(&item::LOAD_BALANCER, usage.hours.ceil())?,
        units: cost(&item::LCU, usage.units().billed() * usage.hours)?,
        trust_stores: cost(&item::TRUST_STORE, usage.trust_stores * usage.hours)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn the_largest_of_four_dimensions_is_billed() {
        let busy = LoadBalancerUse {
            new_connections: 100.into(),
            active_connections: 18_000.into(),
            gigabytes: decimal("3.6"),
            requests: 1_000.into(),
            rules: 20.into(),
            hours: 1.into(),
            ..LoadBalancerUse::default()
        };
        let units = busy.units();
        assert_eq!((units.new, units.active), (4.into(), 6.into()));
        assert_eq!(
            (units.rules, units.dimension()),
            (10.into(), "rule evaluations")
        );
        let strict = LoadBalancerUse {
            mutual_tls: true,
            ..busy
        };
        assert_eq!(strict.units().active, 12.into());
        assert_eq!(strict.units().billed(), 12.into());
    }

    #[test]
    fn lambda_fills_a_unit_with_less_and_ten_rules_are_free() {
        let usage = LoadBalancerUse {
            gigabytes: 1.into(),
            lambda_gigabytes: decimal("0.4"),
            requests: 5_000.into(),
            rules: 10.into(),
            ..LoadBalancerUse::default()
        };
        assert_eq!(usage.units().bytes, 2.into());
        assert!(usage.units().rules.is_zero());
    }

    #[test]
    fn a_begun_hour_is_a_whole_one_for_the_balancer_only() {
        let usage = LoadBalancerUse {
            gigabytes: 1.into(),
            hours: decimal("0.5"),
            ..LoadBalancerUse::default()
        };
        let cost = load_balancer(PriceList::built_in().unwrap(), &usage).unwrap();
        assert_eq!(cost.balancer.dollars(), decimal("0.0225"));
        assert_eq!(cost.units.dollars(), decimal("0.0040"));
    }
}
