use belfry_engine::alarms::{EvaluationWindow, StoredAlarm, WarmUp};

use crate::endpoint::{Document, Fault, Input};

/// `EvaluationWindow`: exactly one of its two members.
pub(super) fn read(input: &Input<'_>) -> Result<Option<EvaluationWindow>, Fault> {
    let Some(window) = input.structure("EvaluationWindow")? else {
        return Ok(None);
    };
    window.only(&["SlidingWindow", "WallClockWindow"])?;
    let sliding = window.structure("SlidingWindow")?;
    match (sliding, window.structure("WallClockWindow")?) {
        (Some(sliding), None) => {
            sliding.only(&[])?;
            Ok(Some(EvaluationWindow::Sliding))
        }
        (None, Some(wall_clock)) => {
            wall_clock.only(&["Timezone"])?;
            let timezone = wall_clock.optional_str("Timezone")?;
            Ok(Some(EvaluationWindow::wall_clock(timezone)?))
        }
        _ => Err(input.invalid(
            "EvaluationWindow must have exactly one of SlidingWindow and WallClockWindow",
        )),
    }
}

/// `WarmUpConfiguration`.
pub(super) fn read_warm_up(input: &Input<'_>) -> Result<Option<WarmUp>, Fault> {
    let Some(warm_up) = input.structure("WarmUpConfiguration")? else {
        return Ok(None);
    };
    let whole = "OnlyStartEvaluatingAfterWarmUpPeriodEnds";
    warm_up.only(&["WarmUpPeriodDurationInMinutes", whole])?;
    Ok(Some(WarmUp {
        minutes: warm_up.required_i64("WarmUpPeriodDurationInMinutes")?,
        whole: warm_up.optional_bool(whole)?.unwrap_or(false),
    }))
}

/// What DescribeAlarms shows of both; what was not set is left out.
pub(super) fn show(stored: &StoredAlarm) -> Document {
    let window = stored.alarm.evaluation_window.as_ref();
    let window = window.map_or(Document::Null, |window| match window {
        EvaluationWindow::Sliding => Document::structure([("SlidingWindow", Document::empty())]),
        EvaluationWindow::WallClock { timezone, .. } => {
            let zone = Document::structure([("Timezone", Document::from(timezone.as_ref()))]);
            Document::structure([("WallClockWindow", zone)])
        }
    });
    let warm_up = stored.alarm.warm_up.map_or(Document::Null, |warm_up| {
        Document::structure([
            (
                "WarmUpPeriodDurationInMinutes",
                Document::from(warm_up.minutes),
            ),
            (
                "OnlyStartEvaluatingAfterWarmUpPeriodEnds",
                warm_up.whole.into(),
            ),
        ])
    });
    let evaluation = stored.in_warm_up.then_some("IN_WARM_UP");
    Document::structure([
        ("EvaluationState", evaluation.into()),
        ("EvaluationWindow", window),
        ("WarmUpConfiguration", warm_up),
    ])
}
