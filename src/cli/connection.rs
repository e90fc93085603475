use std::path::{Path, PathBuf};

use super::unevaluated::unevaluated;
use super::{CommandError, Context, Kind};
use crate::aws::{AwsCloud, LocalState, Session, Target};
use crate::provision::{Cloud, Desired, Observed, Plan, Scope, Subject};
use crate::report::spinner;
use crate::suite::{FileFindings, Request, Suite, SuiteError, find_folder};

/// A suite and where it was found.
#[derive(Debug)]
pub(super) struct Loaded {
    pub(super) folder: PathBuf,
    pub(super) suite: Suite,
}

/// Loads the suite that the flags name. Warnings go to standard error.
pub(super) fn load_suite(cx: &mut Context) -> Result<Loaded, CommandError> {
    let folder = suite_folder(cx)?;
    let request = request(cx, &folder);
    let suite = Suite::load(&request).map_err(|error| refused(cx, error))?;
    if !suite.warnings.is_empty() && !cx.globals.quiet {
        writeln!(cx.err, "{}\n", render(cx.err_coloured, &suite.warnings))?;
    }
    Ok(Loaded { folder, suite })
}

/// Whether the suite can be loaded as its files are now.
pub(super) fn reload(cx: &Context, loaded: &Loaded) -> Result<(), CommandError> {
    let suite = Suite::load(&request(cx, &loaded.folder));
    suite.map(drop).map_err(|error| refused(cx, error))
}

/// The suite's folder, and the suite or what stands in its texts that cannot be used.
pub(super) fn read_suite(
    cx: &Context,
) -> Result<(PathBuf, Result<Suite, Vec<FileFindings>>), CommandError> {
    let folder = suite_folder(cx)?;
    let suite = match Suite::load(&request(cx, &folder)) {
        Ok(suite) => Ok(suite),
        Err(SuiteError::Wrong(files)) => Err(files),
        Err(error) => return Err(refused(cx, error)),
    };
    Ok((folder, suite))
}

/// How to get from here to the suite: machines that show findings know files by their paths from here.
pub(super) fn from_here(folder: &Path) -> PathBuf {
    let here = std::env::current_dir().and_then(|here| here.canonicalize());
    let there = folder.canonicalize();
    match (here, there) {
        (Ok(here), Ok(there)) => match there.strip_prefix(&here) {
            Ok(below) => below.to_path_buf(),
            Err(_) => there,
        },
        _ => folder.to_path_buf(),
    }
}

fn suite_folder(cx: &Context) -> Result<PathBuf, CommandError> {
    match &cx.globals.suite {
        Some(folder) => Ok(folder.clone()),
        None => find_folder(&std::env::current_dir()?).map_err(|error| {
            CommandError::new(Kind::User, error).hint("name the folder of belfry.toml with --suite")
        }),
    }
}

fn request<'r>(cx: &'r Context, folder: &'r Path) -> Request<'r> {
    Request {
        folder,
        environment: &cx.globals.env,
        region: cx.settings.region.as_deref(),
    }
}

fn refused(cx: &Context, error: SuiteError) -> CommandError {
    let rendered = match &error {
        SuiteError::Wrong(files) => Some(render(cx.err_coloured, files)),
        SuiteError::NotFound { .. }
        | SuiteError::Read { .. }
        | SuiteError::UnknownEnvironment { .. } => None,
    };
    let error = CommandError::new(Kind::User, error);
    match rendered {
        Some(text) => error
            .rendered(text)
            .hint("`belfry explain CODE` tells more about a code"),
        None => error,
    }
}

fn render(coloured: bool, files: &[FileFindings]) -> String {
    let texts: Vec<String> = files.iter().map(|file| file.render(coloured)).collect();
    texts.join("\n\n")
}

/// Reaches the environment of the suite.
pub(super) async fn connect(cx: &Context, loaded: &Loaded) -> Result<Session, CommandError> {
    if cx.settings.endpoint_is_empty && !loaded.suite.environment.is_local() {
        let message = "`AWS_ENDPOINT_URL` is empty; expected an address, or no such variable";
        return Err(CommandError::usage(message));
    }
    Ok(Session::connect(&target(cx, loaded)).await?)
}

/// Where the suite's environment is. `AWS_ENDPOINT_URL` takes the local environment elsewhere; for the
/// others the SDK itself honours it.
fn target(cx: &Context, loaded: &Loaded) -> Target {
    let environment = &loaded.suite.environment;
    let region = environment.region.clone();
    match (&cx.settings.endpoint_url, environment.is_local()) {
        (Some(url), true) => Target::Address {
            url: url.clone(),
            region,
        },
        (None, true) => Target::Local {
            state: LocalState::of(&loaded.folder),
            account: environment.account.clone(),
            region,
        },
        (_, false) => Target::Aws {
            account: environment.account.clone(),
            region,
            profile: environment
                .profile
                .clone()
                .or_else(|| cx.settings.profile.clone()),
        },
    }
}

/// A suite, what its environment holds, and what leads from one to the other.
#[derive(Debug)]
pub(super) struct Looked {
    pub(super) cloud: AwsCloud,
    pub(super) desired: Desired,
    pub(super) observed: Observed,
    pub(super) plan: Plan,
}

impl Looked {
    /// For whom a plan is made.
    pub(super) fn subject(&self, loaded: &Loaded) -> Subject {
        let environment = &loaded.suite.environment.name;
        Subject::new(&loaded.suite.name, environment, self.cloud.place())
    }
}

/// Looks at the suite's environment and plans.
pub(super) async fn observe(cx: &Context, loaded: &Loaded) -> Result<Looked, CommandError> {
    let suite = &loaded.suite;
    let session = connect(cx, loaded).await?;
    let cloud = AwsCloud::open(session, &suite.name).await?;
    let desired = Desired::of(suite, cloud.place());
    let scope = Scope {
        suite: &suite.name,
        prefix: &suite.prefix,
        desired: &desired,
    };
    let observed = cloud.observe(&scope).await?;
    let mut plan = Plan::new(&desired, &observed);
    if suite.environment.is_local() {
        plan.warnings.extend(unevaluated(&plan.changes));
    }
    Ok(Looked {
        cloud,
        desired,
        observed,
        plan,
    })
}

/// The same with a sign of life for whoever watches.
pub(super) fn look(cx: &Context, loaded: &Loaded) -> Result<Looked, CommandError> {
    let watching = spinner(cx.watched, "looking at the environment");
    let looked = cx.block_on(observe(cx, loaded));
    watching.finish_and_clear();
    looked
}
