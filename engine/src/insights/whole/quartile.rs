use std::cmp::Ordering;

/// The first and the third quartile by nearest rank; `None` of no values.
pub(super) fn quartiles(mut values: Vec<f64>) -> Option<(f64, f64)> {
    values.sort_by(|a, b| a.partial_cmp(b).unwrap_or(Ordering::Equal));
    let nearest = |quarters: usize| {
        let rank = (values.len() * quarters).div_ceil(4).max(1);
        values.get(rank - 1).copied()
    };
    Some((nearest(1)?, nearest(3)?))
}

#[cfg(test)]
mod tests {
    use super::quartiles;

    #[test]
    fn quartiles_are_values_of_the_list() {
        assert_eq!(quartiles(vec![]), None);
        assert_eq!(quartiles(vec![5.0]), Some((5.0, 5.0)));
        assert_eq!(quartiles(vec![4.0, 1.0, 3.0, 2.0]), Some((1.0, 3.0)));
        assert_eq!(quartiles(vec![1.0, 2.0, 3.0, 4.0, 5.0]), Some((2.0, 4.0)));
    }
}
