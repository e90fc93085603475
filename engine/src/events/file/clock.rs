use crate::base::Millis;
use crate::events::origin::load_balancer_time;
use crate::events::{FieldReader, FieldScanner, FieldValue};

/// Members that are looked for, in this order, where no time field is named.
const USUAL: &[&str] = &["timestamp", "time", "@timestamp", "ts"];

/// The least number that is read as milliseconds; smaller ones are seconds. As seconds it lies in the
/// year 5138, as milliseconds in 1973.
const LEAST_MILLISECONDS: f64 = 1e11;

/// Reads the moment of a line from a JSON member, or from a load balancer's line.
#[derive(Debug)]
pub(super) struct LineClock {
    scanner: FieldScanner,
    time_field: Option<String>,
}

impl LineClock {
    pub(super) fn new(time_field: Option<&str>) -> Self {
        let names: Vec<&str> = match time_field {
            Some(name) => vec![name],
            None => USUAL.to_vec(),
        };
        Self {
            scanner: FieldScanner::new(names.iter().copied(), usize::MAX),
            time_field: time_field.map(str::to_owned),
        }
    }

    /// Finds the members that may hold the time.
    pub(super) fn scanner(&self) -> &FieldScanner {
        &self.scanner
    }

    /// The moment that the first of the names with a readable value gives.
    fn read(&self, line: &str) -> Option<Millis> {
        let mut reader = FieldReader::walking(vec![&self.scanner]);
        self.read_with(&mut reader, 0, line)
    }

    /// The moment of a line that may not be UTF-8.
    pub(super) fn read_bytes(&self, line: &[u8]) -> Option<Millis> {
        self.read(&String::from_utf8_lossy(line))
    }

    /// The moment of the reader's line, in which the clock's scanner has the given index.
    pub(super) fn read_with(
        &self,
        reader: &mut FieldReader<'_>,
        index: usize,
        line: &str,
    ) -> Option<Millis> {
        let mut first = (usize::MAX, None);
        let is_object = reader.fields(index, line, &mut |name, value| {
            if name < first.0
                && let Some(moment) = moment_of(&value)
            {
                first = (name, Some(moment));
            }
        });
        if is_object {
            return first.1;
        }
        load_balancer_time(line, self.time_field.as_deref())
    }
}

fn moment_of(value: &FieldValue<'_>) -> Option<Millis> {
    match value {
        FieldValue::Number(text) => epoch(text),
        FieldValue::Text(text) => Millis::parse_rfc3339(text).or_else(|| epoch(text)),
        FieldValue::Boolean(_) => None,
    }
}

/// Seconds or milliseconds since the epoch, perhaps with a fraction.
fn epoch(text: &str) -> Option<Millis> {
    let value: f64 = text.parse().ok()?;
    let millis = if value.abs() >= LEAST_MILLISECONDS {
        value
    } else {
        value * 1000.0
    };
    let in_range = millis.abs() < 1e15;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "below 10^15 by the test before"
    )]
    in_range.then(|| Millis(millis.round() as i64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_milliseconds_and_rfc_3339_are_read() {
        let clock = LineClock::new(None);
        let expected = Some(Millis(1_776_679_200_250));
        for line in [
            r#"{"timestamp":1776679200250}"#,
            r#"{"time":1776679200.25}"#,
            r#"{"@timestamp":"2026-04-20T10:00:00.250Z"}"#,
            r#"{"ts":"2026-04-20T12:00:00.25+02:00"}"#,
            r#"{"ts":0,"timestamp":"soon","time":1776679200250}"#,
        ] {
            assert_eq!(clock.read(line), expected, "{line}");
        }
        assert_eq!(clock.read("10:00 plain"), None);
    }

    #[test]
    fn a_load_balancers_line_has_the_time_of_its_answer() {
        let line = "http 2026-04-20T10:00:00.250641Z app/lb/1 ::1:2817 - -1 -1 -1 502 - 34 366 \"GET http://a:80/ HTTP/1.1\" \"-\" - - - \"-\" \"-\" \"-\" 0 2026-04-20T10:00:00.100000Z";
        let moment = |time_field| LineClock::new(time_field).read(line);
        assert_eq!(moment(None), Some(Millis(1_776_679_200_250)));
        let created = Some(Millis(1_776_679_200_100));
        assert_eq!(moment(Some("request_creation_time")), created);
        assert_eq!(moment(Some("at")), None);
        assert_eq!(
            LineClock::new(None).read("2026-04-20T10:00:00Z started"),
            None
        );
    }

    #[test]
    fn a_named_field_alone_counts() {
        let clock = LineClock::new(Some("meta.at"));
        assert_eq!(
            clock.read(r#"{"time":1,"meta":{"at":2}}"#),
            Some(Millis(2000))
        );
        assert_eq!(clock.read(r#"{"time":1}"#), None);
    }
}
