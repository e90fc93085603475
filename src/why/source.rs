use belfry_engine::metrics::MetricId;

use super::{Count, FeedingFilter, Line, Looked, Place, Source, as_query};
use crate::report::{EventsLink, LinkTime, QueryLink, console_link, events_link};

impl Source {
    /// A metric that an AWS service publishes: there are no log lines behind it.
    pub fn of_aws(namespace: &str) -> Self {
        Self::bare(
            "aws_service",
            format!("AWS publishes `{namespace}` itself; no log line is behind it"),
        )
    }

    /// A metric of which nobody knows the origin.
    pub fn unknown() -> Self {
        Self::bare(
            "unknown",
            "no metric filter publishes it and no embedded metric of that name is in the suite's log groups; \
             PutMetricData may"
                .to_owned(),
        )
    }

    /// Which source it is and what was found there.
    pub fn in_words(&self) -> String {
        let name = self.filter.as_deref().unwrap_or_default();
        match (self.kind, &self.log_group) {
            ("metric_filter", Some(group)) => {
                format!("metric filter {name} of {group}: {}", self.found)
            }
            (_, Some(group)) => format!("embedded metrics of {group}: {}", self.found),
            _ => self.found.clone(),
        }
    }

    fn bare(kind: &'static str, found: String) -> Self {
        Self {
            kind,
            log_group: None,
            filter: None,
            pattern: None,
            found,
            events: None,
            matched: None,
            lines: Vec::new(),
            commands: Vec::new(),
            links: Vec::new(),
        }
    }

    /// A metric filter and what it made of the events.
    pub fn of_filter(filter: &FeedingFilter, looked: Looked, place: &Place<'_>) -> Self {
        let found = filter_found(filter, &looked);
        let mut source = Self::with_events(
            "metric_filter",
            &filter.log_group,
            &filter.pattern,
            looked,
            place,
        );
        source.filter = Some(filter.name.clone());
        source.found = found;
        source
    }

    /// Embedded metrics in the events of a group, which `pattern` finds.
    pub fn of_embedded(log_group: &str, pattern: &str, looked: Looked, place: &Place<'_>) -> Self {
        let found = match looked.matched {
            Some(matched) => format!("{} carry it as an embedded metric", words(matched, "event")),
            None => "no event carries it".to_owned(),
        };
        let mut source = Self::with_events("embedded_metrics", log_group, pattern, looked, place);
        source.found = found;
        source
    }

    fn with_events(
        kind: &'static str,
        log_group: &str,
        pattern: &str,
        looked: Looked,
        place: &Place<'_>,
    ) -> Self {
        let lines = looked.lines.into_iter().map(|(at, message)| Line {
            timestamp: at.to_rfc3339(),
            message,
        });
        Self {
            log_group: Some(log_group.to_owned()),
            pattern: Some(pattern.to_owned()),
            events: looked.events,
            matched: looked.matched,
            lines: lines.collect(),
            commands: commands(log_group, pattern, place),
            links: links(log_group, pattern, place),
            ..Self::bare(kind, String::new())
        }
    }
}

fn filter_found(filter: &FeedingFilter, looked: &Looked) -> String {
    let (Some(events), Some(matched)) = (looked.events, looked.matched) else {
        return "its log group does not exist".to_owned();
    };
    if events.number == 0 {
        return "its log group got no event in that time, so it published nothing".to_owned();
    }
    let value = match filter.value.starts_with('$') {
        true => format!("the number in `{}`, where there is one", filter.value),
        false => filter.value.clone(),
    };
    let rest = match filter.default {
        Some(default) => format!("each other event publishes {}", super::number(default)),
        None => "an event that does not match publishes nothing".to_owned(),
    };
    format!(
        "{} of {} matched and published {value}; {rest}",
        words(matched, "event"),
        words(events, "event"),
    )
}

/// `12 events`, `at least 500 events`.
fn words(count: Count, noun: &str) -> String {
    let number = crate::report::plural(count.number, noun);
    match count.more {
        true => format!("at least {number}"),
        false => number,
    }
}

