use belfry_engine::diag::nearest;

use super::CommandError;
use super::connection::Looked;
use crate::provision::Address;

/// The addresses that were typed, each of which must be in the suite or in the environment.
pub(super) fn known(looked: &Looked, typed: &[String]) -> Result<Vec<Address>, CommandError> {
    let all = looked.desired.resources.keys();
    let all: Vec<&Address> = all.chain(looked.observed.resources.keys()).collect();
    let texts: Vec<String> = all.iter().map(ToString::to_string).collect();
    let mut found = Vec::new();
    for text in typed {
        let index = texts.iter().position(|known| known == text);
        let Some(address) = index.and_then(|index| all.get(index)) else {
            return Err(unknown(text, &texts));
        };
        if !found.contains(*address) {
            found.push((*address).clone());
        }
    }
    Ok(found)
}

fn unknown(text: &str, known: &[String]) -> CommandError {
    let error = CommandError::usage(format!(
        "neither the suite nor the environment has `{text}`"
    ));
    match nearest(text, known.iter().map(String::as_str)) {
        Some(near) => error.hint(format!("there is `{near}`")),
        None => error.hint("addresses are those of `belfry plan`, such as `alarm.fraud-5xx`"),
    }
}
