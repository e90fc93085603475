use clap::Args;
use serde_json::Value;

use super::connection::load_suite;
use super::{CommandError, Context, Exit, Format};
use crate::aws::actions;
use crate::iam::{GithubSubject, IamPlace, LONGEST_POLICY, On, Role, github_trust, policies, size};
use crate::report::plural;

/// Print the IAM policy of a role, no wider than the suite needs
///
/// Made from the calls that Belfry itself makes, on the resources of the suite in the environment of `--env`. Needs no
/// account. docs/reference/iam.md explains the roles and what cannot be narrowed.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// plan, apply, on-call or cost; without it, all roles are listed
    role: Option<String>,
    /// The trust policy instead: who may take the role, from the workflows of this repository of GitHub (OIDC)
    #[arg(long, value_name = "OWNER/REPOSITORY")]
    trust: Option<String>,
    /// With `--trust`: the environment of GitHub from which alone the role `apply` may be taken
    #[arg(
        long,
        value_name = "NAME",
        default_value = "production",
        requires = "trust"
    )]
    github_environment: String,
    /// Each action with its resources, and why where these are all
    #[arg(long, conflicts_with = "trust")]
    explain: bool,
    /// Of a policy that IAM takes only in parts: this one, from 1
    #[arg(long, value_name = "NUMBER", conflicts_with_all = ["trust", "explain"])]
    part: Option<usize>,
}

const EXAMPLES: &str = "\
Examples:
  belfry iam                                         the roles, and how long their policies are
  belfry iam plan --env aws > plan.json              for `aws iam create-policy --policy-document file://plan.json`
  belfry iam apply --env aws --explain               every action, on what, and why
  belfry iam apply --env aws --trust acme/fraud      who may take the role, for `aws iam create-role`";

pub(super) fn run(cx: &mut Context, arguments: &Arguments) -> Result<Exit, CommandError> {
    if !matches!(cx.globals.format, Format::Table | Format::Json) {
        return Err(CommandError::usage("a policy is printed as JSON"));
    }
    let role = arguments.role.as_deref().map(role).transpose()?;
    let loaded = load_suite(cx)?;
    let place = IamPlace::of(&loaded.suite);
    if loaded.suite.environment.is_local() && !cx.globals.quiet && role.is_some() {
        writeln!(
            cx.err,
            "the account is that of the local environment; name another with --env"
        )?;
    }
    match (role, &arguments.trust) {
        (None, Some(_)) => return Err(CommandError::usage("`--trust` needs a role")),
        (None, None) => list(cx, &place)?,
        (Some(role), Some(repository)) => {
            let subject = subject(repository, &arguments.github_environment)?;
            writeln!(cx.out, "{:#}", github_trust(role, &subject, &place))?;
        }
        (Some(role), None) if arguments.explain => explain(cx, role, &place)?,
        (Some(role), None) => print(cx, role, arguments.part, &place)?,
    }
    Ok(Exit::Fine)
}

fn role(name: &str) -> Result<Role, CommandError> {
    let names = Role::ALL.iter().map(|(name, _, _)| *name);
    Role::named(name).ok_or_else(|| {
        let names: Vec<&str> = names.collect();
        CommandError::usage(format!("no role is called `{name}`"))
            .hint(format!("the roles are {}", names.join(", ")))
    })
}

/// A repository as GitHub names it: anything else would trust more, or nobody.
fn subject(repository: &str, environment: &str) -> Result<GithubSubject, CommandError> {
    let is_name = |name: &str| {
        let mut letters = name.chars();
        !name.is_empty() && letters.all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
    };
    let is_repository = repository
        .split_once('/')
        .is_some_and(|(owner, name)| is_name(owner) && is_name(name));
    if !is_repository {
        let message = format!("`{repository}` is no repository of GitHub");
        return Err(CommandError::usage(message).hint("it is written OWNER/REPOSITORY"));
    }
    if environment.is_empty() || environment.contains([':', '*', '?', '"', '/']) {
        let message = format!("`{environment}` is no name of an environment of GitHub");
        return Err(CommandError::usage(message));
    }
    Ok(GithubSubject {
        repository: repository.to_owned(),
        environment: environment.to_owned(),
    })
}

fn list(cx: &mut Context, place: &IamPlace) -> Result<(), CommandError> {
    for (name, role, purpose) in Role::ALL {
        let policies = policies(&actions(), *role, place);
        let longest = policies.iter().map(size).max();
        let longest =
            longest.map(|longest| format!("at most {longest} of {LONGEST_POLICY} characters"));
        let count = match policies.len() {
            0 => "nothing yet".to_owned(),
            1 => "1 policy, ".to_owned(),
            count => format!("{count} policies, "),
        };
        let size = longest.unwrap_or_default();
        writeln!(cx.out, "{name:<8} {purpose}\n         {count}{size}")?;
    }
    Ok(())
}

fn print(
    cx: &mut Context,
    role: Role,
    part: Option<usize>,
    place: &IamPlace,
) -> Result<(), CommandError> {
    let mut policies = policies(&actions(), role, place);
    let count = policies.len();
    if count == 0 {
        let message = format!("the role `{}` needs no permission yet", role.name());
        return Err(CommandError::user(message));
    }
    let value = match part {
        Some(part) if (1..=count).contains(&part) => policies.swap_remove(part - 1),
        Some(part) => {
            let parts = plural(count, "part");
            let message = format!("there is no part {part}: the policy has {parts}");
            return Err(CommandError::usage(message));
        }
        None if count == 1 => policies.swap_remove(0),
        None => Value::Array(policies),
    };
    if count > 1 && part.is_none() && !cx.globals.quiet {
        let message = format!("too long for one policy: {count} in a list; --part prints one");
        writeln!(cx.err, "{message}")?;
    }
    writeln!(cx.out, "{value:#}")?;
    Ok(())
}

fn explain(cx: &mut Context, role: Role, place: &IamPlace) -> Result<(), CommandError> {
    let mut actions = actions();
    actions.retain(|action| action.roles.contains(&role));
    actions.sort_by_key(|action| (action.name, action.on));
    actions.dedup_by_key(|action| (action.name, action.on));
    for action in actions {
        let on = match action.on {
            On::Everything(why) => format!("*  ({why})"),
            On::Nothing => "AWS asks for no permission".to_owned(),
            on => on.arns(place).join("\n    "),
        };
        writeln!(cx.out, "{}\n    {on}", action.name)?;
    }
    Ok(())
}
