use belfry_engine::base::Millis;
use belfry_engine::metrics::{DatumValues, Dimensions, MetricDatum, MetricId, Unit};

use super::counts::{Counts, Gauges, GroupCounts};
use super::health::Health;

/// The namespace of Application Load Balancers.
const NAMESPACE: &str = "AWS/ApplicationELB";

/// The most values of one datum.
const MOST_VALUES: usize = 150;

/// Statuses of the balancer that have a metric of their own.
const OWN_STATUSES: [u16; 4] = [500, 502, 503, 504];

/// The data of an interval (user guide, "CloudWatch metrics for your Application Load Balancer"): what is counted is
/// told where it is not zero, each request as a sample of 1; capacity units are always told, and the number of healthy
/// and unhealthy targets for every group that has targets. Metrics by Availability Zone are left out: there is no zone
/// here.
pub(super) fn data(
    counts: &Counts,
    gauges: &Gauges,
    balancer: &str,
    at: Millis,
) -> Vec<MetricDatum> {
    let mut data = Data {
        at,
        balancer,
        all: Vec::new(),
    };
    data.balancer(counts, gauges);
    let mut sum = GroupCounts::default();
    for group in counts.groups.values() {
        sum.join(group);
    }
    data.requests(&sum, None);
    for (group, counts) in &counts.groups {
        data.requests(counts, Some(group));
        data.unhealthy_routing(counts, group);
        data.per_target(counts, gauges, group);
    }
    data.hosts(gauges);
    data.all
}

struct Data<'a> {
    at: Millis,
    balancer: &'a str,
    all: Vec<MetricDatum>,
}

impl Data<'_> {
    fn balancer(&mut self, counts: &Counts, gauges: &Gauges) {
        let class = |class: u16| {
            let own = counts.own.iter();
            let of_class = own.filter(|(status, _)| **status / 100 == class);
            of_class.map(|(_, count)| *count).sum()
        };
        for number in 3..=5 {
            let name = format!("HTTPCode_ELB_{number}XX_Count");
            self.ones(&name, None, class(number));
        }
        for status in OWN_STATUSES {
            let count = counts.own.get(&status).copied().unwrap_or_default();
            self.ones(&format!("HTTPCode_ELB_{status}_Count"), None, count);
        }
        self.total("NewConnectionCount", Unit::Count, counts.new_connections);
        self.ones("RejectedConnectionCount", None, counts.rejected_connections);
        self.total("ProcessedBytes", Unit::Bytes, counts.bytes);
        if let Some(connections) = gauges.connections {
            self.total("ActiveConnectionCount", Unit::Count, connections);
        }
        let units = capacity_units(counts, gauges);
        self.put("ConsumedLCUs", None, Unit::Count, vec![(units, 1.0)]);
    }

    fn requests(&mut self, counts: &GroupCounts, group: Option<&str>) {
        self.ones("RequestCount", group, counts.requests);
        for (class, count) in &counts.classes {
            self.ones(&format!("HTTPCode_Target_{class}XX_Count"), group, *count);
        }
        self.ones(
            "TargetConnectionErrorCount",
            group,
            counts.connection_errors,
        );
        let times: Vec<_> = counts
            .times
            .iter()
            .map(|(micros, count)| (float(*micros) / 1e6, float(*count)))
            .collect();
        for values in times.chunks(MOST_VALUES) {
            self.put("TargetResponseTime", group, Unit::Seconds, values.to_vec());
        }
    }

    fn unhealthy_routing(&mut self, counts: &GroupCounts, group: &str) {
        self.ones(
            "UnhealthyRoutingRequestCount",
            Some(group),
            counts.fail_open,
        );
    }

    /// The average per target in the interval, so that the sum over a minute is that of the minute.
    fn per_target(&mut self, counts: &GroupCounts, gauges: &Gauges, group: &str) {
        let registered = gauges.targets.iter();
        let mut of_group = registered.filter(|(name, _)| name.dimension == group);
        let targets = of_group.next().map_or(0, |(_, targets)| targets.len());
        if counts.requests == 0 || targets == 0 {
            return;
        }
        let targets = u64::try_from(targets).unwrap_or(u64::MAX);
        let average = float(counts.requests) / float(targets);
        let only_group = Dimensions::from([("TargetGroup".to_owned(), group.to_owned())]);
        for dimensions in [only_group, self.dimensions(Some(group))] {
            let values = vec![(average, 1.0)];
            self.put_as("RequestCountPerTarget", dimensions, Unit::Count, values);
        }
    }

    fn hosts(&mut self, gauges: &Gauges) {
        for (group, targets) in &gauges.targets {
            if targets.is_empty() {
                continue;
            }
            for (name, health) in [
                ("HealthyHostCount", Health::Healthy),
                ("UnHealthyHostCount", Health::Unhealthy),
            ] {
                let alike = targets.iter().filter(|(_, target)| target.health == health);
                let count = u64::try_from(alike.count()).unwrap_or(u64::MAX);
                let values = vec![(float(count), 1.0)];
                self.put(name, Some(&group.dimension), Unit::Count, values);
            }
        }
    }

    /// Samples of 1, where there is any.
    fn ones(&mut self, name: &str, group: Option<&str>, count: u64) {
        if count > 0 {
            self.put(name, group, Unit::Count, vec![(1.0, float(count))]);
        }
    }

    /// One sample, where it is not zero.
    fn total(&mut self, name: &str, unit: Unit, total: u64) {
        if total > 0 {
            self.put(name, None, unit, vec![(float(total), 1.0)]);
        }
    }

    fn put(&mut self, name: &str, group: Option<&str>, unit: Unit, values: Vec<(f64, f64)>) {
        self.put_as(name, self.dimensions(group), unit, values);
    }

    fn put_as(&mut self, name: &str, dimensions: Dimensions, unit: Unit, values: Vec<(f64, f64)>) {
        self.all.push(MetricDatum {
            id: MetricId {
                namespace: NAMESPACE.into(),
                name: name.into(),
                dimensions,
            },
            values: DatumValues::Distribution(values),
            unit,
            timestamp: self.at,
            high_resolution: false,
        });
    }

    fn dimensions(&self, group: Option<&str>) -> Dimensions {
        let balancer = [
            ("LoadBalancer", Some(self.balancer)),
            ("TargetGroup", group),
        ];
        let named = balancer
            .into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned())));
        named.collect()
    }
}

