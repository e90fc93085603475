use belfry_engine::dashboard;
use belfry_engine::diag::Diagnostic;

use super::Reader;
use super::query::range;
use super::reader::Clock;
use crate::suite::Dashboard;
use crate::suite::names::declared;
use crate::suite::section::Section;
use crate::testing::DashboardExpected;

/// `[[test.dashboard]]`.
pub(super) fn read(
    cx: &mut Vec<Diagnostic>,
    mut section: Section<'_>,
    reader: &Reader<'_>,
    clock: Clock,
) -> Option<DashboardExpected> {
    let name = section.required_string(cx, "name");
    let (from, now) = range(cx, &mut section, clock);
    let without = section.strings(cx, "without");
    let at = section.at_key("name");
    section.finish(cx);
    let name = name?;
    let dashboards = &reader.suite.dashboards;
    let names: Vec<&str> = dashboards.iter().map(|d| d.name.as_str()).collect();
    declared(cx, "dashboard", &name, &names);
    let dashboard = dashboards.iter().find(|d| d.name == name.value)?;
    let titles = titles(dashboard);
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    for title in &without {
        declared(cx, "widget", title, &titles);
    }
    Some(DashboardExpected {
        name: name.value,
        from,
        now,
        without: without.into_iter().map(|title| title.value).collect(),
        at,
    })
}

/// What the widgets are called, in the order of the body.
fn titles(dashboard: &Dashboard) -> Vec<String> {
    let Ok(loaded) = dashboard::load(&dashboard.source) else {
        return Vec::new();
    };
    let widgets = loaded.dashboard.widgets.iter().enumerate();
    widgets
        .map(|(place, widget)| crate::testing::widget_name(place, widget))
        .collect()
}
