use std::collections::BTreeMap;

use belfry_engine::base::Millis;

use super::document::{Document, Members};
use super::fault::Fault;

/// The end of the year 9999; before its mirror and after it nothing is a moment.
const LAST_MOMENT: i64 = 253_402_300_799_999;

/// How a service words its refusals.
#[derive(Debug)]
pub struct Words {
    /// The code of a refused value: `InvalidParameterException`, `ValidationError`.
    pub validation: &'static str,
}

/// A structure of a request with typed readers. Absent and null members are the same.
///
/// `text` is true for query/XML, where every scalar is text: then numbers, booleans and timestamps are read
/// out of strings. In the other protocols a wrong type is a `SerializationException`, as on AWS.
#[derive(Clone, Debug)]
pub struct Input<'a> {
    members: &'a Members,
    path: String,
    words: &'static Words,
    text: bool,
}

impl<'a> Input<'a> {
    /// Reads `document`, which must be a structure.
    pub fn try_new(
        document: &'a Document,
        words: &'static Words,
        text: bool,
    ) -> Result<Self, Fault> {
        let members = document.members().ok_or_else(|| {
            Fault::serialization(format!(
                "Start of structure expected, found {}",
                document.kind()
            ))
        })?;
        Ok(Self {
            members,
            path: String::new(),
            words,
            text,
        })
    }

    /// Refuses, by name, every member that is not in `names`.
    pub fn only(&self, names: &[&str]) -> Result<(), Fault> {
        let unknown = self
            .members
            .iter()
            .find(|(name, value)| !value.is_null() && !names.contains(&name.as_str()));
        match unknown {
            None => Ok(()),
            Some((name, _)) => Err(self.invalid(format!(
                "the member `{}` is not supported by this endpoint; supported here: {}",
                self.at(name),
                names.join(", ")
            ))),
        }
    }

    /// A refusal in this service's words.
    pub fn invalid(&self, message: impl Into<String>) -> Fault {
        Fault::new(self.words.validation, message)
    }

    /// A refusal of one value, in the words of AWS's request validation:
    /// `1 validation error detected: Value 'v' at 'member' failed to satisfy constraint: …`.
    pub fn constraint(&self, name: &str, value: &str, constraint: &str) -> Fault {
        self.invalid(format!(
            "1 validation error detected: Value '{value}' at '{}' failed to satisfy constraint: {constraint}",
            self.at(name)
        ))
    }

    /// The refusal of an absent member.
    pub fn missing(&self, name: &str) -> Fault {
        self.invalid(format!(
            "1 validation error detected: Value null at '{}' failed to satisfy constraint: Member must not be null",
            self.at(name)
        ))
    }

    /// Where a member stands, as AWS writes it: `metricData.1.member.metricName`.
    pub fn at(&self, name: &str) -> String {
        let mut letters = name.chars();
        let lower: String = letters
            .next()
            .map(|first| first.to_ascii_lowercase())
            .into_iter()
            .chain(letters)
            .collect();
        format!("{}{lower}", self.path)
    }

