/// A linear scale from values to pixels, with ticks at 1, 2 or 5 times a power of ten.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Scale {
    low: f64,
    high: f64,
    top: f64,
    bottom: f64,
    pub(super) ticks: Vec<f64>,
}

impl Scale {
    /// A scale over `[low, high]` drawn from `bottom` up to `top`; ends that are not fixed move out to a
    /// tick.
    pub(super) fn nice(
        (low, high): (f64, f64),
        (fixed_low, fixed_high): (Option<f64>, Option<f64>),
        (top, bottom): (f64, f64),
    ) -> Self {
        let low = fixed_low.unwrap_or(low);
        let high = fixed_high.unwrap_or(high).max(low);
        let high = if high > low { high } else { low + 1.0 };
        let wanted = ((bottom - top) / 40.0).clamp(2.0, 6.0);
        let step = step((high - low) / wanted);
        let low = fixed_low.unwrap_or((low / step).floor() * step);
        let high = fixed_high
            .filter(|fixed| *fixed > low)
            .unwrap_or((high / step).ceil() * step);
        let first = (low / step).ceil();
        let ticks = (0..20)
            .map(|i| (first + f64::from(i)) * step)
            .take_while(|tick| *tick <= high + step * 1e-9)
            .collect();
        Self {
            low,
            high,
            top,
            bottom,
            ticks,
        }
    }

    /// The pixel of `value`, kept inside the scale.
    pub(super) fn at(&self, value: f64) -> f64 {
        let share = (value - self.low) / (self.high - self.low);
        self.bottom + (self.top - self.bottom) * share.clamp(0.0, 1.0)
    }
}

fn step(rough: f64) -> f64 {
    let power = 10_f64.powf(rough.log10().floor());
    let lead = rough / power;
    let nice = [1.0, 2.0, 5.0, 10.0];
    let nice = nice.into_iter().find(|n| lead <= *n + 1e-9).unwrap_or(10.0);
    nice * power
}

#[cfg(test)]
mod tests {
    use super::Scale;

    #[test]
    fn ticks_are_round_and_cover_the_values() {
        let scale = Scale::nice((0.0, 187.0), (None, None), (0.0, 200.0));
        assert_eq!(scale.ticks, [0.0, 50.0, 100.0, 150.0, 200.0]);
        assert!((scale.at(100.0) - 100.0).abs() < 1e-9);
    }

    #[test]
    fn fixed_ends_stay_where_they_are() {
        let scale = Scale::nice((20.0, 30.0), (Some(0.0), Some(95.0)), (0.0, 100.0));
        assert!(scale.at(95.0).abs() < 1e-9);
    }

    #[test]
    fn one_value_still_has_a_scale() {
        let scale = Scale::nice((7.0, 7.0), (None, None), (0.0, 100.0));
        assert!(scale.ticks.len() >= 2);
    }
}
