use std::io::{self, Write};
use std::net::IpAddr;

use belfry_engine::base::Millis;
use flate2::Compression;
use flate2::write::GzEncoder;

use super::settings::{LogKind, LogSettings, Settings};

/// A file of logs for a bucket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogFile {
    /// Where it goes.
    pub bucket: String,
    /// Its name there.
    pub key: String,
    /// The lines, compressed with gzip.
    pub bytes: Vec<u8>,
    /// How many lines.
    pub lines: usize,
}

/// Lines that wait for the end of their interval.
#[derive(Debug, Default)]
pub(super) struct LogText {
    text: String,
    lines: usize,
}

impl LogText {
    pub(super) fn push(&mut self, line: Option<&str>) {
        if let Some(line) = line {
            self.text.push_str(line);
            self.text.push('\n');
            self.lines += 1;
        }
    }

    /// The file of these lines for an interval that ends at `end`, delivered at `now`; none where there is no line.
    /// `place` is the balancer, its node, and a number that makes the name unique.
    pub(super) fn into_file(
        self,
        end: Millis,
        now: Millis,
        (kind, to): (LogKind, &LogSettings),
        place: (&Settings, IpAddr, u64),
    ) -> Option<LogFile> {
        let bytes = gzip(self.text.as_bytes()).ok()?;
        (self.lines > 0).then(|| LogFile {
            bucket: to.bucket.clone(),
            key: key((end, now), (kind, &to.prefix), place),
            bytes,
            lines: self.lines,
        })
    }
}

/// `PREFIX/AWSLogs/ACCOUNT/elasticloadbalancing/REGION/yyyy/mm/dd/ACCOUNT_elasticloadbalancing_REGION_app.NAME.ID_yyyymmddThhmmZ_IP_RANDOM.log.gz`
/// (user guide, "Access log files"), with `conn_log_` or `health_check_log_` before the name of other logs: the folder is the day of delivery, the time in the name the end of the interval.
fn key(
    (end, now): (Millis, Millis),
    (kind, prefix): (LogKind, &str),
    place: (&Settings, IpAddr, u64),
) -> String {
    let (settings, node, number) = place;
    let Settings {
        account, region, ..
    } = settings;
    let prefix = match prefix.trim_matches('/') {
        "" => String::new(),
        prefix => format!("{prefix}/"),
    };
    let name = settings.name.replace('/', ".");
    format!(
        "{prefix}AWSLogs/{account}/elasticloadbalancing/{region}/{day}/{kind}{account}_elasticloadbalancing_{region}_{name}_{end}_{node}_{random}.log.gz",
        day = now.strftime("%Y/%m/%d"),
        kind = kind.file_prefix(),
        end = end.strftime("%Y%m%dT%H%MZ"),
        random = letters(number),
    )
}

/// Eight letters and digits.
fn letters(number: u64) -> String {
    let digits = (0..8).scan(number, |rest, _| {
        let digit = u32::try_from(*rest % 36).unwrap_or(0);
        *rest /= 36;
        char::from_digit(digit, 36)
    });
    digits.collect()
}

fn gzip(text: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text)?;
    encoder.finish()
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::read::MultiGzDecoder;

    use super::*;

    fn file(prefix: &str, lines: &[&str]) -> Option<LogFile> {
        file_of(LogKind::Access, prefix, lines)
    }

    fn file_of(kind: LogKind, prefix: &str, lines: &[&str]) -> Option<LogFile> {
        let mut text = LogText::default();
        for line in lines {
            text.push(Some(line));
        }
        let settings = Settings::of("app/fraud-detection-alb/0f", "000000000000", "us-east-1");
        let to = LogSettings {
            bucket: "logs".into(),
            prefix: prefix.into(),
        };
        let end = Millis(1_776_679_200_000);
        text.into_file(
            end,
            end.plus(-1),
            (kind, &to),
            (&settings, [127, 0, 0, 1].into(), 36),
        )
    }

    #[test]
    fn a_file_is_named_after_the_end_of_its_interval() {
        let name = "AWSLogs/000000000000/elasticloadbalancing/us-east-1/2026/04/20/\
                    000000000000_elasticloadbalancing_us-east-1_app.fraud-detection-alb.0f_20260420T1000Z_127.0.0.1_01000000.log.gz";
        assert_eq!(file("", &["a"]).unwrap().key, name);
        assert_eq!(file("alb", &["a"]).unwrap().key, format!("alb/{name}"));
        for (kind, begin) in [
            (LogKind::Connection, "conn_log_"),
            (LogKind::HealthCheck, "health_check_log_"),
        ] {
            let key = file_of(kind, "", &["a"]).unwrap().key;
            let (_, found) = key.rsplit_once('/').unwrap();
            assert_eq!(
                found,
                format!("{begin}{}", name.rsplit_once('/').unwrap().1)
            );
        }
    }

    #[test]
    fn lines_are_kept_in_their_order() {
        let file = file("", &["a", "b"]).unwrap();
        let mut text = String::new();
        MultiGzDecoder::new(file.bytes.as_slice())
            .read_to_string(&mut text)
            .unwrap();
        assert_eq!((text.as_str(), file.lines), ("a\nb\n", 2));
    }

    #[test]
    fn no_line_is_no_file() {
        assert_eq!(file("", &[]), None);
    }
}
