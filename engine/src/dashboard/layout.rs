use super::Place;

/// Where the next widget without `x` and `y` goes: left to right, to the next row where it does not fit, the
/// next row below the tallest of the row (inferred from "the next available position").
#[derive(Debug, Default)]
pub(super) struct Flow {
    x: i64,
    y: i64,
    tallest: i64,
}

/// Columns of the grid.
pub(super) const COLUMNS: i64 = 24;

impl Flow {
    /// Places a widget that names no position.
    pub(super) fn place(&mut self, width: i64, height: i64) -> Place {
        if self.x + width > COLUMNS {
            self.x = 0;
            self.y += self.tallest;
            self.tallest = 0;
        }
        let place = Place {
            x: self.x,
            y: self.y,
            width,
            height,
        };
        self.x += width;
        self.tallest = self.tallest.max(height);
        place
    }
}

#[cfg(test)]
mod tests {
    use super::Flow;

    #[test]
    fn widgets_without_a_position_flow_left_to_right() {
        let mut flow = Flow::default();
        let places = [(12, 3), (6, 6), (12, 2)].map(|(w, h)| {
            let place = flow.place(w, h);
            (place.x, place.y)
        });
        assert_eq!(places, [(0, 0), (12, 0), (0, 6)]);
    }
}
