use std::collections::BTreeMap;

use super::document::Document;
use super::fault::Fault;
use super::input::Input;

/// Reads `[{Key, Value}]`; keys have 1 to 128 characters, values up to 256 (both API models).
pub fn read_tags(input: &Input<'_>, name: &str) -> Result<Vec<(String, String)>, Fault> {
    input
        .structures(name)?
        .iter()
        .map(|tag| {
            tag.only(&["Key", "Value"])?;
            let (key, value) = (tag.required_str("Key")?, tag.required_str("Value")?);
            if !(1..=128).contains(&key.chars().count()) {
                return Err(tag.constraint(
                    "Key",
                    key,
                    "Member must have length between 1 and 128",
                ));
            }
            if value.chars().count() > 256 {
                let limit = "Member must have length less than or equal to 256";
                return Err(tag.constraint("Value", value, limit));
            }
            Ok((key.to_owned(), value.to_owned()))
        })
        .collect()
}

/// Writes `[{Key, Value}]`.
pub fn write_tags(tags: &BTreeMap<String, String>) -> Document {
    let tag = |(key, value): (&String, &String)| {
        Document::structure([("Key", Document::from(key)), ("Value", value.into())])
    };
    Document::List(tags.iter().map(tag).collect())
}