    /// Whether the member is there.
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// The member as it came.
    pub fn get(&self, name: &str) -> Option<&'a Document> {
        self.members.get(name).filter(|value| !value.is_null())
    }

    /// Text, or nothing.
    pub fn optional_str(&self, name: &str) -> Result<Option<&'a str>, Fault> {
        self.get(name)
            .map(|value| self.text_of(name, value))
            .transpose()
    }

    /// Text.
    pub fn required_str(&self, name: &str) -> Result<&'a str, Fault> {
        self.optional_str(name)?.ok_or_else(|| self.missing(name))
    }

    /// A whole number, or nothing.
    pub fn optional_i64(&self, name: &str) -> Result<Option<i64>, Fault> {
        self.get(name)
            .map(|value| self.i64_of(name, value))
            .transpose()
    }

    /// A whole number.
    pub fn required_i64(&self, name: &str) -> Result<i64, Fault> {
        self.optional_i64(name)?.ok_or_else(|| self.missing(name))
    }

    /// A double, or nothing.
    pub fn optional_f64(&self, name: &str) -> Result<Option<f64>, Fault> {
        self.get(name)
            .map(|value| self.f64_of(name, value))
            .transpose()
    }

    /// A double.
    pub fn required_f64(&self, name: &str) -> Result<f64, Fault> {
        self.optional_f64(name)?.ok_or_else(|| self.missing(name))
    }

    /// A boolean, or nothing.
    pub fn optional_bool(&self, name: &str) -> Result<Option<bool>, Fault> {
        self.get(name)
            .map(|value| match value {
                Document::Bool(value) => Ok(*value),
                Document::String(text) if self.text && text == "true" => Ok(true),
                Document::String(text) if self.text && text == "false" => Ok(false),
                other => Err(self.wrong_type(name, other, "Boolean")),
            })
            .transpose()
    }

    /// A moment (CloudWatch's `Timestamp`: epoch seconds, ISO 8601 or CBOR's tag 1), or nothing.
    pub fn optional_timestamp(&self, name: &str) -> Result<Option<Millis>, Fault> {
        self.get(name)
            .map(|value| self.timestamp_of(name, value))
            .transpose()
    }

    /// A moment.
    pub fn required_timestamp(&self, name: &str) -> Result<Millis, Fault> {
        self.optional_timestamp(name)?
            .ok_or_else(|| self.missing(name))
    }

    /// The items of a list; none where it is absent.
    pub fn list(&self, name: &str) -> Result<&'a [Document], Fault> {
        match self.get(name) {
            None => Ok(&[]),
            Some(Document::List(items)) => Ok(items),
            Some(Document::String(text)) if self.text && text.is_empty() => Ok(&[]),
            Some(other) => Err(self.wrong_type(name, other, "List")),
        }
    }

    /// The texts of a list; none where it is absent.
    pub fn strings(&self, name: &str) -> Result<Vec<&'a str>, Fault> {
        self.list(name)?
            .iter()
            .map(|item| self.text_of(name, item))
            .collect()
    }

    /// The doubles of a list; none where it is absent.
    pub fn f64s(&self, name: &str) -> Result<Vec<f64>, Fault> {
        self.list(name)?
            .iter()
            .map(|item| self.f64_of(name, item))
            .collect()
    }

    /// The structures of a list; none where it is absent.
    pub fn structures(&self, name: &str) -> Result<Vec<Self>, Fault> {
        self.list(name)?
            .iter()
            .enumerate()
            .map(|(index, item)| {
                let path = format!("{}.{}.member.", self.at(name), index + 1);
                self.nested(name, item, path)
            })
            .collect()
    }

    /// A structure, or nothing.
    pub fn structure(&self, name: &str) -> Result<Option<Self>, Fault> {
        self.get(name)
            .map(|value| self.nested(name, value, format!("{}.", self.at(name))))
            .transpose()
    }

    /// A map of texts; empty where it is absent.
    pub fn string_map(&self, name: &str) -> Result<BTreeMap<String, String>, Fault> {
        match self.get(name) {
            None => Ok(BTreeMap::new()),
            Some(Document::String(text)) if self.text && text.is_empty() => Ok(BTreeMap::new()),
            Some(value) => value
                .members()
                .ok_or_else(|| self.wrong_type(name, value, "Map"))?
                .iter()
                .map(|(key, item)| Ok((key.clone(), self.text_of(name, item)?.to_owned())))
                .collect(),
        }
    }

    fn nested(&self, name: &str, value: &'a Document, path: String) -> Result<Self, Fault> {
        let members = value
            .members()
            .ok_or_else(|| self.wrong_type(name, value, "Structure"))?;
        Ok(Self {
            members,
            path,
            words: self.words,
            text: self.text,
        })
    }

    fn text_of(&self, name: &str, value: &'a Document) -> Result<&'a str, Fault> {
        match value {
            Document::String(text) => Ok(text),
            other => Err(self.wrong_type(name, other, "String")),
        }
    }

    fn i64_of(&self, name: &str, value: &Document) -> Result<i64, Fault> {
        let read = match value {
            Document::Integer(number) => Some(*number),
            Document::Double(number) => whole(*number),
            Document::String(text) if self.text => text.parse().ok(),
            _ => None,
        };
        read.ok_or_else(|| self.wrong_type(name, value, "Long"))
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "CloudWatch's numbers are doubles: a whole number on the wire stands for the nearest one"
    )]
    fn f64_of(&self, name: &str, value: &Document) -> Result<f64, Fault> {
        let read = match value {
            Document::Integer(number) => Some(*number as f64),
            Document::Double(number) => Some(*number),
            // JSON has no word for these three, so the protocol writes them as text.
            Document::String(text) if matches!(text.as_str(), "NaN" | "Infinity" | "-Infinity") => {
                text.replace("Infinity", "inf").parse().ok()
            }
            Document::String(text) if self.text => text.parse().ok(),
            _ => None,
        };
        read.ok_or_else(|| self.wrong_type(name, value, "Double"))
    }

    fn timestamp_of(&self, name: &str, value: &Document) -> Result<Millis, Fault> {
        let read = match value {
            Document::Timestamp(at) => Some(*at),
            Document::Integer(seconds) => seconds.checked_mul(1000).map(Millis),
            Document::Double(seconds) => whole((seconds * 1000.0).round()).map(Millis),
            Document::String(text) if self.text => Millis::parse_rfc3339(text),
            _ => None,
        };
        read.filter(|at| at.0.saturating_abs() <= LAST_MOMENT)
            .ok_or_else(|| self.wrong_type(name, value, "Timestamp"))
    }

    fn wrong_type(&self, name: &str, value: &Document, expected: &str) -> Fault {
        let at = self.at(name);
        match value {
            Document::String(text) if self.text => Fault::new(
                "MalformedInput",
                format!("`{text}` at `{at}` can not be converted to a {expected}"),
            ),
            // Recorded from AWS without a place: `STRING_VALUE cannot be converted to Double`.
            other => Fault::serialization(format!(
                "{} cannot be converted to {expected}",
                other.kind()
            )),
        }
    }
}

