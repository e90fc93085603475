use belfry_engine::base::Millis;
use belfry_engine::diag::{Diagnostic, test as codes};
use belfry_engine::metrics::{MetricDataRequest, MetricError};

use crate::replay::Replay;
use crate::testing::failure::Side;
use crate::testing::{Failure, Test, ValueExpected, ValuesAsked, short};

/// Sums of floating-point numbers come out a little different by the order of their parts.
const TOLERANCE: f64 = 1e-9;

/// Holds the values of a metric against those expected.
pub(in crate::testing) fn value(
    test: &Test,
    expected: &ValueExpected,
    replay: &Replay,
    failures: &mut Vec<Failure>,
) {
    let asked = &expected.asked;
    let got = match answered(asked, expected.values.len(), replay) {
        Ok(got) => got,
        Err(error) => {
            let message = format!("{} is refused: {error}", asked.title);
            let diagnostic = Diagnostic::error(&codes::REFUSED, expected.at, message);
            failures.push(Failure::plain(diagnostic));
            return;
        }
    };
    let pairs = || expected.values.iter().zip(&got);
    if pairs().all(|(expected, got)| is_near(*expected, *got)) {
        return;
    }
    let width = asked.period.saturating_mul(1000);
    let times = (0..).map(|number| asked.from.plus(width.saturating_mul(number)));
    let sides = times.zip(pairs()).map(|(at, (expected, got))| Side {
        place: short(at.0 - test.start.0),
        expected: shown(*expected),
        got: match is_near(*expected, *got) {
            true => shown(*expected),
            false => shown(*got),
        },
        reason: String::new(),
    });
    let message = format!("{} is different", asked.title);
    failures.push(Failure {
        diagnostic: Diagnostic::error(&codes::WRONG_VALUES, expected.at, message),
        sides: around_differences(sides.collect()),
    });
}

/// The value of each of `count` periods.
fn answered(
    asked: &ValuesAsked,
    count: usize,
    replay: &Replay,
) -> Result<Vec<Option<f64>>, MetricError> {
    let width = asked.period.saturating_mul(1000);
    let length = width.saturating_mul(i64::try_from(count).unwrap_or(i64::MAX));
    let request = MetricDataRequest {
        queries: asked.queries.clone(),
        start: asked.from,
        end: asked.from.plus(length),
        descending: false,
        label_offset: 0,
    };
    let mut values = vec![None; count];
    for result in replay.metric_data(&request)? {
        for (at, value) in result.points {
            let place = place(at, asked.from, width);
            if let Some(slot) = place.and_then(|place| values.get_mut(place)) {
                *slot = Some(value);
            }
        }
    }
    Ok(values)
}

fn place(at: Millis, from: Millis, width: i64) -> Option<usize> {
    usize::try_from((at.0 - from.0) / width.max(1)).ok()
}

fn is_near(expected: Option<f64>, got: Option<f64>) -> bool {
    match (expected, got) {
        (Some(expected), Some(got)) => {
            (expected - got).abs() <= TOLERANCE * expected.abs().max(got.abs()).max(1.0)
        }
        (None, None) => true,
        _ => false,
    }
}

fn shown(value: Option<f64>) -> String {
    value.map_or_else(|| "_".to_owned(), |value| value.to_string())
}

/// The lines that differ, with one before and one after: a series may be long.
fn around_differences(sides: Vec<Side>) -> Vec<Side> {
    let differs: Vec<bool> = sides.iter().map(|side| !side.is_equal()).collect();
    let near = |place: usize| {
        let from = place.saturating_sub(1);
        differs
            .iter()
            .skip(from)
            .take(place + 2 - from)
            .any(|differs| *differs)
    };
    let kept = sides.into_iter().enumerate();
    kept.filter(|(place, _)| near(*place))
        .map(|(_, side)| side)
        .collect()
}
