use crate::metrics::MetricError;

/// A ValidationError.
pub(super) fn invalid(message: impl Into<String>) -> MetricError {
    MetricError {
        code: "ValidationError",
        message: message.into(),
    }
}

/// A ValidationError where something is wrong.
pub(super) fn refuse(is_wrong: bool, message: impl FnOnce() -> String) -> Result<(), MetricError> {
    match is_wrong {
        true => Err(invalid(message())),
        false => Ok(()),
    }
}

/// The text of a member that breaks a constraint of the API model.
pub(super) fn constraint(value: &str, member: &str, constraint: &str) -> String {
    format!(
        "1 validation error detected: Value '{value}' at '{member}' failed to satisfy constraint: \
         Member must {constraint}"
    )
}

/// An alarm's name.
pub(super) fn name(name: &str) -> Result<(), MetricError> {
    refuse(name.is_empty(), || {
        constraint(name, "alarmName", "have length greater than or equal to 1")
    })?;
    refuse(name.chars().count() > 255, || {
        constraint(name, "alarmName", "have length less than or equal to 255")
    })?;
    refuse(name.chars().any(|c| c.is_ascii_control()), || {
        "AlarmName must not contain ASCII control characters".to_owned()
    })
}

/// An alarm's description.
pub(super) fn description(text: Option<&str>) -> Result<(), MetricError> {
    let text = text.unwrap_or_default();
    refuse(text.chars().count() > 1024, || {
        constraint(
            text,
            "alarmDescription",
            "have length less than or equal to 1024",
        )
    })
}

/// An alarm's actions for OK, ALARM and INSUFFICIENT_DATA.
pub(super) fn actions(
    ok: &[String],
    alarm: &[String],
    insufficient_data: &[String],
) -> Result<(), MetricError> {
    let lists = [
        ("oKActions", ok),
        ("alarmActions", alarm),
        ("insufficientDataActions", insufficient_data),
    ];
    for (member, list) in lists {
        refuse(list.len() > 5, || {
            let given = format!("[{}]", list.join(", "));
            constraint(&given, member, "have length less than or equal to 5")
        })?;
        for arn in list {
            refuse(arn.chars().count() > 1024, || {
                constraint(arn, member, "have length less than or equal to 1024")
            })?;
            let parts: Vec<_> = arn.splitn(6, ':').collect();
            let is_arn = parts.len() == 6 && parts[0] == "arn" && !parts[5].is_empty();
            refuse(!is_arn, || format!("Invalid arn syntax: {arn}"))?;
        }
    }
    Ok(())
}
