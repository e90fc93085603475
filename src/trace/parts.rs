use serde::Serialize;

use super::access_line::AccessLine;
use super::service_line::ServiceLine;

/// A part of a request's time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Part {
    /// Its name for machines.
    pub part: &'static str,
    /// Its name for people.
    #[serde(skip)]
    pub label: &'static str,
    /// How deep it is inside others: 0 stands for itself.
    pub depth: usize,
    /// How long it took; none where it was not reached or is not known.
    pub milliseconds: Option<f64>,
}

/// Where the time of a request went. The load balancer measures to the millisecond, the service to the microsecond.
pub fn parts(access: Option<&AccessLine>, service: &[ServiceLine]) -> Vec<Part> {
    let of_access = |field| access.and_then(|line| line.millis(field));
    let of_service = |member| service.iter().find_map(|line| line.number(member));
    let part = |part, label, depth, milliseconds| Part {
        part,
        label,
        depth,
        milliseconds,
    };
    let (request, target, response) = (
        of_access("request_processing_time"),
        of_access("target_processing_time"),
        of_access("response_processing_time"),
    );
    let (duration, model) = (of_service("duration"), of_service("ModelLatency"));
    let between = target.zip(duration).map(|(target, own)| target - own);
    let mut parts = Vec::new();
    if access.is_some() {
        parts.push(part(
            "request_processing",
            "load balancer, request",
            0,
            request,
        ));
        parts.push(part("target_processing", "target", 0, target));
    }
    if duration.is_some() {
        parts.push(part("service", "service", 1, duration));
    }
    if model.is_some() {
        parts.push(part("model", "model", 2, model));
    }
    // What is below the load balancer's precision says nothing.
    if let Some(between) = between.filter(|millis| *millis >= 1.0) {
        parts.push(part(
            "between",
            "between load balancer and service",
            1,
            Some(between),
        ));
    }
    if access.is_some() {
        parts.push(part(
            "response_processing",
            "load balancer, response",
            0,
            response,
        ));
        let reached = [request, target, response].into_iter().flatten();
        let total = request.map(|_| reached.sum());
        parts.push(part("total", "total", 0, total));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn access(times: &str) -> AccessLine {
        let line = format!(
            "http 2026-04-20T10:00:00.186641Z app/lb/1 127.0.0.1:2817 127.0.0.1:8000 {times} 200 200 34 366 \"GET http://a:80/ HTTP/1.1\" \"curl\" - -"
        );
        AccessLine::parse(&line, "f").unwrap()
    }

    fn shown(access: Option<&AccessLine>, service: &[&str]) -> Vec<(String, Option<f64>)> {
        let service: Vec<_> = service
            .iter()
            .map(|line| {
                ServiceLine::parse(line, Some(belfry_engine::base::Millis(0)), "g").unwrap()
            })
            .collect();
        let parts = parts(access, &service);
        parts
            .into_iter()
            .map(|part| (part.part.to_owned(), part.milliseconds))
            .collect()
    }

    fn named(parts: &[(&str, Option<f64>)]) -> Vec<(String, Option<f64>)> {
        parts
            .iter()
            .map(|(name, value)| ((*name).to_owned(), *value))
            .collect()
    }

    #[test]
    fn the_parts_of_both_sides_are_nested() {
        let service = r#"{"duration":2.5,"ModelLatency":0.5}"#;
        assert_eq!(
            shown(Some(&access("0.001 0.010 0.000")), &[service]),
            named(&[
                ("request_processing", Some(1.0)),
                ("target_processing", Some(10.0)),
                ("service", Some(2.5)),
                ("model", Some(0.5)),
                ("between", Some(7.5)),
                ("response_processing", Some(0.0)),
                ("total", Some(11.0)),
            ])
        );
    }

    #[test]
    fn parts_that_were_not_reached_have_no_time() {
        let parts = shown(Some(&access("0.003 -1 -1")), &[]);
        assert_eq!(
            parts,
            named(&[
                ("request_processing", Some(3.0)),
                ("target_processing", None),
                ("response_processing", None),
                ("total", Some(3.0)),
            ])
        );
        let parts = shown(None, &[r#"{"duration":2.5}"#]);
        assert_eq!(parts, named(&[("service", Some(2.5))]));
    }
}
