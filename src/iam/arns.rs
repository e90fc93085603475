use std::collections::BTreeSet;

use super::{IamPlace, On};

impl On {
    /// The resources as a policy names them; none where no permission is needed.
    pub fn arns(self, place: &IamPlace) -> Vec<String> {
        let mut arns = match self {
            Self::Alarms => place.alarms(),
            Self::Dashboards => place.dashboards(),
            Self::AlarmsAndDashboards => [place.alarms(), place.dashboards()].concat(),
            Self::MuteRules => place.mute_rules(),
            Self::MuteRulesAndAlarms => [place.mute_rules(), place.alarms()].concat(),
            Self::QueryRoles => place.query_roles.clone(),
            Self::LogGroups => place
                .log_groups
                .iter()
                .flat_map(|n| place.group(n))
                .collect(),
            Self::LogGroupsBeside | Self::OwnLogGroupsBeside => place.groups_beside(),
            Self::Topics => place.topics(),
            Self::CostNamespace | Self::Everything(_) => vec!["*".to_owned()],
            Self::Buckets => place.buckets(""),
            Self::ObjectsOfBuckets => place.buckets("/*"),
            Self::LoadBalancers => place.load_balancers(),
            Self::Workgroup => place.workgroup(),
            Self::DataCatalog => place.data_catalog(),
            Self::GlueDatabases => place.glue_database("*"),
            Self::GlueDatabase => place.glue_database(""),
            Self::GlueCatalog => place.glue(),
            Self::ResultBuckets => place.results(false),
            Self::Results => place.results(true),
            Self::TableBuckets => place.tables(false),
            Self::TableObjects => place.tables(true),
            Self::Budgets => place.budgets(),
            Self::Nothing => Vec::new(),
        };
        arns.sort();
        arns.dedup();
        arns
    }

    /// The heading of its statement.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Alarms => "Alarms",
            Self::AlarmsAndDashboards => "AlarmsAndDashboards",
            Self::Dashboards => "Dashboards",
            Self::MuteRules => "MuteRules",
            Self::MuteRulesAndAlarms => "MuteRulesAndAlarms",
            Self::QueryRoles => "QueryRoles",
            Self::LogGroups => "LogGroups",
            Self::LogGroupsBeside => "LogGroupsBeside",
            Self::OwnLogGroupsBeside => "OwnLogGroupsBeside",
            Self::Topics => "Topics",
            Self::CostNamespace => "CostNamespace",
            Self::Buckets => "Buckets",
            Self::ObjectsOfBuckets => "ObjectsOfBuckets",
            Self::LoadBalancers => "LoadBalancers",
            Self::Workgroup => "Workgroup",
            Self::DataCatalog => "DataCatalog",
            Self::GlueDatabases => "GlueDatabases",
            Self::GlueDatabase => "GlueDatabase",
            Self::GlueCatalog => "GlueCatalog",
            Self::ResultBuckets => "ResultBuckets",
            Self::Results => "Results",
            Self::TableBuckets => "TableBuckets",
            Self::TableObjects => "TableObjects",
            Self::Budgets => "Budgets",
            Self::Everything(_) => "Everything",
            Self::Nothing => "Nothing",
        }
    }
}

impl IamPlace {
    fn alarms(&self) -> Vec<String> {
        let arn =
            |region: &String| format!("{}:alarm:{}*", self.at("cloudwatch", region), self.prefix);
        self.alarm_regions.iter().map(arn).collect()
    }

    fn mute_rules(&self) -> Vec<String> {
        let at = self.at("cloudwatch", &self.region);
        vec![format!("{at}:alarm-mute-rule:{}*", self.prefix)]
    }

    /// Dashboards belong to no region.
    fn dashboards(&self) -> Vec<String> {
        vec![format!(
            "{}:dashboard/{}*",
            self.at("cloudwatch", ""),
            self.prefix
        )]
    }

    /// Buckets belong to no region and no account.
    fn buckets(&self, rest: &str) -> Vec<String> {
        let buckets = self.buckets.iter();
        buckets
            .map(|name| format!("arn:{}:s3:::{name}{rest}", self.partition))
            .collect()
    }

    fn load_balancers(&self) -> Vec<String> {
        let at = self.at("elasticloadbalancing", &self.region);
        let balancers = self.load_balancers.iter();
        balancers
            .map(|name| format!("{at}:loadbalancer/app/{name}/*"))
            .collect()
    }

