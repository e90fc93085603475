use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use belfry_engine::diag::{Diagnostic, Span, has_errors, suite as codes};
use toml::de::DeTable;

use super::alarm::Surroundings;
use super::composite_alarm::{check_references, check_regions};
use super::environment::{Declared, LOCAL};
use super::names::no_duplicates;
use super::section::{Section, Text, span};
use super::{
    Alarm, Allowance, Athena, AthenaQuery, Bucket, Budget, CompositeAlarm, Dashboard, Environment,
    FileFindings, HealthCheck, LoadBalancer, LogAlarm, LogGroup, MetricFilter, MuteRule,
    SavedQuery, Suite, SuiteError, Topic,
};

/// The file that makes a folder a suite.
pub const FILE_NAME: &str = "belfry.toml";

/// What to load.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The folder of belfry.toml.
    pub folder: &'a Path,
    /// Which environment.
    pub environment: &'a str,
    /// The region where the environment names none (`AWS_REGION`).
    pub region: Option<&'a str>,
}

/// The folder of the nearest belfry.toml in `start` or above it.
pub fn find_folder(start: &Path) -> Result<PathBuf, SuiteError> {
    start
        .ancestors()
        .find(|folder| folder.join(FILE_NAME).is_file())
        .map(Path::to_path_buf)
        .ok_or_else(|| SuiteError::NotFound {
            folder: start.to_path_buf(),
        })
}

impl Suite {
    /// Loads and checks everything; all mistakes of all files at once.
    pub fn load(request: &Request<'_>) -> Result<Self, SuiteError> {
        let path = request.folder.join(FILE_NAME);
        let source = read(&path)?;
        let mut cx = Vec::new();
        let (document, errors) = DeTable::parse_recoverable(&source);
        cx.extend(errors.iter().map(not_toml));
        let root = Section::new("belfry.toml", document.get_ref(), Span::new(0, 0));
        let suite = declared_suite(&mut cx, root, &source, request)?;
        finish(suite, cx, source, request)
    }
}

fn not_toml(error: &toml::de::Error) -> Diagnostic {
    let at = error.span().map(span).unwrap_or_default();
    Diagnostic::error(&codes::NOT_TOML, at, error.message().to_owned())
}

/// Everything that belfry.toml itself declares.
fn declared_suite(
    cx: &mut Vec<Diagnostic>,
    mut root: Section<'_>,
    source: &str,
    request: &Request<'_>,
) -> Result<Suite, SuiteError> {
    let (name, owner, prefix) = head(cx, &mut root);
    let environment = environment(cx, &mut root, request)?;
    let log_groups = each(cx, &mut root, "log_group", |cx, section| {
        LogGroup::read(cx, section)
    });
    let group_names: Vec<&str> = log_groups.iter().map(|g| g.name.as_str()).collect();
    let metric_filters = each(cx, &mut root, "metric_filter", |cx, section| {
        MetricFilter::read(cx, section, source, &group_names)
    });
    let topics = each(cx, &mut root, "topic", |cx, section| {
        Topic::read(cx, section, &environment.variables)
    });
    let topic_names: Vec<&str> = topics.iter().map(|t| t.name.as_str()).collect();
    let around = Surroundings {
        folder: request.folder,
        topics: &topic_names,
        variables: &environment.variables,
        prefix: &prefix,
    };
    let alarms = each(cx, &mut root, "alarm", |cx, section| {
        Alarm::read(cx, section, &around)
    });
    let mut log_alarms = Vec::new();
    for section in root.tables(cx, "log_alarm") {
        let read = LogAlarm::read(cx, section, &around, &group_names, source);
        log_alarms.extend(read);
    }
    let composite_alarms = each(cx, &mut root, "composite_alarm", |cx, section| {
        CompositeAlarm::read(cx, section, &around)
    });
    let buckets = each(cx, &mut root, "bucket", |cx, section| {
        Bucket::read(cx, section, &environment.variables)
    });
    let load_balancers = each(cx, &mut root, "load_balancer", |cx, section| {
        LoadBalancer::read(cx, section, &environment.variables)
    });
    let health_check = root
        .table(cx, "health_check")
        .map(|section| HealthCheck::read(cx, section))
        .unwrap_or_default();
    let mute_rules = each(cx, &mut root, "mute_rule", |cx, section| {
        MuteRule::read(cx, section, &prefix)
    });
    let athena = root
        .table(cx, "athena")
        .and_then(|section| Athena::read(cx, section, &environment.variables));
    let mut budgets = Vec::new();
    for section in root.tables(cx, "budget") {
        let within = (prefix.as_str(), topic_names.as_slice());
        budgets.extend(Budget::read(cx, section, within, &environment.variables));
    }
    let allowances = each(cx, &mut root, "allow", |cx, section| {
        Allowance::read(cx, section)
    });
    root.finish(cx);
    let suite = Suite {
        name,
        owner,
        prefix,
        environment,
        log_groups,
        metric_filters,
        topics,
        alarms,
        log_alarms,
        composite_alarms,
        buckets,
        load_balancers,
        health_check,
        mute_rules,
        dashboards: Vec::new(),
        queries: Vec::new(),
        athena,
        athena_queries: Vec::new(),
        budgets,
        allowances,
        warnings: Vec::new(),
    };
    check_names(cx, &suite);
    Ok(suite)
}

