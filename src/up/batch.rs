use belfry_engine::base::Millis;

/// Most events in one PutLogEvents call (API reference, PutLogEvents).
pub const MAX_EVENTS: usize = 10_000;

/// Most bytes in one call: messages in UTF-8 and [`EVENT_OVERHEAD`] for each (same page).
pub const MAX_BYTES: usize = 1_048_576;

/// What each event counts beside its message.
pub const EVENT_OVERHEAD: usize = 26;

/// Events of one call lie less than 24 hours apart (same page).
pub const MAX_SPAN: i64 = 24 * 60 * 60 * 1000;

/// One line of output and when it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// When the line was read, which becomes the event's timestamp.
    pub at: Millis,
    /// The line without its end.
    pub message: String,
}

/// Gathers lines into batches that one PutLogEvents call takes.
#[derive(Debug, Default)]
pub struct Batcher {
    lines: Vec<LogLine>,
    bytes: usize,
    first: Millis,
    last: Millis,
}

impl Batcher {
    /// Adds a line. Where it does not fit, the batch gathered so far comes back and the line begins
    /// the next. An empty line is no event. The message must be no longer than [`split`] makes it.
    pub fn push(&mut self, line: LogLine) -> Option<Vec<LogLine>> {
        if line.message.is_empty() {
            return None;
        }
        let full = if self.fits(&line) { None } else { self.take() };
        if self.lines.is_empty() {
            (self.first, self.last) = (line.at, line.at);
        }
        (self.first, self.last) = (self.first.min(line.at), self.last.max(line.at));
        self.bytes += size(&line);
        self.lines.push(line);
        full
    }

    /// What was gathered, in the order of time, lines of one moment in the order of output; `None`
    /// where there is nothing.
    pub fn take(&mut self) -> Option<Vec<LogLine>> {
        let mut lines = std::mem::take(&mut self.lines);
        self.bytes = 0;
        // Only a clock that was set back puts lines out of order; a call must be in order.
        lines.sort_by_key(|line| line.at);
        (!lines.is_empty()).then_some(lines)
    }

    fn fits(&self, line: &LogLine) -> bool {
        let span = self
            .last
            .max(line.at)
            .0
            .saturating_sub(self.first.min(line.at).0);
        self.lines.is_empty()
            || (self.lines.len() < MAX_EVENTS
                && self.bytes + size(line) <= MAX_BYTES
                && span < MAX_SPAN)
    }
}

/// Cuts a line that is too long for one event into several, as the awslogs driver does.
pub fn split(line: LogLine) -> Vec<LogLine> {
    const MOST: usize = MAX_BYTES - EVENT_OVERHEAD;
    let mut rest = line.message.as_str();
    if rest.len() <= MOST {
        return vec![line];
    }
    let mut parts = Vec::new();
    while !rest.is_empty() {
        let (part, after) = rest.split_at(rest.floor_char_boundary(MOST));
        parts.push(LogLine {
            at: line.at,
            message: part.to_owned(),
        });
        rest = after;
    }
    parts
}

fn size(line: &LogLine) -> usize {
    line.message.len() + EVENT_OVERHEAD
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn line(at: i64, message: impl Into<String>) -> LogLine {
        LogLine {
            at: Millis(at),
            message: message.into(),
        }
    }

    #[test]
    fn a_batch_holds_ten_thousand_events() {
        let mut batcher = Batcher::default();
        for n in 0..10_000 {
            assert_eq!(batcher.push(line(n, "x")), None);
        }
        assert_eq!(batcher.push(line(10_000, "y")).unwrap().len(), 10_000);
        assert_eq!(batcher.take(), Some(vec![line(10_000, "y")]));
        assert_eq!(batcher.take(), None);
    }

    #[test]
    fn a_batch_is_full_at_one_mebibyte_with_26_bytes_for_each_event() {
        let mut batcher = Batcher::default();
        let half = "x".repeat(MAX_BYTES / 2 - EVENT_OVERHEAD);
        assert_eq!(batcher.push(line(0, half.clone())), None);
        assert_eq!(batcher.push(line(0, half)), None);
        assert_eq!(batcher.push(line(0, "y")).unwrap().len(), 2);
    }

    #[test]
    fn lines_a_day_apart_go_into_two_batches() {
        let mut batcher = Batcher::default();
        assert_eq!(batcher.push(line(0, "x")), None);
        assert_eq!(batcher.push(line(MAX_SPAN - 1, "x")), None);
        assert_eq!(batcher.push(line(MAX_SPAN, "x")).unwrap().len(), 2);
    }

    #[test]
    fn a_clock_set_back_does_not_put_events_out_of_order() {
        let mut batcher = Batcher::default();
        for (at, message) in [(5, "a"), (3, "b"), (5, "c"), (3, "d")] {
            batcher.push(line(at, message));
        }
        let messages: Vec<_> = batcher
            .take()
            .unwrap()
            .into_iter()
            .map(|l| l.message)
            .collect();
        assert_eq!(messages, ["b", "d", "a", "c"]);
    }

    #[test]
    fn a_line_too_long_for_one_event_is_cut_between_characters() {
        let long = line(1, "ä".repeat(MAX_BYTES));
        let parts = split(long.clone());
        assert_eq!(parts.len(), 3);
        assert!(parts.iter().all(|part| size(part) <= MAX_BYTES));
        let joined: String = parts.into_iter().map(|part| part.message).collect();
        assert_eq!(joined, long.message);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_every_batch_keeps_the_limits(
            lines in prop::collection::vec((0_i64..3 * MAX_SPAN, 0_usize..200_000), 0..60)
        ) {
            let lines: Vec<_> = lines.into_iter().map(|(at, n)| line(at, "x".repeat(n))).collect();
            let mut batcher = Batcher::default();
            let mut batches: Vec<_> = lines.iter().filter_map(|l| batcher.push(l.clone())).collect();
            batches.extend(batcher.take());
            for batch in &batches {
                prop_assert!(batch.iter().map(size).sum::<usize>() <= MAX_BYTES);
                prop_assert!(batch.is_sorted_by_key(|l| l.at));
                prop_assert!(batch[batch.len() - 1].at.0 - batch[0].at.0 < MAX_SPAN);
            }
            let mut shipped = batches.concat();
            let mut written: Vec<_> = lines.into_iter().filter(|l| !l.message.is_empty()).collect();
            for all in [&mut shipped, &mut written] {
                all.sort_by_key(|l| (l.at, l.message.len()));
            }
            prop_assert_eq!(shipped, written);
        }
    }
}