    fn topics(&self) -> Vec<String> {
        let prefix = format!("{}*", self.prefix);
        let others = self
            .topics
            .iter()
            .filter(|name| !name.starts_with(&self.prefix));
        let names: Vec<&String> = others.chain([&prefix]).collect();
        let arns = self.alarm_regions.iter().flat_map(|region| {
            let at = self.at("sns", region);
            names.iter().map(move |name| format!("{at}:{name}"))
        });
        arns.collect()
    }

    /// None where the suite asks nothing of Athena.
    fn workgroup(&self) -> Vec<String> {
        let athena = self.athena.iter();
        let at = self.at("athena", &self.region);
        athena
            .map(|athena| format!("{at}:workgroup/{}", athena.workgroup))
            .collect()
    }

    fn data_catalog(&self) -> Vec<String> {
        let at = self.at("athena", &self.region);
        let athena = self.athena.iter();
        athena
            .map(|_| format!("{at}:datacatalog/AwsDataCatalog"))
            .collect()
    }

    /// The catalogue with the databases of a pattern; with the suite's own where there is none.
    fn glue_database(&self, pattern: &str) -> Vec<String> {
        let at = self.at("glue", &self.region);
        let arns = self.athena.iter().flat_map(|athena| {
            let name = match pattern {
                "" => athena.database.as_str(),
                pattern => pattern,
            };
            [format!("{at}:catalog"), format!("{at}:database/{name}")]
        });
        arns.collect()
    }

    /// Glue asks for the catalogue, the database and the table together.
    fn glue(&self) -> Vec<String> {
        let at = self.at("glue", &self.region);
        let tables = self.athena.iter();
        let tables = tables.map(|athena| format!("{at}:table/{}/*", athena.database));
        self.glue_database("").into_iter().chain(tables).collect()
    }

    /// The bucket of the results, or the objects in their folder.
    fn results(&self, objects: bool) -> Vec<String> {
        let athena = self.athena.iter();
        athena
            .map(|athena| self.in_bucket(&athena.results, objects))
            .collect()
    }

    /// The buckets of the tables' lines, or the objects in their folders.
    fn tables(&self, objects: bool) -> Vec<String> {
        let athena = self.athena.iter();
        let tables = athena.flat_map(|athena| {
            [
                &athena.access_logs,
                &athena.connection_logs,
                &athena.health_check_logs,
            ]
        });
        tables
            .flatten()
            .map(|table| self.in_bucket(&table.location, objects))
            .collect()
    }

    /// The bucket of a folder `s3://bucket/folder/`, or what is in the folder.
    fn in_bucket(&self, location: &str, objects: bool) -> String {
        let path = location.strip_prefix("s3://").unwrap_or(location);
        let bucket = path.split('/').next().unwrap_or_default();
        match objects {
            true => format!("arn:{}:s3:::{path}*", self.partition),
            false => format!("arn:{}:s3:::{bucket}", self.partition),
        }
    }

    /// Budgets belong to no region.
    fn budgets(&self) -> Vec<String> {
        match self.has_budgets {
            true => vec![format!(
                "{}:budget/{}*",
                self.at("budgets", ""),
                self.prefix
            )],
            false => Vec::new(),
        }
    }

    /// Both ways of naming a group: calls about tags take the ARN without, all others that with `:*` for its streams.
    fn group(&self, name: &str) -> [String; 2] {
        let arn = format!("{}:log-group:{name}", self.at("logs", &self.region));
        [format!("{arn}:*"), arn]
    }

    fn groups_beside(&self) -> Vec<String> {
        let folder = |name: &String| match name.rfind('/') {
            Some(slash) if slash > 0 => name.get(..=slash).unwrap_or_default().to_owned(),
            _ => name.clone(),
        };
        let folders: BTreeSet<String> = self.log_groups.iter().map(folder).collect();
        let at = self.at("logs", &self.region);
        let arns = folders
            .iter()
            .map(|folder| format!("{at}:log-group:{folder}*"));
        arns.collect()
    }

    fn at(&self, service: &str, region: &str) -> String {
        format!("arn:{}:{service}:{region}:{}", self.partition, self.account)
    }
}
