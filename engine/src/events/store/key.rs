use std::fmt;

use crate::base::Millis;

/// Where an event stands in the order of FilterLogEvents and GetLogEvents: its time, then when it came,
/// then its request. Prints as 56 digits, the form of AWS's event ids; the texts sort as the keys do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventKey {
    /// The event's own time.
    pub timestamp: Millis,
    /// When it was put.
    pub ingestion_time: Millis,
    /// Its place in the order of arrival.
    pub position: u64,
}

impl EventKey {
    /// The smallest key an event at `timestamp` can have.
    pub fn at(timestamp: Millis) -> Self {
        Self {
            timestamp: Millis(timestamp.0.max(0)),
            ..Self::default()
        }
    }

    /// The key right behind this one.
    #[must_use]
    pub fn next(self) -> Self {
        Self {
            position: self.position.saturating_add(1),
            ..self
        }
    }

    /// Reads the 56 digits that [`fmt::Display`] writes; `None` where `text` is something else.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != 56 || !text.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        Some(Self {
            timestamp: Millis(text.get(..20)?.parse().ok()?),
            ingestion_time: Millis(text.get(20..36)?.parse().ok()?),
            position: text.get(36..)?.parse().ok()?,
        })
    }
}

impl fmt::Display for EventKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:020}{:016}{:020}",
            self.timestamp.0, self.ingestion_time.0, self.position
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_reads_back_what_it_prints() {
        let key = EventKey {
            timestamp: Millis(1_776_679_200_007),
            ingestion_time: Millis(1_776_679_200_100),
            position: 42,
        };
        assert_eq!(key.to_string().len(), 56);
        assert_eq!(EventKey::parse(&key.to_string()), Some(key));
        assert_eq!(EventKey::parse("f/12"), None);
    }
}
