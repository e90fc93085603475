use belfry_engine::insights::{Parameter, is_parameter_name};

use super::read;
use crate::endpoint::{Document, Fault, Input};

/// Parameters of a saved query at most (PutQueryDefinition).
const MOST_PARAMETERS: usize = 20;

/// `parameters` of PutQueryDefinition, checked as AWS checks them: count, names, and that the text takes each of
/// them.
pub(super) fn read(input: &Input<'_>, text: &str) -> Result<Vec<Parameter>, Fault> {
    let given = input.structures("parameters")?;
    if !given.is_empty() {
        let language = input.optional_str("queryLanguage")?;
        if language.is_some_and(|language| language != "CWLI") {
            return Err(input.invalid("Parameters are only supported for CWLI query language"));
        }
    }
    if given.len() > MOST_PARAMETERS {
        return Err(input.invalid(format!(
            "Parameter count exceeds the maximum of {MOST_PARAMETERS}"
        )));
    }
    let parameters = given.iter().map(parameter);
    let parameters: Vec<Parameter> = parameters.collect::<Result<_, _>>()?;
    check_names(input, &parameters)?;
    let unused = |parameter: &&Parameter| !text.contains(&format!("{{{{{}}}}}", parameter.name));
    let unused: Vec<&str> = parameters
        .iter()
        .filter(unused)
        .map(|parameter| parameter.name.as_str())
        .collect();
    if unused.is_empty() {
        return Ok(parameters);
    }
    Err(input.invalid(format!(
        "Required parameters not found in queryString: {}",
        unused.join(", ")
    )))
}

fn parameter(input: &Input<'_>) -> Result<Parameter, Fault> {
    input.only(&["name", "defaultValue", "description"])?;
    let name = read::required_text(input, "name", 1..=128)?;
    if !is_parameter_name(name) {
        let pattern = "Member must satisfy regular expression pattern: ^[a-zA-Z_][a-zA-Z0-9_]*$";
        return Err(input.constraint("name", name, pattern));
    }
    let text = |name, most| -> Result<Option<String>, Fault> {
        Ok(read::text(input, name, 0..=most)?.map(str::to_owned))
    };
    Ok(Parameter {
        name: name.to_owned(),
        default: text("defaultValue", 1024)?,
        description: text("description", 512)?,
    })
}

fn check_names(input: &Input<'_>, parameters: &[Parameter]) -> Result<(), Fault> {
    for (at, parameter) in parameters.iter().enumerate() {
        let before = parameters.iter().take(at);
        if before.into_iter().any(|other| other.name == parameter.name) {
            let name = &parameter.name;
            return Err(input.invalid(format!("Duplicate parameter name: {name}")));
        }
    }
    Ok(())
}

/// As DescribeQueryDefinitions shows them; nothing where there are none.
pub(super) fn show(parameters: &[Parameter]) -> Document {
    if parameters.is_empty() {
        return Document::Null;
    }
    Document::list(parameters.iter().map(|parameter| {
        Document::structure([
            ("name", Document::from(&parameter.name)),
            ("defaultValue", parameter.default.as_deref().into()),
            ("description", parameter.description.as_deref().into()),
        ])
    }))
}
