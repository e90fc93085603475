use belfry_engine::diag::{Diagnostic, nearest, test as codes};

use super::{Exemption, TestFile, glob};

/// An exemption that is not needed, or names nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stale {
    /// Which of the files.
    pub file: usize,
    /// Where in it, and why.
    pub diagnostic: Diagnostic,
}

/// Why `name` is exempt, where it is.
pub(super) fn reason<'a>(
    mut exemptions: impl Iterator<Item = &'a Exemption>,
    name: &str,
) -> Option<String> {
    let found = exemptions.find(|exemption| glob::matches(&exemption.name, name));
    found.map(|exemption| exemption.reason.clone())
}

/// The exemptions that name none of `open`, which need one.
pub(super) fn stale(
    files: &[TestFile],
    of: fn(&TestFile) -> &Vec<Exemption>,
    open: &[String],
    kind: &str,
) -> Vec<Stale> {
    let mut stale = Vec::new();
    for (file, exemptions) in files.iter().map(of).enumerate() {
        for exemption in exemptions {
            if open.iter().any(|name| glob::matches(&exemption.name, name)) {
                continue;
            }
            let message = format!("no {kind} needs the exemption `{}`", exemption.name);
            let diagnostic = Diagnostic::error(&codes::NO_SUCH_POINT, exemption.at, message);
            let near = nearest(&exemption.name, open.iter().map(String::as_str));
            let diagnostic = match near {
                Some(near) => diagnostic.help(format!("a similar name needs one: `{near}`")),
                None => diagnostic.help("remove it"),
            };
            stale.push(Stale { file, diagnostic });
        }
    }
    stale
}
