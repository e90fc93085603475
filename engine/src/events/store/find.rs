use super::{EventKey, LogGroup, LogStore};

/// One event with the names it stands under.
#[derive(Clone, Debug)]
pub struct FoundEvent<'s> {
    /// Its group.
    pub group: &'s LogGroup,
    /// Its stream.
    pub stream: &'s str,
    /// Its times and position.
    pub key: EventKey,
    /// Its text.
    pub message: String,
}

impl LogStore {
    /// The event that was given this position when it was put, if it is still kept. Looks through the segments
    /// of all streams, whose positions rise.
    pub fn event_at(&self, position: u64) -> Option<FoundEvent<'_>> {
        self.groups().find_map(|group| {
            group.streams().find_map(|stream| {
                let mut segments = stream.segments().iter();
                let (key, message) = segments.find_map(|segment| segment.event_at(position))?;
                Some(FoundEvent {
                    group,
                    stream: stream.name(),
                    key,
                    message,
                })
            })
        })
    }
}
