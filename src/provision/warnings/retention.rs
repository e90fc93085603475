use belfry_engine::base::Millis;
use belfry_engine::dashboard::{self, RangeStart, WidgetKind};
use belfry_engine::insights::{self, SourceTime};

use super::Look;
use crate::provision::resources::LogGroupResource;
use crate::provision::{Address, Desired, Kind, Resource};

const DAY: i64 = 86_400_000;

/// A shorter retention deletes what is older, for good.
pub(super) fn events_go(look: &Look<'_>) -> Vec<String> {
    let (Some(Resource::LogGroup(before)), Some(Resource::LogGroup(after))) =
        (&look.change.before, &look.change.after)
    else {
        return Vec::new();
    };
    let Some(days) = after.retention_days else {
        return Vec::new();
    };
    match before.retention_days.is_none_or(|before| before > days) {
        true => vec![format!(
            "events older than {days} days are deleted within 72 hours, and cannot be brought back"
        )],
        false => Vec::new(),
    }
}

/// A dashboard whose log widgets look back further than their groups keep events shows less than it seems.
pub(super) fn dashboard_looks_further(look: &Look<'_>) -> Vec<String> {
    let Some(Resource::Dashboard(board)) = &look.change.after else {
        return Vec::new();
    };
    let Ok(loaded) = dashboard::load(&board.text) else {
        return Vec::new();
    };
    let Some(RangeStart::Relative(range)) = loaded.dashboard.start else {
        return Vec::new();
    };
    let widgets = loaded.dashboard.widgets.iter();
    let logs = widgets.filter_map(|widget| match &widget.kind {
        WidgetKind::Log(log) => Some((widget.title().unwrap_or("a log widget"), log)),
        _ => None,
    });
    let shorter = logs.filter_map(|(title, log)| {
        let group = shortest(look.desired, log.log_groups.iter(), range)?;
        let (days, name) = (group.retention_days?, &group.name);
        let asked = range / DAY;
        Some(format!(
            "the widget `{title}` looks back {asked} days; `{name}` keeps events for {days} days"
        ))
    });
    shorter.collect()
}

/// The same for a saved query that says in its text where it begins.
pub(super) fn query_looks_further(look: &Look<'_>) -> Vec<String> {
    let Some(Resource::Query(query)) = &look.change.after else {
        return Vec::new();
    };
    let definition = insights::SavedQuery {
        name: query.name.clone(),
        text: query.text.clone(),
        parameters: query.parameters.values().cloned().collect(),
    };
    let Ok((compiled, _)) = insights::compile_saved(&definition, &[]) else {
        return Vec::new();
    };
    let start = compiled.source().and_then(|source| source.start);
    let Some(start @ SourceTime::Ago(_)) = start else {
        return Vec::new();
    };
    let range = -start.at(Millis(0)).0;
    let groups = compiled.source_groups().iter().chain(&query.log_groups);
    let Some(group) = shortest(look.desired, groups, range) else {
        return Vec::new();
    };
    let (asked, days) = (range / DAY, group.retention_days.unwrap_or_default());
    vec![format!(
        "the text looks back {asked} days; `{}` keeps events for {days} days",
        group.name
    )]
}

/// Of the groups that the suite keeps for less than `range` milliseconds, the one that is kept shortest.
fn shortest<'d, 'n>(
    desired: &'d Desired,
    names: impl Iterator<Item = &'n String>,
    range: i64,
) -> Option<&'d LogGroupResource> {
    let groups = names.filter_map(|name| {
        let address = Address::new(Kind::LogGroup, name.as_str());
        match desired.resources.get(&address)? {
            Resource::LogGroup(group) => Some(group),
            _ => None,
        }
    });
    let is_short = |group: &&LogGroupResource| {
        let days = group.retention_days;
        days.is_some_and(|days| days.saturating_mul(DAY) < range)
    };
    groups
        .filter(is_short)
        .min_by_key(|group| group.retention_days)
}
