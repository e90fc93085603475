use super::clock::LineClock;
use super::log_file::{Entry, FileOptions, LogFile};
use crate::base::Millis;

/// Every line that is not empty is an event.
pub(super) fn read(text: String, options: &FileOptions<'_>) -> LogFile {
    let clock = LineClock::new(options.time_field);
    let mut file = LogFile::default();
    let mut moments = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.trim_end_matches(['\r', '\n']).len();
        if !line.trim().is_empty() {
            let moment = clock.read(text.get(start..end).unwrap_or_default());
            moments.push(moment);
            file.entries.push(Entry::new(start, end));
        }
        start += line.len();
    }
    date(&mut file, &moments);
    file.text = text;
    file
}

/// Lines without a readable time take that of the line before; those at the head take the first there
/// is. Where no line has one, each line is one millisecond after the line before, counted from 1970.
fn date(file: &mut LogFile, moments: &[Option<Millis>]) {
    let undated = moments.iter().filter(|moment| moment.is_none()).count();
    let Some(first) = moments.iter().flatten().next() else {
        for (millis, entry) in (0..).zip(&mut file.entries) {
            entry.timestamp = Millis(millis);
        }
        if undated > 0 {
            file.notes.push(
                "no line has a time that can be read: `@timestamp` counts lines in milliseconds from 1970-01-01"
                    .to_owned(),
            );
        }
        return;
    };
    let mut last = *first;
    for (entry, moment) in file.entries.iter_mut().zip(moments) {
        last = moment.unwrap_or(last);
        entry.timestamp = last;
    }
    if undated > 0 {
        file.notes.push(format!(
            "{undated} of {} lines have no time that can be read and take that of the line before",
            moments.len()
        ));
    }
}
