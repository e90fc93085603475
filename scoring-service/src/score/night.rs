use super::{Evidence, Factor};

/// The hours in which people sleep, by the time of day written in the request.
pub(super) const FACTOR: Factor = Factor {
    name: "night_time",
    weight: 15,
    description: "from 00:00 to before 05:00, at the offset of the request's timestamp",
    assess,
};

const MORNING: i8 = 5;

fn assess(evidence: &Evidence<'_>) -> Option<(u8, String)> {
    let time = evidence.transaction.local_time;
    let text = || {
        format!(
            "at {:02}:{:02}, between 00:00 and 05:00",
            time.hour(),
            time.minute()
        )
    };
    (time.hour() < MORNING).then(|| (FACTOR.weight, text()))
}

#[cfg(test)]
mod tests {
    use crate::score::testing::{Case, transaction};

    #[test]
    fn night_ends_at_five() {
        for (hour, minute, expected) in [
            (0, 0, Some(15)),
            (4, 59, Some(15)),
            (5, 0, None),
            (23, 59, None),
        ] {
            let mut transaction = transaction();
            transaction.local_time = jiff::civil::time(hour, minute, 0, 0);
            assert_eq!(
                Case::new(transaction).points(&super::FACTOR),
                expected,
                "{hour}:{minute}"
            );
        }
    }
}
