use rayon::prelude::*;

use super::env::Env;
use super::open::{Open, Sink, input_of, stream, through};
use crate::plan::Scan;
use crate::refusal::Judged;
use crate::scan::{Block, LineReader, Load, Part, blocks_of, loads_of};
use crate::value::Value;

/// Rows into states: one for each block of lines where the operator reads lines, side by side, else one for all. The
/// states are in the order of the rows.
pub(super) fn gather<S: Send>(
    open: &Open<'_>,
    env: &Env<'_>,
    new: &(dyn Fn() -> S + Sync),
    push: &(dyn Fn(&mut S, &[Value]) -> Judged<bool> + Sync),
) -> Judged<Vec<S>> {
    if let Open::Chain(all) = open {
        let states: Judged<Vec<Vec<S>>> =
            all.iter().map(|one| gather(one, env, new, push)).collect();
        return Ok(states?.into_iter().flatten().collect());
    }
    let Some((scan, parts)) = driving(open) else {
        let mut state = new();
        stream(open, env, &mut |row| push(&mut state, row))?;
        return Ok(vec![state]);
    };
    let reader = LineReader::new(scan)?;
    let one = |(place, load): (usize, Load<'_>)| {
        let mut state = new();
        let mut reader = reader.clone();
        let mut blocks = load.blocks(env.shared);
        let done = blocks.try_for_each(|block| {
            let sink = &mut |row: &[Value]| chain(open, row, env, &mut |row| push(&mut state, row));
            lines(scan, parts, &block?, &mut reader, env, sink).map(drop)
        });
        drop(blocks);
        (place, done.map(|()| state))
    };
    let mut states: Vec<(usize, Judged<S>)> = loads_of(parts, env.shared)
        .enumerate()
        .par_bridge()
        .map(one)
        .collect();
    env.shared.check()?;
    states.sort_by_key(|(place, _)| *place);
    let mut states: Vec<S> = states
        .into_iter()
        .map(|(_, state)| state)
        .collect::<Judged<_>>()?;
    if states.is_empty() {
        states.push(new());
    }
    Ok(states)
}

/// The scan that a row of steps reads.
fn driving<'o>(open: &'o Open<'_>) -> Option<(&'o Scan, &'o [Part])> {
    match open {
        Open::Scan(scan, parts) => Some((scan, parts)),
        step => driving(input_of(step)?),
    }
}

/// One row of the scan through all steps.
fn chain(open: &Open<'_>, row: &[Value], env: &Env<'_>, sink: &mut Sink<'_>) -> Judged<bool> {
    match input_of(open) {
        None => sink(row),
        Some(input) => chain(input, row, env, &mut |row| through(open, row, env, sink)),
    }
}

/// All rows of a scan, one by one; reading ends where the sink wants no more.
pub(super) fn scan_in_order(
    scan: &Scan,
    parts: &[Part],
    env: &Env<'_>,
    sink: &mut Sink<'_>,
) -> Judged<bool> {
    let mut reader = LineReader::new(scan)?;
    for block in blocks_of(parts, env.shared) {
        if !lines(scan, parts, &block?, &mut reader, env, sink)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The rows of a block's lines.
fn lines(
    scan: &Scan,
    parts: &[Part],
    block: &Block,
    reader: &mut LineReader,
    env: &Env<'_>,
    sink: &mut Sink<'_>,
) -> Judged<bool> {
    env.shared.check()?;
    let mut row = vec![Value::Null; scan.types.len()];
    if let Some(part) = parts.get(block.part) {
        let first = scan.table.columns.len();
        let path = Value::text(&part.object.address);
        for (slot, value) in row
            .iter_mut()
            .skip(first)
            .zip(part.values.iter().chain([&path]))
        {
            *slot = value.clone();
        }
    }
    let skipped = if block.first { reader.header } else { 0 };
    for line in lines_of(&block.bytes).skip(skipped) {
        reader.read(line, &mut row);
        if !sink(&row)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Lines as Hadoop divides them: a line feed, a carriage return, or both end one.
struct Lines<'b>(&'b [u8]);

fn lines_of(bytes: &[u8]) -> Lines<'_> {
    Lines(bytes)
}

impl<'b> Iterator for Lines<'b> {
    type Item = &'b [u8];

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let end = memchr::memchr2(b'\n', b'\r', self.0).unwrap_or(self.0.len());
        let (line, rest) = self.0.split_at(end);
        let both = rest.starts_with(b"\r\n");
        self.0 = rest.get(if both { 2 } else { 1 }..).unwrap_or_default();
        Some(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_feeds_and_carriage_returns_end_lines() {
        let lines: Vec<&[u8]> = lines_of(b"a\r\nb\rc\n\nd").collect();
        assert_eq!(lines, [&b"a"[..], b"b", b"c", b"", b"d"]);
        assert_eq!(lines_of(b"\n").count(), 1);
        assert_eq!(lines_of(b"").count(), 0);
    }
}
