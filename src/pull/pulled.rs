use std::path::Path;

use super::dashboard::dashboard_text;
use super::named_query::named_query_text;
use super::query::query_text;
use super::setting::{Setting, with_setting};
use super::write::FileChange;
use crate::provision::resources::{DashboardResource, NamedQueryResource, QueryResource};
use crate::provision::{Address, Change, Resource};
use crate::suite::{FILE_NAME, Suite};

/// Why something deployed cannot be written into a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct PullError(pub String);

/// Something deployed and the files it is written into.
#[derive(Clone, Debug)]
pub struct Pulled<'a> {
    suite: &'a Suite,
    folder: &'a Path,
    changes: Vec<FileChange>,
}

/// Attributes of alarms that belfry.toml has as one value under the same name.
const SETTINGS: &[&str] = &[
    "retention_days",
    "threshold",
    "evaluation_periods",
    "datapoints_to_alarm",
    "treat_missing_data",
];

/// Begins with no file changed.
pub fn pulled<'a>(suite: &'a Suite, folder: &'a Path) -> Pulled<'a> {
    Pulled {
        suite,
        folder,
        changes: Vec::new(),
    }
}

impl Pulled<'_> {
    /// The files that change.
    pub fn changes(self) -> Vec<FileChange> {
        self.changes
    }

    /// Takes over what an update of the plan would undo: the file then says what is deployed.
    pub fn take(&mut self, change: &Change) -> Result<(), PullError> {
        match (&change.before, &change.after) {
            (Some(Resource::Dashboard(live)), Some(_)) => self.dashboard(&change.address, live),
            (Some(Resource::Query(live)), Some(Resource::Query(declared))) => {
                self.query(&change.address, live, Some(declared))
            }
            (Some(Resource::NamedQuery(live)), Some(Resource::NamedQuery(declared))) => {
                self.named_query(&change.address, live, declared)
            }
            (Some(Resource::LogGroup(_)), Some(_)) => self.settings(change, "log_group"),
            (Some(Resource::Alarm(_)), Some(_)) => self.settings(change, "alarm"),
            _ => Err(PullError(
                "resources of this kind are not written back; edit belfry.toml".to_owned(),
            )),
        }
    }

    /// Takes in what no file declares: it gets a file.
    pub fn take_new(&mut self, address: &Address, live: &Resource) -> Result<(), PullError> {
        match live {
            Resource::Dashboard(live) => self.dashboard(address, live),
            Resource::Query(live) => self.query(address, live, None),
            _ => Err(PullError(
                "only dashboards and saved queries have files of their own; declare it in belfry.toml"
                    .to_owned(),
            )),
        }
    }

    fn dashboard(&mut self, address: &Address, live: &DashboardResource) -> Result<(), PullError> {
        let mut dashboards = self.suite.dashboards.iter();
        let known = dashboards.find(|dashboard| dashboard.name == live.name);
        let path = match known {
            Some(known) => known.path.clone(),
            None => new_path(&live.name, &self.suite.prefix, "dashboards", "json")?,
        };
        let before = known.map(|known| known.text.as_str());
        let variables = &self.suite.environment.variables;
        let text = dashboard_text(live, before, variables)?;
        self.add(address, path, before, text)
    }

    fn query(
        &mut self,
        address: &Address,
        live: &QueryResource,
        declared: Option<&QueryResource>,
    ) -> Result<(), PullError> {
        let known = self.suite.query(&live.name);
        let Some((known, declared)) = known.zip(declared) else {
            let prefix = format!("{}/", self.suite.name);
            let path = new_path(&live.name, &prefix, "queries/insights", "cwli")?;
            return self.add(address, path, None, query_text(live, None));
        };
        let before = self.read(&known.path)?;
        let text = query_text(live, Some((&before, declared)));
        self.add(address, known.path.clone(), Some(&before), text)
    }

    fn named_query(
        &mut self,
        address: &Address,
        live: &NamedQueryResource,
        declared: &NamedQueryResource,
    ) -> Result<(), PullError> {
        if (&live.workgroup, &live.database) != (&declared.workgroup, &declared.database) {
            let message =
                "its workgroup and its database are those of belfry.toml; edit them there";
            return Err(PullError(message.to_owned()));
        }
        let mut queries = self.suite.athena_queries.iter();
        let Some(known) = queries.find(|query| query.name == live.name) else {
            return Err(PullError("it has no file".to_owned()));
        };
        let path = known.path.clone();
        let before = self.read(&path)?;
        let text = named_query_text(live, &before, &declared.text)?;
        self.add(address, path, Some(&before), text)
    }

    fn settings(&mut self, change: &Change, section: &str) -> Result<(), PullError> {
        let odd = change
            .attributes
            .iter()
            .find(|a| !SETTINGS.contains(&a.name));
        if let Some(odd) = odd {
            return Err(PullError(format!(
                "its `{}` is not written back; edit belfry.toml",
                odd.name
            )));
        }
        let earlier = self.changes.iter().find(|other| other.path == FILE_NAME);
        let before = match earlier {
            Some(earlier) => earlier.after.clone(),
            None => self.read(FILE_NAME)?,
        };
        let mut text = before.clone();
        // An alarm in another region than the environment's is `NAME@REGION` in plans.
        let name = match &change.before {
            Some(Resource::Alarm(alarm)) => &alarm.name,
            _ => &change.address.name,
        };
        for attribute in &change.attributes {
            let setting = Setting {
                section,
                name,
                key: attribute.name,
                value: &attribute.before,
            };
            text = with_setting(&text, &setting)?;
        }
        match self
            .changes
            .iter_mut()
            .find(|other| other.path == FILE_NAME)
        {
            Some(earlier) => {
                earlier.after = text;
                earlier.addresses.push(change.address.to_string());
                Ok(())
            }
            None => self.add(&change.address, FILE_NAME.to_owned(), Some(&before), text),
        }
    }

    fn read(&self, path: &str) -> Result<String, PullError> {
        std::fs::read_to_string(self.folder.join(path))
            .map_err(|error| PullError(format!("`{path}` cannot be read: {error}")))
    }

    fn add(
        &mut self,
        address: &Address,
        path: String,
        before: Option<&str>,
        after: String,
    ) -> Result<(), PullError> {
        if before.is_none() && self.folder.join(&path).exists() {
            return Err(PullError(format!(
                "`{path}` exists and declares something else"
            )));
        }
        self.changes.push(FileChange {
            path,
            addresses: vec![address.to_string()],
            before: before.map(str::to_owned),
            after,
        });
        Ok(())
    }
}

/// Where something of that name belongs: its name without what all begin with is the file's.
fn new_path(name: &str, prefix: &str, folder: &str, ending: &str) -> Result<String, PullError> {
    let stem = name.strip_prefix(prefix).unwrap_or_default();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if stem.is_empty() || !stem.chars().all(is_plain) {
        return Err(PullError(format!(
            "no file can be called after `{name}`: expected `{prefix}` and letters, digits, `-` or `_`"
        )));
    }
    Ok(format!("{folder}/{stem}.{ending}"))
}