fn commands(log_group: &str, pattern: &str, place: &Place<'_>) -> Vec<String> {
    let environment = match place.environment {
        "local" => String::new(),
        name => format!(" --env {name}"),
    };
    let (from, to) = (place.range.start, place.range.end);
    let mut commands = Vec::new();
    if let Some(query) = as_query(pattern) {
        commands.push(format!(
            "belfry query --text {} --log-group {log_group} --from {} --to {}{environment}",
            quoted(&query),
            from.strftime("%Y-%m-%dT%H:%M:%SZ"),
            to.strftime("%Y-%m-%dT%H:%M:%SZ"),
        ));
    }
    commands.push(format!(
        "belfry tail {log_group} --filter {} --since {}{environment}",
        quoted(pattern),
        from.strftime("%Y-%m-%dT%H:%M:%SZ"),
    ));
    commands
}

/// As a shell reads it: between apostrophes.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

fn links(log_group: &str, pattern: &str, place: &Place<'_>) -> Vec<String> {
    if place.environment == "local" {
        return Vec::new();
    }
    let groups = [log_group.to_owned()];
    let query = as_query(pattern).map(|text| {
        console_link(&QueryLink {
            region: place.region,
            text: &text,
            log_groups: &groups,
            time: LinkTime::Absolute(place.range),
            utc: true,
        })
    });
    let events = events_link(&EventsLink {
        region: place.region,
        log_group,
        pattern,
        range: place.range,
    });
    query.into_iter().chain([events]).collect()
}

/// The filter pattern that finds the events which carry a metric as embedded metric format.
pub fn embedded_pattern(id: &MetricId) -> String {
    let member = match id
        .name
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
    {
        true => format!("$.{}", id.name),
        false => format!("$.['{}']", id.name),
    };
    format!(
        "{{ $._aws.CloudWatchMetrics[*].Namespace = \"{}\" && {member} = * }}",
        id.namespace
    )
}

#[cfg(test)]
mod tests {
    use belfry_engine::base::{Millis, TimeRange};
    use belfry_engine::metrics::Dimensions;
    use belfry_engine::pattern::FilterPattern;

    use super::*;

    fn filter(value: &str, default: Option<f64>) -> FeedingFilter {
        FeedingFilter {
            log_group: "/g".to_owned(),
            name: "f".to_owned(),
            pattern: "{ $.level = \"ERROR\" }".to_owned(),
            value: value.to_owned(),
            default,
        }
    }

    fn looked(events: usize, matched: usize) -> Looked {
        let count = |number| {
            Some(Count {
                number,
                more: false,
            })
        };
        Looked {
            events: count(events),
            matched: count(matched),
            lines: Vec::new(),
        }
    }

    #[test]
    fn a_filter_says_what_it_made_of_the_events() {
        assert_eq!(
            filter_found(&filter("1", Some(0.0)), &looked(20, 3)),
            "3 events of 20 events matched and published 1; each other event publishes 0"
        );
        assert_eq!(
            filter_found(&filter("$.duration", None), &looked(1, 0)),
            "0 events of 1 event matched and published the number in `$.duration`, where there is one; an event that \
             does not match publishes nothing"
        );
        assert!(filter_found(&filter("1", None), &looked(0, 0)).contains("got no event"));
    }

    #[test]
    fn the_events_behind_an_embedded_metric_are_found_by_a_pattern() {
        let id = MetricId::new("N", "Model.Latency", Dimensions::new()).unwrap();
        let pattern = FilterPattern::parse(&embedded_pattern(&id)).unwrap();
        let event = |namespace: &str| {
            format!(
                r#"{{"_aws":{{"CloudWatchMetrics":[{{"Namespace":"{namespace}"}}]}},"Model.Latency":12}}"#
            )
        };
        assert!(pattern.matches(&event("N")));
        assert!(!pattern.matches(&event("M")));
    }

    #[test]
    fn commands_stand_as_a_shell_takes_them() {
        let place = Place {
            region: "us-east-1",
            environment: "aws",
            range: TimeRange {
                start: Millis(1_776_679_200_000),
                end: Millis(1_776_679_499_999),
            },
        };
        let commands = commands("/g", "{ $.a = \"it's\" }", &place);
        assert_eq!(
            commands[1],
            "belfry tail /g --filter '{ $.a = \"it'\\''s\" }' --since 2026-04-20T10:00:00Z --env aws"
        );
    }
}
