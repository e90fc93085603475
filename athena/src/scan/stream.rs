use super::block::{Block, Blocks};
use super::partition::{Part, unreadable};
use crate::exec::Shared;
use crate::refusal::{Judged, Refusal};

/// Ends of names that Hadoop reads with a codec of their own.
const OTHER_CODECS: [&str; 6] = [".bz2", ".snappy", ".lz4", ".zst", ".lzo", ".deflate"];

/// The blocks of objects, in order. Objects are opened one after the other.
pub(crate) fn blocks_of<'p>(
    parts: &'p [Part],
    shared: &'p Shared<'_>,
) -> impl Iterator<Item = Judged<Block>> + Send + 'p {
    parts.iter().enumerate().flat_map(move |(place, part)| {
        let opened = open(place, part, shared);
        let (blocks, wrong) = match opened {
            Ok(blocks) => (Some(blocks), None),
            Err(refusal) => (None, Some(Err(refusal))),
        };
        let block = move |read: std::io::Result<Block>| {
            read.map_err(|error| {
                let message = format!("`{}`: {error}", part.object.address);
                Refusal::value("HIVE_CURSOR_ERROR", message)
            })
        };
        blocks.into_iter().flatten().map(block).chain(wrong)
    })
}

fn open(place: usize, part: &Part, shared: &Shared<'_>) -> Judged<Blocks> {
    shared.check()?;
    let address = &part.object.address;
    if let Some(codec) = OTHER_CODECS.iter().find(|codec| address.ends_with(**codec)) {
        let mut refusal = Refusal::value(
            "NOT_SUPPORTED",
            format!(
                "`{address}`: objects that end in `{codec}` are not supported here; plain ones and `.gz` are"
            ),
        );
        refusal.by = crate::refusal::By::Belfry;
        return Err(refusal);
    }
    let reader = shared
        .objects
        .open(address)
        .map_err(|error| unreadable(&error))?;
    Ok(Blocks::new(
        reader,
        address.ends_with(".gz"),
        place,
        &shared.scanned,
    ))
}
