/// A threshold's neighbours: one unit and a tenth of it up and down, each once.
pub(super) fn neighbours(value: f64) -> Vec<f64> {
    let tenth = rounded(value.abs() / 10.0);
    let mut found: Vec<f64> = Vec::new();
    for other in [value + 1.0, value - 1.0, value + tenth, value - tenth] {
        let other = rounded(other);
        if other != value && !found.contains(&other) {
            found.push(other);
        }
    }
    found
}

/// Without the dust that adding tenths leaves behind.
fn rounded(value: f64) -> f64 {
    format!("{value:.9}").parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::neighbours;

    #[test]
    fn neighbours_lie_one_unit_and_a_tenth_away() {
        assert_eq!(neighbours(80.0), [81.0, 79.0, 88.0, 72.0]);
        assert_eq!(neighbours(10.0), [11.0, 9.0]);
        assert_eq!(neighbours(0.0), [1.0, -1.0]);
        assert_eq!(neighbours(0.3), [1.3, -0.7, 0.33, 0.27]);
    }
}
