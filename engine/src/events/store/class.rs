/// The class of a log group, chosen when it is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogGroupClass {
    /// `STANDARD`
    #[default]
    Standard,
    /// `INFREQUENT_ACCESS`: half the price of ingestion, for events that queries ask now and then.
    InfrequentAccess,
}

impl LogGroupClass {
    /// As the API writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Standard => "STANDARD",
            Self::InfrequentAccess => "INFREQUENT_ACCESS",
        }
    }
}
