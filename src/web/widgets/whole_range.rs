use belfry_engine::base::Millis;
use belfry_engine::dashboard::WidgetQuery;

use super::super::SeriesAnswer;

/// One value for the whole range (`setPeriodToTimeRange`) from those of its periods, for the statistics that
/// can be put together; the others are refused by name.
pub(super) fn merge(answer: &mut SeriesAnswer, query: &WidgetQuery) -> Result<(), String> {
    let values = answer.points.iter().map(|(_, value)| *value);
    let merged = match query.stat.as_str() {
        "Sum" | "SampleCount" => values.sum(),
        "Maximum" => values.fold(f64::NEG_INFINITY, f64::max),
        "Minimum" => values.fold(f64::INFINITY, f64::min),
        other => {
            return Err(format!(
                "one `{other}` over the whole range cannot be made from those of its periods; \
                 without `setPeriodToTimeRange` the last period is shown"
            ));
        }
    };
    let last: Option<Millis> = answer.points.last().map(|(at, _)| *at);
    answer.points = last.map(|at| (at, merged)).into_iter().collect();
    Ok(())
}
