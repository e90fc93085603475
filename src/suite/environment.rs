use std::collections::BTreeMap;

use belfry_engine::diag::{Diagnostic, suite as codes};

use super::section::{Section, Text};

/// Where a suite is deployed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Environment {
    /// `local`, `aws`, or what belfry.toml calls it.
    pub name: String,
    /// Twelve digits.
    pub account: String,
    /// `us-east-1`.
    pub region: String,
    /// A profile of the AWS configuration files.
    pub profile: Option<String>,
    /// The variables with this environment's own values, `account` and `region` among them.
    pub variables: BTreeMap<String, String>,
}

/// The environment that needs no account: the embedded endpoint.
pub(super) const LOCAL: &str = "local";
const LOCAL_ACCOUNT: &str = "000000000000";
const LOCAL_REGION: &str = "us-east-1";

impl Environment {
    /// Whether this is the embedded endpoint.
    pub fn is_local(&self) -> bool {
        self.name == LOCAL
    }
}

/// `[env.NAME]` as it stands in the file.
#[derive(Debug)]
pub(super) struct Declared {
    name: String,
    at: belfry_engine::diag::Span,
    account: Option<Text>,
    region: Option<Text>,
    profile: Option<Text>,
    variables: BTreeMap<String, Text>,
}

impl Declared {
    pub(super) fn read(cx: &mut Vec<Diagnostic>, name: String, mut section: Section<'_>) -> Self {
        let declared = Self {
            at: section.at(),
            account: match name.as_str() {
                LOCAL => section.string(cx, "account"),
                _ => section.required_string(cx, "account"),
            },
            region: section.string(cx, "region"),
            profile: section.string(cx, "profile"),
            variables: section.string_map(cx, "variables"),
            name,
        };
        section.finish(cx);
        if let Some(account) = &declared.account {
            check_account(cx, account);
        }
        declared
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The environment over the suite's `common` variables. `region` stands in where the file names
    /// none.
    pub(super) fn resolve(
        self,
        cx: &mut Vec<Diagnostic>,
        common: BTreeMap<String, Text>,
        region: Option<&str>,
    ) -> Environment {
        let value = |text: Option<Text>| text.map(|text| text.value);
        let region = value(self.region).or_else(|| region.map(str::to_owned));
        if region.is_none() && self.name != LOCAL {
            let message = format!("[env.{}] names no region", self.name);
            cx.push(
                Diagnostic::error(&codes::MISSING_KEY, self.at, message)
                    .help("add `region = \"…\"`, or set AWS_REGION"),
            );
        }
        let account = value(self.account).unwrap_or_else(|| LOCAL_ACCOUNT.to_owned());
        let region = region.unwrap_or_else(|| LOCAL_REGION.to_owned());
        let mut variables: BTreeMap<String, String> = common
            .into_iter()
            .chain(self.variables)
            .map(|(name, text)| (name, text.value))
            .collect();
        variables.insert("account".to_owned(), account.clone());
        variables.insert("region".to_owned(), region.clone());
        Environment {
            name: self.name,
            account,
            region,
            profile: self.profile.map(|profile| profile.value),
            variables,
        }
    }

    /// `local` where the file does not mention it.
    pub(super) fn implied_local() -> Self {
        Self {
            name: LOCAL.to_owned(),
            at: belfry_engine::diag::Span::default(),
            account: None,
            region: None,
            profile: None,
            variables: BTreeMap::new(),
        }
    }
}

fn check_account(cx: &mut Vec<Diagnostic>, account: &Text) {
    let is_account = account.value.len() == 12 && account.value.bytes().all(|b| b.is_ascii_digit());
    if !is_account {
        let message = format!("`{}` is not an account", account.value);
        cx.push(
            Diagnostic::error(&codes::ACCOUNT, account.at, message).label("expected twelve digits"),
        );
    }
}