/// The whole number that `number` is, if it is one within 2^53, where doubles are exact.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the range is checked just before"
)]
fn whole(number: f64) -> Option<i64> {
    let exact = number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_992.0;
    exact.then_some(number as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: Words = Words {
        validation: "ValidationError",
    };

    fn document() -> Document {
        Document::structure([
            ("Number", "5".into()),
            ("At", Document::Double(1.25)),
            (
                "List",
                Document::List(vec![Document::structure([("Other", "x".into())])]),
            ),
        ])
    }

    #[test]
    fn a_missing_member_is_named_in_awss_words() {
        let document = document();
        let input = Input::try_new(&document, &WORDS, false).unwrap();
        let fault = input.structures("List").unwrap()[0]
            .required_str("MetricName")
            .unwrap_err();
        assert_eq!(
            fault.message,
            "1 validation error detected: Value null at 'list.1.member.metricName' failed to satisfy constraint: Member must not be null"
        );
    }

    #[test]
    fn text_is_a_number_only_where_all_scalars_are_text() {
        let document = document();
        let read = |text| {
            Input::try_new(&document, &WORDS, text)
                .unwrap()
                .required_i64("Number")
        };
        assert_eq!(read(true).unwrap(), 5);
        assert_eq!(read(false).unwrap_err().code, "SerializationException");
    }

    #[test]
    fn epoch_seconds_keep_their_milliseconds() {
        let document = document();
        let input = Input::try_new(&document, &WORDS, false).unwrap();
        assert_eq!(input.required_timestamp("At").unwrap(), Millis(1250));
    }

    #[test]
    fn an_unsupported_member_is_refused_by_name() {
        let document = document();
        let input = Input::try_new(&document, &WORDS, false).unwrap();
        let fault = input.only(&["Number", "At"]).unwrap_err();
        assert!(fault.message.contains("`list`"), "{}", fault.message);
    }
}