/// What `read` makes of each table of a list.
fn each<'a, T>(
    cx: &mut Vec<Diagnostic>,
    root: &mut Section<'a>,
    key: &'static str,
    mut read: impl FnMut(&mut Vec<Diagnostic>, Section<'a>) -> Option<T>,
) -> Vec<T> {
    let mut all = Vec::new();
    for section in root.tables(cx, key) {
        all.extend(read(cx, section));
    }
    all
}

/// `[suite]`: name, owner, prefix.
fn head(cx: &mut Vec<Diagnostic>, root: &mut Section<'_>) -> (String, String, String) {
    let Some(mut section) = root.table(cx, "suite") else {
        if !root.has("suite") {
            let message = "belfry.toml needs the section [suite]";
            cx.push(Diagnostic::error(&codes::MISSING_KEY, root.at(), message));
        }
        return <(String, String, String)>::default();
    };
    let name = section.required_string(cx, "name");
    let owner = section.required_string(cx, "owner");
    let prefix = section.required_string(cx, "prefix");
    section.finish(cx);
    for text in [&name, &prefix].into_iter().flatten() {
        super::names::spelling(cx, "suite", text, "-_", 64);
    }
    let value = |text: Option<Text>| text.map(|text| text.value).unwrap_or_default();
    (value(name), value(owner), value(prefix))
}

/// The environment asked for, with `[variables]` under its own.
fn environment(
    cx: &mut Vec<Diagnostic>,
    root: &mut Section<'_>,
    request: &Request<'_>,
) -> Result<Environment, SuiteError> {
    let common = root.string_map(cx, "variables");
    let mut known = vec![LOCAL.to_owned()];
    let mut chosen = (request.environment == LOCAL).then(Declared::implied_local);
    for (name, section) in root.named_tables(cx, "env") {
        let declared = Declared::read(cx, name, section);
        if declared.name() != LOCAL {
            known.push(declared.name().to_owned());
        }
        if declared.name() == request.environment {
            chosen = Some(declared);
        }
    }
    let chosen = chosen.ok_or_else(|| SuiteError::UnknownEnvironment {
        name: request.environment.to_owned(),
        known,
    })?;
    Ok(chosen.resolve(cx, common, request.region))
}

fn check_names(cx: &mut Vec<Diagnostic>, suite: &Suite) {
    let groups = suite.log_groups.iter().map(|g| (g.name.as_str(), g.at));
    no_duplicates(cx, "log group", groups);
    let budgets = suite.budgets.iter().map(|b| (b.name.as_str(), b.at));
    no_duplicates(cx, "budget", budgets);
    let topics = suite.topics.iter().map(|t| (t.name.as_str(), t.at));
    no_duplicates(cx, "topic", topics);
    let buckets = suite.buckets.iter().map(|b| (b.name.as_str(), b.at));
    no_duplicates(cx, "bucket", buckets);
    let balancers = suite.load_balancers.iter();
    let balancers = balancers.map(|b| (b.name.as_str(), b.at));
    no_duplicates(cx, "load balancer", balancers);
    let alarms = suite.alarm_heads();
    no_duplicates(cx, "alarm", alarms.map(|a| (a.name.as_str(), a.place)));
    let sources = suite.source_alarm_heads();
    let sources: Vec<&str> = sources.map(|a| a.name.as_str()).collect();
    check_references(cx, &suite.composite_alarms, &sources);
    let region = &suite.environment.region;
    check_regions(cx, &suite.composite_alarms, &suite.alarms, region);
    let rules = suite.mute_rules.iter().map(|r| (r.name.as_str(), r.at));
    no_duplicates(cx, "mute rule", rules);
    for rule in &suite.mute_rules {
        rule.check_references(cx, &suite.alarm_names());
    }
    for group in &suite.log_groups {
        let of_group = suite
            .metric_filters
            .iter()
            .filter(|f| f.log_group == group.name);
        let names = of_group.map(|f| (f.name.as_str(), f.at));
        no_duplicates(cx, "metric filter of the log group", names);
    }
}

