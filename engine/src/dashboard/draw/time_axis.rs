use crate::base::Millis;

use super::svg::{Anchor, Area, Svg};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const STEPS: [i64; 16] = [
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    2 * DAY,
    7 * DAY,
    14 * DAY,
    30 * DAY,
];

/// Room that a label takes, in pixels.
const LABEL: f64 = 64.0;

/// From moments to pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct TimeScale {
    start: Millis,
    span: f64,
    area: Area,
}

impl TimeScale {
    pub(super) fn new(start: Millis, end: Millis, area: Area) -> Self {
        Self {
            start,
            span: (end.0 - start.0).max(1) as f64,
            area,
        }
    }

    /// The pixel of a moment, kept inside the area.
    pub(super) fn at(&self, moment: Millis) -> f64 {
        let share = (moment.0 - self.start.0) as f64 / self.span;
        self.area.x + self.area.width * share.clamp(0.0, 1.0)
    }

    /// Labels in UTC below the area, with a grid line each.
    pub(super) fn paint(&self, svg: &mut Svg) {
        let most = (self.area.width / LABEL).max(1.0);
        let step = STEPS
            .into_iter()
            .find(|step| self.span / *step as f64 <= most)
            .unwrap_or(365 * DAY);
        let format = if step >= DAY { "%m-%d" } else { "%H:%M" };
        let end = self.start.plus(1).0 as f64 + self.span;
        let mut tick = self.start.plus(step - 1).floor_to(step);
        while (tick.0 as f64) < end {
            let x = self.at(tick);
            svg.grid_line((x, self.area.y), (x, self.area.bottom()));
            let y = self.area.bottom() + 14.0;
            svg.text((x, y), Anchor::Middle, 10.0, &tick.strftime(format));
            tick = tick.plus(step);
        }
    }
}
