use super::{Aggregate, earliest, percentile, rate, stddev};
use crate::insights::choices::Choices;

/// The aggregate as it is chosen to be where AWS is silent.
pub(in crate::insights) fn chosen(
    aggregate: &'static Aggregate,
    choices: &Choices,
) -> &'static Aggregate {
    match aggregate.name {
        "pct" if choices.percentile_of_nothing_is_missing => &percentile::OR_MISSING,
        "stddev" if choices.deviation_of_sample => &stddev::OF_SAMPLE,
        "earliest" if choices.latest_keeps_moments => &earliest::EARLIEST_MOMENT,
        "latest" if choices.latest_keeps_moments => &earliest::LATEST_MOMENT,
        "rate" if choices.rate_over_period => &rate::OVER_PERIOD,
        _ => aggregate,
    }
}
