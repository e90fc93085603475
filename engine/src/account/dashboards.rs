use std::collections::BTreeMap;

use crate::base::Millis;

/// A dashboard as PutDashboard left it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredDashboard {
    /// The body, byte for byte as it was put.
    pub body: String,
    /// When it was put.
    pub last_modified: Millis,
}

/// All dashboards by name. Bodies are checked before they come here.
#[derive(Clone, Debug, Default)]
pub struct DashboardStore {
    dashboards: BTreeMap<String, StoredDashboard>,
}

impl DashboardStore {
    /// Creates or replaces a dashboard.
    pub fn put(&mut self, name: &str, body: &str, now: Millis) {
        let stored = StoredDashboard {
            body: body.into(),
            last_modified: now,
        };
        self.dashboards.insert(name.into(), stored);
    }

    /// One dashboard.
    pub fn get(&self, name: &str) -> Option<&StoredDashboard> {
        self.dashboards.get(name)
    }

    /// Removes a dashboard; whether it was there.
    pub fn delete(&mut self, name: &str) -> bool {
        self.dashboards.remove(name).is_some()
    }

    /// All dashboards by name.
    pub fn all(&self) -> &BTreeMap<String, StoredDashboard> {
        &self.dashboards
    }
}