/// Adds what stands in files of its own, and refuses the whole where anything is wrong.
fn finish(
    mut suite: Suite,
    cx: Vec<Diagnostic>,
    source: String,
    request: &Request<'_>,
) -> Result<Suite, SuiteError> {
    let mut files = Files::default();
    files.note(FILE_NAME, source, cx);
    let variables = suite.environment.variables.clone();
    for file in texts(request.folder, "dashboards", "json")? {
        let name = format!("{}{}", suite.prefix, file.stem);
        let mut cx = Vec::new();
        let read = Dashboard::read(&mut cx, name, &file.path, &file.source, &variables);
        suite.dashboards.extend(read);
        files.note(&file.path, file.source, cx);
    }
    let groups: Vec<String> = suite.log_groups.iter().map(|g| g.name.clone()).collect();
    let groups: Vec<&str> = groups.iter().map(String::as_str).collect();
    for file in texts(request.folder, "queries/insights", "cwli")? {
        let mut cx = Vec::new();
        let query = SavedQuery::read(
            &mut cx,
            &suite.name,
            &file.stem,
            &file.path,
            &file.source,
            &groups,
        );
        suite.queries.push(query);
        files.note(&file.path, file.source, cx);
    }
    if suite.athena.is_some() {
        for file in texts(request.folder, "queries/athena", "sql")? {
            let mut cx = Vec::new();
            let names = (suite.name.as_str(), file.stem.as_str(), file.path.as_str());
            let query = AthenaQuery::read(&mut cx, names, &file.source, &variables);
            suite.athena_queries.push(query);
            files.note(&file.path, file.source, cx);
        }
    }
    if files.0.iter().any(|file| has_errors(&file.diagnostics)) {
        return Err(SuiteError::Wrong(files.0));
    }
    suite.warnings = files.0;
    Ok(suite)
}

/// The findings of every file that has some.
#[derive(Default)]
struct Files(Vec<FileFindings>);

impl Files {
    fn note(&mut self, path: &str, source: String, mut diagnostics: Vec<Diagnostic>) {
        if diagnostics.is_empty() {
            return;
        }
        diagnostics.sort_by_key(|d| d.primary.span);
        self.0.push(FileFindings {
            path: path.to_owned(),
            source,
            diagnostics,
        });
    }
}

struct File {
    stem: String,
    path: String,
    source: String,
}

/// The files of `folder/within` with `extension`, by name; none where there is no such folder.
fn texts(folder: &Path, within: &str, extension: &str) -> Result<Vec<File>, SuiteError> {
    let directory = folder.join(within);
    if !directory.is_dir() {
        return Ok(Vec::new());
    }
    let failed = |source| SuiteError::Read {
        path: directory.clone(),
        source,
    };
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(&directory).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let stem = path.file_stem().and_then(|stem| stem.to_str());
        let is_ours = path.extension().is_some_and(|e| e == extension);
        if let (true, Some(stem)) = (is_ours, stem) {
            let name = format!("{within}/{stem}.{extension}");
            found.insert(stem.to_owned(), (name, read(&path)?));
        }
    }
    let files = found
        .into_iter()
        .map(|(stem, (path, source))| File { stem, path, source });
    Ok(files.collect())
}

fn read(path: &Path) -> Result<String, SuiteError> {
    fs::read_to_string(path).map_err(|source| SuiteError::Read {
        path: path.to_path_buf(),
        source,
    })
}
