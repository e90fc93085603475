use super::read::invalid_value;
use crate::endpoint::{Fault, Input};

/// `arn:aws:cloudwatch::ACCOUNT:dashboard/NAME`: dashboards belong to no region.
pub(super) fn arn(name: &str, account_id: &str) -> String {
    format!("arn:aws:cloudwatch::{account_id}:dashboard/{name}")
}

/// `DashboardName`: 1 to 255 letters, digits, `-` and `_`; the texts are recorded.
pub(super) fn read<'a>(input: &Input<'a>) -> Result<&'a str, Fault> {
    let name = input.required_str("DashboardName")?;
    if !(1..=255).contains(&name.chars().count()) {
        return Err(invalid_value(
            "The value for field DashboardName must be between 1 and 255 characters long.\n",
        ));
    }
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !name.chars().all(allowed) {
        return Err(invalid_value(
            "The value for field DashboardName contains invalid characters. It can only contain alphanumerics, dash (-) and underscore (_).\n",
        ));
    }
    Ok(name)
}

/// `ResourceNotFound`, 404, under the shape that dashboards have for it.
pub(super) fn not_found(names: &[&str]) -> Fault {
    let message = match names {
        [name] => format!("Dashboard {name} does not exist"),
        _ => format!("Dashboards {} do not exist", names.join(", ")),
    };
    Fault::new("ResourceNotFound", message)
        .with_shape("DashboardNotFoundError")
        .with_status(404)
}
