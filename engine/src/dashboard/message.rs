use serde_json::json;

/// What PutDashboard says about a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidationMessage {
    /// `/widgets/0/properties/metrics/1`.
    pub data_path: String,
    /// AWS's text.
    pub message: String,
}

/// The message of PutDashboard's `InvalidParameterInput` for a body with errors (user guide's example).
pub fn refusal(errors: &[ValidationMessage]) -> String {
    let list: Vec<_> = errors
        .iter()
        .map(|error| json!({ "dataPath": error.data_path, "message": error.message }))
        .collect();
    let (are, s) = match list.len() {
        1 => ("is", ""),
        _ => ("are", "s"),
    };
    format!(
        "The dashboard body is invalid, there {are} {} validation error{s}:\n{:#}",
        list.len(),
        serde_json::Value::Array(list)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_lists_paths_and_messages_as_aws_prints_them() {
        let message = |path: &str| ValidationMessage {
            data_path: path.to_owned(),
            message: "Should NOT have more than 4 items".to_owned(),
        };
        let errors = [
            message("/widgets/0/properties/metrics/1"),
            message("/widgets/1/properties/metrics/0"),
        ];
        insta::assert_snapshot!(refusal(&errors), @r#"
        The dashboard body is invalid, there are 2 validation errors:
        [
          {
            "dataPath": "/widgets/0/properties/metrics/1",
            "message": "Should NOT have more than 4 items"
          },
          {
            "dataPath": "/widgets/1/properties/metrics/0",
            "message": "Should NOT have more than 4 items"
          }
        ]
        "#);
    }
}
