use serde_json::{Value, json};

/// The version of the lines after the header.
const VERSION: i64 = 1;

/// The first line: what this file is, and whose.
pub(super) fn write(account_id: &str) -> Value {
    json!({ "journal": "belfry endpoint", "version": VERSION, "account": account_id })
}

/// Checks the first line; the error says why this journal cannot be opened.
pub(super) fn check(header: &Value, account_id: &str) -> Result<(), String> {
    if header["journal"] != "belfry endpoint" || header["version"] != VERSION {
        return Err(format!(
            "it is not the head of a journal of version {VERSION}: {header}"
        ));
    }
    if header["account"] != account_id {
        return Err(format!(
            "the journal is that of the account {}, not of {account_id}",
            header["account"].as_str().unwrap_or("?")
        ));
    }
    Ok(())
}
