use thiserror::Error;

/// Why a line is refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("byte {at}: {reason}")]
pub struct LineError {
    /// Where the trouble starts, counted from 0.
    pub at: usize,
    /// What it is.
    pub reason: Reason,
}

/// What a line can have wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Reason {
    /// Too few fields, even for the oldest layout.
    #[error("the line ends where `{field}` is expected; {title} have at least {least} fields")]
    Ends {
        /// The field that would be next.
        field: &'static str,
        /// What the lines are called.
        title: &'static str,
        /// The fields of the oldest layout.
        least: usize,
    },
    /// A field's text is not of its kind.
    #[error("`{field}` is `{found}`, expected {expected}")]
    Shape {
        /// As AWS names it.
        field: &'static str,
        /// The text that was found, no more than its first 40 characters.
        found: String,
        /// What would be right.
        expected: &'static str,
    },
    /// Quotes around a field that AWS writes without.
    #[error("`{field}` is in quotes, which AWS writes around other fields only")]
    Quoted {
        /// As AWS names it.
        field: &'static str,
    },
    /// A quote that nothing closes.
    #[error("the quote is never closed")]
    Unclosed,
    /// A closing quote with more text directly behind it.
    #[error(
        "a blank is expected behind the closing quote; a quote inside a field is written `\\x22`"
    )]
    BehindQuote,
    /// A quote inside a field that does not begin with one.
    #[error("a quote in the middle of a field")]
    InnerQuote,
    /// Two blanks in a row where no field may be empty.
    #[error("a second blank; fields are divided by one")]
    Blank,
    /// Control characters, such as the end of a line, stand in no entry.
    #[error("a control character; it would be written `\\x{byte:02X}`")]
    Control {
        /// The character's number.
        byte: u8,
    },
    /// Two lines were joined.
    #[error("another entry begins in the middle of the line")]
    Spliced,
}
