use super::Answer;

const LEVELS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// More rows than this are not drawn: the line would not fit.
const MOST: usize = 200;

/// A line of bars for each column of numbers, oldest to the left, where a column holds the times of
/// `bin`; nothing else is drawn.
pub fn spark_lines(answer: &Answer) -> Vec<String> {
    let Some(time) = time_column(answer) else {
        return Vec::new();
    };
    let mut rows: Vec<&Vec<Option<String>>> = answer.rows.iter().collect();
    rows.sort_by_key(|row| row.get(time).cloned().flatten());
    let columns = answer
        .columns
        .iter()
        .enumerate()
        .filter(|(at, _)| *at != time);
    let lines = columns.filter_map(|(at, name)| {
        let cells = rows
            .iter()
            .map(|row| row.get(at)?.as_deref()?.parse::<f64>().ok());
        Some((name, line(&cells.collect::<Vec<_>>())?))
    });
    let lines: Vec<_> = lines.collect();
    let width = lines
        .iter()
        .map(|(name, _)| name.chars().count())
        .max()
        .unwrap_or(0);
    lines
        .into_iter()
        .map(|(name, line)| format!("{name:width$}  {line}"))
        .collect()
}

/// The only column in which every row has a time of its own.
fn time_column(answer: &Answer) -> Option<usize> {
    if !(2..=MOST).contains(&answer.rows.len()) {
        return None;
    }
    (0..answer.columns.len()).find(|column| {
        let cells = answer.rows.iter().map(|row| row.get(*column)?.as_deref());
        let mut times: Vec<&str> = cells.flatten().filter(|cell| is_time(cell)).collect();
        let all = times.len() == answer.rows.len();
        times.sort_unstable();
        times.dedup();
        all && times.len() == answer.rows.len()
    })
}

/// `2026-04-20 10:00:00.000`, as Logs Insights prints the start of a bin: whole seconds.
fn is_time(cell: &str) -> bool {
    cell.len() == 23
        && cell.ends_with(".000")
        && cell.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            10 => byte == b' ',
            13 | 16 => byte == b':',
            19 => byte == b'.',
            _ => byte.is_ascii_digit(),
        })
}

/// From zero, or the least value below it, to the greatest. A missing value is a gap.
fn line(values: &[Option<f64>]) -> Option<String> {
    let known: Vec<f64> = values
        .iter()
        .flatten()
        .copied()
        .filter(|v| v.is_finite())
        .collect();
    if known.len() < 2 {
        return None;
    }
    let least = known.iter().copied().fold(0.0, f64::min);
    let most = known.iter().copied().fold(0.0, f64::max);
    let bars = values.iter().map(|value| match value {
        Some(value) if value.is_finite() => LEVELS[level((value - least) / (most - least))],
        _ => ' ',
    });
    let line: String = bars.collect();
    let ends = format!("{} to {}", short(least), short(most));
    Some(format!("{}  {ends}", line.trim_end()))
}

/// Bars from zero to the greatest, without its ends; nothing where all are nothing.
pub(super) fn bars(values: &[f64]) -> String {
    let most = values.iter().copied().fold(0.0, f64::max);
    if most <= 0.0 {
        return String::new();
    }
    let bars = values.iter().map(|value| LEVELS[level(value / most)]);
    bars.collect()
}

/// Which bar a share of the height gets.
fn level(share: f64) -> usize {
    let steps = [0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875];
    steps.iter().filter(|step| share > **step).count()
}

fn short(value: f64) -> String {
    if value.fract() == 0.0 {
        format!("{value:.0}")
    } else {
        format!("{value:.1}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(columns: &[&str], rows: &[&[&str]]) -> Answer {
        let row = |row: &&[&str]| {
            row.iter()
                .map(|c| (!c.is_empty()).then(|| (*c).to_owned()))
                .collect()
        };
        Answer {
            columns: columns.iter().map(|c| (*c).to_owned()).collect(),
            rows: rows.iter().map(row).collect(),
            ..Answer::default()
        }
    }

    #[test]
    fn bins_are_drawn_oldest_first_with_gaps() {
        let rows: &[&[&str]] = &[
            &["2026-04-20 10:15:00.000", "8", "1"],
            &["2026-04-20 10:10:00.000", "4", ""],
            &["2026-04-20 10:05:00.000", "1", "0.5"],
            &["2026-04-20 10:00:00.000", "0", "1"],
        ];
        let lines = spark_lines(&answer(&["bin(5m)", "count", "mean"], rows));
        assert_eq!(lines, ["count  ▁▁▄█  0 to 8", "mean   █▄ █  0 to 1"]);
    }

    #[test]
    fn events_and_groups_are_not_drawn() {
        let events: &[&[&str]] = &[
            &["2026-04-20 10:00:00.001", "8"],
            &["2026-04-20 10:00:00.002", "8"],
        ];
        assert!(spark_lines(&answer(&["@timestamp", "n"], events)).is_empty());
        let grouped: &[&[&str]] = &[
            &["2026-04-20 10:00:00.000", "/a", "8"],
            &["2026-04-20 10:00:00.000", "/b", "8"],
        ];
        assert!(spark_lines(&answer(&["bin(5m)", "e", "n"], grouped)).is_empty());
    }
}
