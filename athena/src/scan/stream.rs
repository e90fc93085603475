use super::block::{Block, Blocks};
use super::partition::{Part, unreadable};
use crate::exec::Shared;
use crate::refusal::{Judged, Refusal};

/// Ends of names that Hadoop reads with a codec of their own.
const OTHER_CODECS: [&str; 6] = [".bz2", ".snappy", ".lz4", ".zst", ".lzo", ".deflate"];

/// Packed objects up to so many bytes are unpacked by whoever reads their lines, side by side.
const SMALL: u64 = 8 << 20;

/// What one thread reads: a block, or a small packed object that it unpacks itself.
pub(crate) enum Load<'p> {
    Block(Judged<Block>),
    Object(&'p [Part], usize),
}

impl<'p> Load<'p> {
    /// Its blocks, in order.
    pub(crate) fn blocks(
        self,
        shared: &'p Shared<'_>,
    ) -> Box<dyn Iterator<Item = Judged<Block>> + 'p> {
        match self {
            Self::Block(block) => Box::new(std::iter::once(block)),
            Self::Object(parts, place) => Box::new(blocks_at(parts, place, shared)),
        }
    }
}

/// What threads read, in order.
pub(crate) fn loads_of<'p>(
    parts: &'p [Part],
    shared: &'p Shared<'_>,
) -> impl Iterator<Item = Load<'p>> + Send + 'p {
    let all = parts.iter().enumerate();
    all.flat_map(move |(place, part)| {
        let is_small = parts.len() > 1 && part.object.size <= SMALL;
        let alone = is_small && part.object.address.ends_with(".gz");
        let object = alone.then_some(Load::Object(parts, place));
        let blocks = (!alone).then(|| blocks_at(parts, place, shared).map(Load::Block));
        object.into_iter().chain(blocks.into_iter().flatten())
    })
}

/// The blocks of objects, in order. Objects are opened one after the other.
pub(crate) fn blocks_of<'p>(
    parts: &'p [Part],
    shared: &'p Shared<'_>,
) -> impl Iterator<Item = Judged<Block>> + Send + 'p {
    let places = 0..parts.len();
    places.flat_map(move |place| blocks_at(parts, place, shared))
}

/// The blocks of one object, which is opened when the first is asked for.
fn blocks_at<'p>(
    parts: &'p [Part],
    place: usize,
    shared: &'p Shared<'_>,
) -> impl Iterator<Item = Judged<Block>> + Send + 'p {
    let part = parts.get(place).into_iter();
    part.flat_map(move |part| {
        let (blocks, wrong) = match open(place, part, shared) {
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
