use belfry_engine::alarms::{EvaluationState, EvaluationWindow, StoredAlarm, WarmUp};

use super::action_configuration;
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

/// What DescribeAlarms shows of these and of the evaluation; what was not set is left out.
pub(super) fn show(stored: &StoredAlarm) -> Document {
    let window = stored.alarm.evaluation_window.as_ref();
    let window = window.map_or(Document::Null, |window| match window {
        EvaluationWindow::Sliding => Document::structure([("SlidingWindow", Document::empty())]),
        EvaluationWindow::WallClock { timezone, .. } => {
            let zone = Document::structure([("Timezone", Document::from(timezone.as_ref()))]);
            Document::structure([("WallClockWindow", zone)])
        }
    });
    let evaluation = match stored.in_warm_up {
        true => Some(EvaluationState::InWarmUp),
        false => stored.evaluation,
    };
    let evaluation = evaluation.map(EvaluationState::as_str);
    let propagation = stored.alarm.tags_propagation.as_ref();
    Document::structure([
        ("EvaluationState", evaluation.into()),
        ("EvaluationWindow", window),
        ("WarmUpConfiguration", show_warm_up(stored.alarm.warm_up)),
        (
            "ActionConfiguration",
            action_configuration::show(propagation),
        ),
    ])
}

/// `WarmUpConfiguration`, where there is one.
pub(super) fn show_warm_up(warm_up: Option<WarmUp>) -> Document {
    let whole = "OnlyStartEvaluatingAfterWarmUpPeriodEnds";
    warm_up.map_or(Document::Null, |warm_up| {
        let minutes = Document::from(warm_up.minutes);
        Document::structure([
            ("WarmUpPeriodDurationInMinutes", minutes),
            (whole, warm_up.whole.into()),
        ])
    })
}