/// Capacity units of the interval, in unit hours, so that their sum over an hour is what the hour is charged: the
/// largest of 25 new connections a second, 3,000 open connections, and 1 GB an hour (Elastic Load Balancing pricing);
/// the one rule there is is free.
fn capacity_units(counts: &Counts, gauges: &Gauges) -> f64 {
    let connections = float(counts.new_connections) / (25.0 * 3600.0);
    let open = float(gauges.open) / 3000.0 * gauges.seconds / 3600.0;
    let bytes = float(counts.bytes) / 1e9;
    connections.max(open).max(bytes)
}

/// Counts stay far below 2^53.
fn float(count: u64) -> f64 {
    let (high, low) = (count >> 32, count & 0xffff_ffff);
    let part = |part: u64| f64::from(u32::try_from(part).unwrap_or(u32::MAX));
    part(high) * 4_294_967_296.0 + part(low)
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;
    use std::sync::Arc;
    use std::time::Duration;

    use super::*;
    use crate::balancer::exchange::Exchange;
    use crate::balancer::health::TargetHealth;
    use crate::balancer::routing::GroupName;

    const AT: Millis = Millis(1_776_679_200_000);

    fn group() -> Arc<GroupName> {
        Arc::new(GroupName {
            name: "blue".into(),
            arn: "arn".into(),
            dimension: "targetgroup/blue/0f".into(),
        })
    }

    fn exchange(target: Option<u16>, own: u16) -> Exchange {
        let address = SocketAddr::from(([127, 0, 0, 1], 1));
        Exchange {
            group: Some(group()),
            target: Some(address),
            target_time: Some(Duration::from_millis(250)),
            target_status: target,
            status: target.unwrap_or(own),
            received: 100,
            sent: 200,
            ..Exchange::new(AT, address, &"TID_0".into())
        }
    }

    fn told(exchanges: &[Exchange], targets: usize) -> Vec<String> {
        let mut counts = Counts::default();
        for exchange in exchanges {
            counts.add(exchange);
        }
        let target = (
            SocketAddr::from(([127, 0, 0, 1], 1)),
            TargetHealth::default(),
        );
        let gauges = Gauges {
            connections: None,
            open: 0,
            seconds: 60.0,
            targets: vec![(group(), vec![target; targets])],
        };
        let data = data(&counts, &gauges, "app/a/1", AT);
        data.iter().map(text).collect()
    }

    fn text(datum: &MetricDatum) -> String {
        let names: Vec<_> = datum.id.dimensions.keys().map(String::as_str).collect();
        let values = match &datum.values {
            DatumValues::Distribution(values) => values,
            DatumValues::StatisticSet(_) => panic!("no sets"),
        };
        format!("{} {} {values:?}", datum.id.name, names.join("+"))
    }

    #[test]
    fn answers_are_counted_by_who_gave_them() {
        let refused = Exchange {
            is_connection_error: true,
            ..exchange(None, 502)
        };
        let told = told(
            &[exchange(Some(200), 0), exchange(Some(503), 0), refused],
            2,
        );
        let expected = [
            "HTTPCode_ELB_5XX_Count LoadBalancer [(1.0, 1.0)]",
            "HTTPCode_ELB_502_Count LoadBalancer [(1.0, 1.0)]",
            "ProcessedBytes LoadBalancer [(900.0, 1.0)]",
            "ConsumedLCUs LoadBalancer [(9e-7, 1.0)]",
            "RequestCount LoadBalancer [(1.0, 3.0)]",
            "HTTPCode_Target_2XX_Count LoadBalancer [(1.0, 1.0)]",
            "HTTPCode_Target_5XX_Count LoadBalancer [(1.0, 1.0)]",
            "TargetConnectionErrorCount LoadBalancer [(1.0, 1.0)]",
            "TargetResponseTime LoadBalancer [(0.25, 2.0)]",
            "RequestCount LoadBalancer+TargetGroup [(1.0, 3.0)]",
            "HTTPCode_Target_2XX_Count LoadBalancer+TargetGroup [(1.0, 1.0)]",
            "HTTPCode_Target_5XX_Count LoadBalancer+TargetGroup [(1.0, 1.0)]",
            "TargetConnectionErrorCount LoadBalancer+TargetGroup [(1.0, 1.0)]",
            "TargetResponseTime LoadBalancer+TargetGroup [(0.25, 2.0)]",
            "RequestCountPerTarget TargetGroup [(1.5, 1.0)]",
            "RequestCountPerTarget LoadBalancer+TargetGroup [(1.5, 1.0)]",
            "HealthyHostCount LoadBalancer+TargetGroup [(0.0, 1.0)]",
            "UnHealthyHostCount LoadBalancer+TargetGroup [(0.0, 1.0)]",
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn without_requests_only_capacity_and_hosts_are_told() {
        assert_eq!(told(&[], 0), ["ConsumedLCUs LoadBalancer [(0.0, 1.0)]"]);
        assert_eq!(told(&[], 1).len(), 3);
    }

    #[test]
    fn a_request_without_a_target_is_no_request_of_its_group() {
        let refused = Exchange {
            target: None,
            ..exchange(None, 503)
        };
        let told = told(&[refused], 0);
        assert!(
            told.iter()
                .any(|line| line.starts_with("HTTPCode_ELB_503_Count"))
        );
        assert!(!told.iter().any(|line| line.starts_with("RequestCount")));
    }

    #[test]
    fn many_response_times_are_told_in_several_data() {
        let all: Vec<_> = (0..200)
            .map(|millis| Exchange {
                target_time: Some(Duration::from_millis(millis)),
                ..exchange(Some(200), 0)
            })
            .collect();
        let told = told(&all, 1);
        let times = told
            .iter()
            .filter(|line| line.starts_with("TargetResponseTime"));
        assert_eq!(times.count(), 4);
    }
}
