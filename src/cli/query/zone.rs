use belfry_engine::base::Millis;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// What to call a zone: `Europe/Berlin`, `UTC`, or `local time` where the machine gives it no name.
pub(in crate::cli) fn name(zone: &TimeZone) -> &str {
    if is_utc(zone) {
        return "UTC";
    }
    zone.iana_name().unwrap_or("local time")
}

/// Whether times in the zone are those of UTC.
pub(in crate::cli) fn is_utc(zone: &TimeZone) -> bool {
    zone.is_unknown()
        || matches!(
            zone.iana_name(),
            Some("UTC" | "Etc/UTC" | "Etc/UCT" | "UCT" | "Zulu")
        )
}

/// `2026-04-20 12:00:00 +02:00`; of UTC without the offset.
pub(in crate::cli) fn show(moment: Millis, zone: &TimeZone) -> String {
    let format = if is_utc(zone) {
        "%Y-%m-%d %H:%M:%S"
    } else {
        "%Y-%m-%d %H:%M:%S %:z"
    };
    match Timestamp::from_millisecond(moment.0) {
        Ok(moment) => moment.to_zoned(zone.clone()).strftime(format).to_string(),
        Err(_) => moment.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_offset_stands_beside_a_time_that_is_not_utc() {
        let zone = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap();
        let moment = Millis(1_776_679_200_000);
        assert_eq!(show(moment, &zone), "2026-04-20 12:00:00 +02:00");
        assert_eq!(show(moment, &TimeZone::UTC), "2026-04-20 10:00:00");
        assert_eq!((name(&zone), name(&TimeZone::UTC)), ("local time", "UTC"));
    }
}
