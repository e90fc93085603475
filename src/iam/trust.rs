use serde_json::{Value, json};

use super::{IamPlace, Role};

/// Which jobs of GitHub's workflows may take a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GithubSubject {
    /// `OWNER/REPOSITORY`.
    pub repository: String,
    /// The GitHub environment whose rules guard the role that writes.
    pub environment: String,
}

/// GitHub's issuer of tokens.
const ISSUER: &str = "token.actions.githubusercontent.com";

/// Lets jobs take the role: those of GitHub's environment for the role that writes; pull requests and the branch `main` for
/// those that read (GitHub, "Configuring OpenID Connect in Amazon Web Services").
pub fn github_trust(role: Role, subject: &GithubSubject, place: &IamPlace) -> Value {
    let of = |rest: &str| format!("repo:{}:{rest}", subject.repository);
    let subjects = match role {
        Role::Apply => vec![of(&format!("environment:{}", subject.environment))],
        Role::Plan => vec![of("pull_request"), of("ref:refs/heads/main")],
        Role::OnCall | Role::Cost => vec![of("ref:refs/heads/main")],
    };
    let provider = format!(
        "arn:{}:iam::{}:oidc-provider/{ISSUER}",
        place.partition, place.account
    );
    json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Effect": "Allow",
            "Principal": { "Federated": provider },
            "Action": "sts:AssumeRoleWithWebIdentity",
            "Condition": { "StringEquals": {
                format!("{ISSUER}:aud"): "sts.amazonaws.com",
                format!("{ISSUER}:sub"): subjects,
            } }
        }]
    })
}
