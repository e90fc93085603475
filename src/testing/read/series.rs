use belfry_engine::diag::{Diagnostic, suite as suite_codes, test as codes};
use belfry_engine::metrics::{DatumValues, MetricDatum, Unit};

use super::reader::{Clock, boolean};
use super::{Reader, metric};
use crate::suite::section::Section;
use crate::testing::{Feed, What, duration, notation};

const MINUTE: i64 = 60_000;

/// `[[test.series]]`: the values of a metric at equal distances, one sample each.
pub(super) fn read(
    cx: &mut Vec<Diagnostic>,
    mut section: Section<'_>,
    reader: &Reader<'_>,
    clock: Clock,
    feeds: &mut Vec<Feed>,
) {
    let named = metric::read(cx, &mut section, reader);
    let values = section.required_string(cx, "values");
    let at = clock.key(cx, &mut section, "at").unwrap_or(clock.start);
    let every = duration::key(cx, &mut section, "every");
    let late = duration::key(cx, &mut section, "late").map_or(0, |(late, _)| late);
    let unit = metric::unit(cx, &mut section);
    let high_resolution = boolean(cx, &mut section, "high_resolution");
    let place = section.at();
    section.finish(cx);
    let step = match every {
        None => MINUTE,
        Some((every, _)) if every > 0 => every,
        Some((_, text)) => {
            let message = "the values of a series come one after another";
            cx.push(Diagnostic::error(
                &suite_codes::OUT_OF_RANGE,
                text.at,
                message,
            ));
            MINUTE
        }
    };
    let (Some(named), Some(text)) = (named, values) else {
        return;
    };
    let own_unit = named.stat.as_ref().and_then(|stat| stat.unit.as_deref());
    let unit = unit.or_else(|| Unit::parse(own_unit?));
    let values = notation::read(cx, &text, reader.source);
    let times = (0..).map(|number| at.plus(step.saturating_mul(number)));
    let mut last = clock.start;
    for (timestamp, value) in times.zip(values) {
        let Some(value) = value else { continue };
        let datum = MetricDatum {
            id: named.id.clone(),
            values: DatumValues::Distribution(vec![(value, 1.0)]),
            unit: unit.unwrap_or(Unit::None),
            timestamp,
            high_resolution,
        };
        last = timestamp.plus(late);
        feeds.push(Feed {
            at: last,
            what: What::Datum(Box::new(datum)),
            place,
        });
    }
    if last > clock.end() {
        let message = format!(
            "the last value comes after {}, and the test ends after {}",
            duration::short(last.0 - clock.start.0),
            duration::short(clock.lasts)
        );
        cx.push(Diagnostic::error(&codes::OUTSIDE, text.at, message));
    }
}
