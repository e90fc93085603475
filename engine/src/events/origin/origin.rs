use std::collections::BTreeMap;
use std::sync::Arc;

use super::{LogType, Misfits};

/// The tags with which a log group says its data source (user guide, "Custom sources").
const NAME_TAG: &str = "cw:datasource:name";
const TYPE_TAG: &str = "cw:datasource:type";

/// Which service or application writes a log, as CloudWatch Logs classifies it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataSource {
    /// `@data_source_name`: `amazon_vpc`.
    pub name: Arc<str>,
    /// `@data_source_type`: `flow`; none where only a name is given.
    pub kind: Option<Arc<str>>,
}

/// What is known of the log group or file that events come from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// What kind of lines it holds; `None` where nobody knows.
    pub log_type: Option<LogType>,
    /// Whether lines begin in another format than the type's default, so that their places mean nothing.
    pub foreign_format: bool,
    /// `@aws.account`: twelve digits.
    pub account: Option<Arc<str>>,
    /// `@aws.region`.
    pub region: Option<Arc<str>>,
    /// The classification of the log; none where it has none.
    pub data_source: Option<DataSource>,
    /// Lines that turned out to be of another type.
    pub misfits: Misfits,
}

impl Origin {
    /// A file or standard input: of its account nothing is known.
    pub fn of_type(log_type: LogType) -> Self {
        Self {
            log_type: Some(log_type),
            ..Self::default()
        }
    }

    /// With the data source that the log group's tags say, and the log type it has. What a group is known to
    /// hold by `first_line` stays where tags say nothing of it.
    #[must_use]
    pub fn tagged(mut self, tags: &BTreeMap<String, String>, first_line: Option<LogType>) -> Self {
        let tag = |key: &str| tags.get(key).map(|value| Arc::from(value.as_str()));
        self.data_source = match tag(NAME_TAG) {
            Some(name) => Some(DataSource {
                name,
                kind: tag(TYPE_TAG),
            }),
            None => self.delivered(),
        };
        let said = self.data_source.as_ref().and_then(|source| {
            LogType::of_data_source(&source.name, source.kind.as_deref().unwrap_or_default())
        });
        if let Some(said) = said {
            self.log_type = Some(said);
            self.foreign_format = first_line != Some(said);
        }
        self
    }

    /// The data source of logs that a service delivers itself, where it is documented.
    fn delivered(&self) -> Option<DataSource> {
        (self.log_type == Some(LogType::VpcFlow)).then(|| DataSource {
            name: "amazon_vpc".into(),
            kind: Some("flow".into()),
        })
    }

    /// Why `field` cannot be filled, though CloudWatch fills it: it belongs to an account that is not known, or
    /// the lines are in a format that their type does not say.
    pub fn refuses(&self, field: &str) -> Option<String> {
        if self.account.is_none() && of_an_account(field) {
            return Some(
                "nothing here says which account and log group the events are of".to_owned(),
            );
        }
        let log_type = self.log_type.filter(|_| self.foreign_format)?;
        log_type.columns().contains(&field).then(|| {
            format!(
                "the lines are not in the default format of {}",
                log_type.title()
            )
        })
    }
}

/// Whether a system field tells about the account, the log group or the resource behind an event.
fn of_an_account(field: &str) -> bool {
    let families = ["@aws.", "@entity.", "@data_source_"];
    families.iter().any(|family| field.starts_with(family))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(name: &str, kind: &str) -> BTreeMap<String, String> {
        [(NAME_TAG, name), (TYPE_TAG, kind)]
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .into()
    }

    #[test]
    fn tags_say_the_data_source_and_with_it_the_type() {
        let origin = Origin::default().tagged(&tags("amazon_vpc", "flow"), Some(LogType::VpcFlow));
        assert_eq!(origin.log_type, Some(LogType::VpcFlow));
        assert_eq!(origin.refuses("srcAddr"), None);
        let own = Origin::default().tagged(&tags("payments", "orders"), None);
        assert_eq!(own.log_type, None);
        assert_eq!(&*own.data_source.unwrap().name, "payments");
    }

    #[test]
    fn fields_of_another_format_than_the_default_are_refused() {
        let origin = Origin::default().tagged(&tags("amazon_vpc", "flow"), None);
        assert!(origin.refuses("srcAddr").is_some());
        assert_eq!(origin.refuses("status"), None);
    }

    #[test]
    fn fields_of_an_account_are_refused_where_it_is_not_known() {
        let file = Origin::default();
        for field in [
            "@aws.account",
            "@aws.tag.team",
            "@entity.KeyAttributes.Name",
            "@data_source_name",
        ] {
            assert!(file.refuses(field).is_some(), "{field}");
        }
        let group = Origin {
            account: Some("000000000000".into()),
            ..Origin::default()
        };
        assert_eq!(group.refuses("@aws.account"), None);
    }

    #[test]
    fn recognised_flow_logs_have_the_data_source_of_their_service() {
        let origin = Origin::of_type(LogType::VpcFlow).tagged(&BTreeMap::new(), None);
        let source = origin.data_source.unwrap();
        assert_eq!(
            (&*source.name, source.kind.as_deref()),
            ("amazon_vpc", Some("flow"))
        );
        assert_eq!(
            Origin::default().tagged(&BTreeMap::new(), None).data_source,
            None
        );
    }
}
